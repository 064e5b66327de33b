"""A meeting of a made-up commune: sixteen opinions, their answers, assessed by the model that ships."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ydan.assessment import Assessment, Failure
from ydan.documents import Dossier, build_dossier
from ydan.minutes.extract import Piece, build_extract
from ydan.minutes.records import Answer, Meeting, Minutes, Raised, Source
from ydan.minutes.tasks import read_tasks
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

DAY = date(2026, 3, 5)
STATE_HEAD = (
    "UBND XÃ MINH TÂN",
    "BIÊN BẢN Hội nghị tiếp xúc, đối thoại với Nhân dân",
    "Chủ trì: Ông Phạm Quốc Khải – Chủ tịch UBND xã. Thư ký: Bà Lê Thị Thu.",
)
PARTY_HEAD = (
    "ĐẢNG ỦY XÃ MINH TÂN",
    "BIÊN BẢN Hội nghị tiếp xúc, đối thoại giữa người đứng đầu cấp ủy với Nhân dân",
    "Chủ trì: Ông Phạm Quốc Khải – Bí thư Đảng ủy xã. Thư ký: Bà Lê Thị Thu.",
)
# id, speaker, address, text
SAID: tuple[tuple[str, str | None, str | None, str], ...] = (
    ("1", "Hoàng Văn Nhị", "số nhà 14, ngõ Giếng, thôn Đông",
     "Đèn đường đầu thôn Đông hỏng hai tháng nay, đề nghị xã cho sửa; gọi tôi Hoàng Văn Nhị "
     "0912.345.678."),
    ("2", "Trần Thị Mận", "thôn Đoài", "Rãnh thoát nước ngõ 5 tắc, mưa là ngập vào nhà, đề nghị UBND xã nạo vét."),
    ("3", "Vũ Đình Quế", "thôn Thượng", "Đường tỉnh ĐT390 đoạn qua xã nhiều ổ gà, đề nghị tỉnh sửa chữa."),
    ("4", "Bùi Thị Lành", "thôn Hạ",
     "Trạm biến áp thôn Hạ quá tải, tối nào điện cũng yếu, đề nghị điện lực nâng công "
     "suất."),
    ("5", "Hoàng Văn Nhị", "số nhà 14, ngõ Giếng, thôn Đông",
     "Bao giờ xã tổ chức cấp căn cước lưu động cho người "
     "già?"),
    ("6", "Đặng Hữu Tuyên", "số 9 xóm Chùa, thôn Đông",
     "Tôi tố cáo ông Lưu Bá Cường là Phó Chủ tịch UBND xã nhận 200 triệu đồng tiền hối lộ của nhà "
     "thầu làm đường, số tài khoản 19034567890123 tôi có ghi."),
    ("7", "Ngô Thị Duyên", "thôn Đoài",
     "Tôi không đồng ý với mức phạt trong Quyết định số 15, hàng rào nhà tôi không lấn đất, tôi "
     "khiếu nại quyết định này."),
    ("8", "Trần Thị Mận", "thôn Đoài", "Nhà văn hoá thôn Đoài dột nát, đề nghị xã sửa mái tôn."),
    ("9", None, None, "Cảm ơn xã đã làm xong đường bê tông, bà con rất phấn khởi."),
    ("10", "Phạm Văn Sáu", "thôn Hạ",
     "Bãi rác cạnh trường mầm non bốc mùi, ruồi bay vào lớp, đề nghị chuyển đi nơi "
     "khác."),
    ("11", "Vũ Đình Quế", "thôn Thượng",
     "Mức chuẩn trợ cấp xã hội 500 nghìn đồng quá thấp, đề nghị Chính phủ nâng "
     "mức."),
    ("12", "Lý Thị Tám", "thôn Hạ",
     "Cột điện nghiêng sát mái trường mầm non thôn Hạ, dây chùng, nguy cơ đổ và điện giật các cháu "
     "bất cứ lúc nào."),
    ("13", "Đỗ Văn Bảy", "thôn Thượng",
     "Hộ ông Nguyễn Văn Bình lấn mương công xây tường, đề nghị xã kiểm tra xử lý <ngay> & dứt điểm "
     "🚧."),
    ("14", "Phạm Văn Sáu", "thôn Hạ", "=HYPERLINK bà con đề nghị xã công khai thu chi quỹ xây dựng đường thôn."),
    ("15", "Đỗ Văn Bảy", "thôn Thượng",
     "Đã kiến nghị ba kỳ liền về cống thôn Thượng vỡ, lần nào cũng hứa mà đến nay chưa "
     "làm."),
    ("16", "Trần Thị Mận", "thôn Đoài", "Trường THCS thiếu giáo viên tiếng Anh từ đầu năm học, đề nghị tỉnh bổ sung."),
)  # fmt: skip
# kind, speaker, text, ids
ANSWERED: tuple[tuple[str, str | None, str, tuple[str, ...]], ...] = (
    ("answer", "Trưởng phòng Kinh tế", "Về đèn đường thôn Đông của ông Nhị, xã đã sửa xong ngày 02/3.", ("1",)),
    ("answer", "Trưởng Công an xã",
     "Lịch cấp căn cước lưu động là sáng thứ Bảy hằng tuần tại nhà văn hoá, mời bà con "
     "đến.", ("5",)),
    ("answer", "Phó Chủ tịch UBND xã", "Đường ĐT390 vượt thẩm quyền của xã, xã sẽ kiến nghị tỉnh.", ("3",)),
    ("answer", "Chánh Văn phòng", "Nội dung tố cáo của ông Tuyên, xã tiếp nhận và chuyển theo quy định.", ("6",)),
    ("conclusion", None,
     "Giao Phòng Kinh tế chủ trì nạo vét rãnh thoát nước ngõ 5 thôn Đoài, hoàn thành trước ngày "
     "30/4/2026.", ("2",)),
    ("conclusion", None,
     "Giao Phòng Kinh tế kiểm tra việc lấn mương ở thôn Thượng của hộ ông Bình, báo cáo trước ngày "
     "20/3/2026.", ("13",)),
    ("conclusion", None, "Giao Văn phòng HĐND và UBND xã tổng hợp, báo cáo kết quả trước ngày 15/4/2026.", ()),
)  # fmt: skip


def build_minutes(head: tuple[str, ...] = STATE_HEAD, *, place: str = "Hội trường UBND xã") -> Minutes:
    """The minutes, as a reader hands them over."""
    pieces = [Piece(text, "heading") for text in head]
    pieces += [Piece(text, "list_item") for _id, _who, _where, text in SAID]
    pieces += [Piece(text) for _kind, _who, text, _ids in ANSWERED]
    extract = build_extract(pieces, "docx")
    opinions, answers = [], []
    spoken = extract.blocks[len(head) : len(head) + len(SAID)]
    replied = extract.blocks[len(head) + len(SAID) :]
    for at, ((kind, who, text, ids), block) in enumerate(zip(ANSWERED, replied, strict=True), 1):
        source = Source(block.place, block.start, block.end)
        answers.append(Answer(f"a{at}", text, kind, source, who, ids, read_tasks(text, block.start, DAY)))
    for (id_, who, where, text), block in zip(SAID, spoken, strict=True):
        linked = tuple(answer.id for answer in answers if id_ in answer.opinions)
        opinions.append(Raised(id_, text, Source(block.place, block.start, block.end), who, where, None, linked))
    meeting = Meeting(
        title=head[1], meeting_type="txdt", host_level="commune", host=head[0], date=DAY, place=place,
        chair="Phạm Quốc Khải", secretary="Lê Thị Thu", attendance=120, invited=150,
    )  # fmt: skip
    return Minutes(meeting, tuple(opinions), tuple(answers), (), extract)


@pytest.fixture(scope="session")
def minutes() -> Minutes:
    """Chaired by the chairman of the people's committee."""
    return build_minutes()


@pytest.fixture(scope="session")
def assessments(predictor: Predictor) -> dict[str, Assessment | Failure]:
    """What the model says of each opinion."""
    found = predictor.assess_many([Opinion(id_, text, Session(DAY)) for id_, _who, _where, text in SAID])
    return {one.id: one for one in found}


@pytest.fixture(scope="session")
def dossier(minutes: Minutes, assessments: dict[str, Assessment | Failure]) -> Dossier:
    """People under codes."""
    return build_dossier(minutes, assessments)


@pytest.fixture(scope="session")
def party(assessments: dict[str, Assessment | Failure]) -> Dossier:
    """The same meeting, chaired by the Party secretary."""
    return build_dossier(build_minutes(PARTY_HEAD), assessments)


@pytest.fixture(scope="session")
def xml_of() -> Callable[[Path], str]:
    """Everything that is written in a .docx or .xlsx, as one string."""

    def reading(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())

    return reading
