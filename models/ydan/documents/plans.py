"""Which documents a meeting calls for, and what a person must look at in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ydan.documents import context
from ydan.documents.counts import Counts, count_up
from ydan.documents.dossier import Dossier
from ydan.documents.form import Form
from ydan.documents.item import Item
from ydan.documents.letters import UP, Letter, letters_of
from ydan.documents.reception_sheet import reception_book
from ydan.documents.rendering import blanks_in, find_template, render
from ydan.documents.sealed_sheet import sealed_book
from ydan.documents.status import suspicious
from ydan.documents.summary_sheet import summary_book
from ydan.documents.wording import BLANK, slug

KINDS = {
    "bieu-tong-hop": "Biểu tổng hợp ý kiến, kiến nghị (.xlsx, .docx)",
    "thong-bao-ket-luan": "Dự thảo thông báo kết luận",
    "cong-van-kien-nghi": "Công văn kiến nghị cấp trên, mỗi nơi nhận một tệp",
    "phieu-chuyen": "Phiếu chuyển cơ quan khác, mỗi nơi nhận một tệp",
    "phieu-huong-dan": "Phiếu hướng dẫn khiếu nại, mỗi nội dung một tệp",
    "so-tiep-cong-dan": "Sổ tiếp công dân (Mẫu 03/TCD)",
    "bien-ban": "Biên bản",
    "ban-niem-yet": "Bản niêm yết, phát thanh kết quả, không có người nêu",
}
"""What can be asked for, with what it is; the confidential set is asked for by its own argument."""
SEALED = "danh-sach-mat"
SEALED_FOLDER = "mat"
_BOARD = "Đọc lại từng ý kiến trước khi niêm yết: bản này dành cho mọi người xem"


class Plan(NamedTuple):
    """A file to be written; ``build`` gives the workbook or document, ``items`` are the ids of the opinions in it."""

    name: str
    kind: str
    build: Callable[[], Any]
    check: tuple[str, ...] = ()
    letter: Letter | None = None
    items: tuple[str, ...] = ()


def plans_of(dossier: Dossier, form: Form, signed: Form, templates: Path | None = None) -> Iterator[Plan]:
    """Every document that is not confidential; ``signed`` is the form of the notice, with its number and day."""
    everyone = tuple(item.id for item in dossier.public)
    counts, checks = count_up(dossier), checks_of(dossier)
    chosen = f"Thể thức {'Đảng' if form.id == 'party' else 'Nhà nước'}: {form.because}"

    def filled(name: str, variables: Callable[[], context.Context]) -> Callable[[], Any]:
        return lambda: render(find_template(name, form.id, templates), variables())

    yield Plan("01-bieu-tong-hop.xlsx", "bieu-tong-hop", lambda: summary_book(dossier, form), checks, None, everyone)
    summary = filled("bieu-tong-hop.docx", lambda: context.summary(dossier, form, counts))
    yield Plan("02-bieu-tong-hop.docx", "bieu-tong-hop", summary, (chosen, *checks), None, everyone)
    notice = filled("thong-bao-ket-luan.docx", lambda: context.notice(dossier, signed, counts))
    told = (chosen, *checks, *_unsure(dossier))
    yield Plan("03-thong-bao-ket-luan.docx", "thong-bao-ket-luan", notice, told, None, everyone)
    yield from _letters(dossier, form, counts, filled)
    for item in dossier.guided:
        sheet = filled("phieu-huong-dan.docx", lambda item=item: context.guidance(dossier, form, counts, item))  # type: ignore[misc]
        note = "Điền họ tên, địa chỉ công dân trước khi gửi; đối chiếu nơi có thẩm quyền"
        yield Plan(
            f"06-phieu-huong-dan-stt-{item.number:02d}.docx", "phieu-huong-dan", sheet, (note,), None, (item.id,)
        )
    yield Plan(
        "07-so-tiep-cong-dan.xlsx", "so-tiep-cong-dan", lambda: reception_book(dossier, form), checks, None, everyone
    )
    minutes = filled("bien-ban.docx", lambda: context.minutes(dossier, form, counts))
    named = (
        ("Họ tên đang ghi bằng mã; bản lưu cần họ tên thì làm lại với lựa chọn ghi họ tên (--names full)",)
        if dossier.names == "code"
        else ()
    )
    yield Plan("08-bien-ban.docx", "bien-ban", minutes, (chosen, *named, *checks), None, everyone)
    board = filled("ban-niem-yet.docx", lambda: context.board(dossier, form, counts))
    yield Plan("09-ban-niem-yet.docx", "ban-niem-yet", board, (chosen, _BOARD, *checks), None, everyone)


def _letters(dossier: Dossier, form: Form, counts: Counts, filled: Callable[..., Any]) -> Iterator[Plan]:
    numbers = {UP: 0}
    for written in letters_of(dossier):
        numbers[written.way] = numbers.get(written.way, 0) + 1
        kind, head = ("cong-van-kien-nghi", "04") if written.way == UP else ("phieu-chuyen", "05")
        to = slug(BLANK.sub("", written.addressee)) if BLANK.sub("", written.addressee).strip() else "chua-ro-noi-nhan"
        name = f"{head}-{kind}-{numbers[written.way]:02d}-{to}.docx"
        build = filled(f"{kind}.docx", lambda written=written: context.letter(dossier, form, counts, written))
        ids = tuple(item.id for item in written.items)
        yield Plan(name, kind, build, ("Đối chiếu tên cơ quan nhận và thẩm quyền trước khi ký",), written, ids)


def sealed_plans(dossier: Dossier, form: Form, templates: Path | None = None) -> Iterator[Plan]:
    """The confidential list and the guidance of those who accuse; nothing where nothing is confidential."""
    if not dossier.confidential:
        return
    note = "Tài liệu mật: chỉ người được giao xử lý; không đưa lên mạng, không gửi kèm văn bản khác"
    secret = tuple(item.id for item in dossier.confidential)
    name = f"{SEALED_FOLDER}/09-danh-sach-mat.xlsx"
    yield Plan(name, SEALED, lambda: sealed_book(dossier, form), (note,), None, secret)
    counts = count_up(dossier)
    accusing = [
        item for item in dossier.confidential if item.judged and item.judged.type.id in ("denunciation", "complaint")
    ]
    for number, item in enumerate(accusing, 1):

        def build(item: Any = item) -> Any:
            variables = context.guidance(dossier, form, counts, item, show_content=False)
            return render(find_template("phieu-huong-dan.docx", form.id, templates), variables)

        name = f"{SEALED_FOLDER}/10-phieu-huong-dan-{number:02d}.docx"
        yield Plan(name, SEALED, build, (note,), None, (item.id,))


def checks_of(dossier: Dossier) -> tuple[str, ...]:
    """What a person must know of the whole dossier."""
    found = []
    failed = [str(item.number) for item in dossier.public if item.judged is None]
    if failed:
        found.append(f"Chưa phân loại được: STT {', '.join(failed)}")
    review = sum(bool(item.judged and item.judged.review) and not item.confirmed for item in dossier.public)
    if review:
        found.append(f"{review} ý kiến cần xem lại nhãn (cột Ghi chú)")
    if dossier.confidential:
        found.append(f"{len(dossier.confidential)} nội dung mật chỉ được đếm, không nêu; lập danh sách riêng khi cần")
    near = [str(item.number) for item in dossier.public if suspicious(item.raised.text) and not _opened(item)]
    if near:
        found.append(f"Có chữ giống tố cáo nhưng không xếp mật: STT {', '.join(near)}; xem kỹ trước khi phát hành")
    left = [str(item.number) for item in dossier.public if item.withheld]
    if left:
        found.append(f"Trả lời chung với nội dung mật, cần viết lại: STT {', '.join(left)}")
    found += [warning.message for warning in dossier.meeting.warnings]
    return tuple(found)


def _opened(item: Item) -> bool:
    """Whether a person said that an opinion may be listed."""
    return item.ruled is not None and item.ruled.confidential is False


def _unsure(dossier: Dossier) -> tuple[str, ...]:
    weak = [
        str(item.number)
        for item in dossier.public
        if item.status.code == "da_giai_thich"
        and not item.decided
        and not item.status.because.startswith("Trả lời có chữ")
    ]
    return (f"Tình trạng suy ra khi không có chữ rõ ràng: STT {', '.join(weak)}",) if weak else ()


def blanks_note(built: Any) -> tuple[str, ...]:
    """How many places a workbook or document still wants filled in, if any."""
    if hasattr(built, "worksheets"):
        cells = (cell.value for sheet in built.worksheets for line in sheet.iter_rows() for cell in line)
        number = sum(isinstance(value, str) and BLANK.search(value) is not None for value in cells)
    else:
        number = blanks_in(built)
    return (f"{number} chỗ cần điền, tô vàng",) if number else ()
