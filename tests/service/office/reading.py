"""Meetings read from our own minutes, for the tests of everything that stands on them."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import select

from tests.conftest import ROOT
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.office.intake.receive import Received, receive
from ydan_service.office.intake.worker import Worker
from ydan_service.office.review.operations import operate
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import ConfidentialReader, Opinion

DOCUMENTS = ROOT / "data" / "minutes" / "documents"
SECRET = "Tôi tố cáo ông Đặng Văn Quỳnh, Chủ tịch xã, nhận hối lộ 50 triệu đồng để bán đất công cho người nhà."
ROAD = "Đường trục thôn Đông lầy lội cả tháng nay"
TEXT = f"""CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
BIÊN BẢN
Hội nghị đối thoại giữa Chủ tịch UBND xã Tân Lập với Nhân dân
Thời gian: 8 giờ ngày 12 tháng 3 năm 2026, tại Nhà văn hóa xã.
Chủ trì: Ông Lê Hữu Phước, Chủ tịch UBND xã.
Thư ký: Bà Ngô Thị Sen.
I. Ý KIẾN CỦA NHÂN DÂN
1. Ông Tạ Văn Mão (thôn Đông): {ROAD}, xe máy không đi được. Gọi tôi số 0912345678.
2. Bà Hoàng Thị Lựu (thôn Đoài): Đèn đường xóm chùa hỏng từ tết, đi tối rất nguy hiểm, đề nghị xã thay bóng.
3. Ông Vũ Đình Khoát (thôn Đông): {ROAD} như ông Mão nói, xe máy không đi được, đề nghị đổ bê tông.
4. Bà Kiều Thị Thơm (thôn Nam): {SECRET}
5. Ông Tạ Văn Mão (thôn Đông): Trạm y tế thiếu thuốc cho người có thẻ bảo hiểm y tế.
II. TRẢ LỜI
Ông Lê Hữu Phước, Chủ tịch UBND xã trả lời:
- Về đường trục thôn Đông: giao phòng Kinh tế khảo sát, làm xong trước ngày 30/4/2026.
- Về đèn đường xóm chùa: xã tiếp thu, sẽ thay trong tháng này.
"""
NAMES = ("Tạ Văn Mão", "Hoàng Thị Lựu", "Vũ Đình Khoát", "Kiều Thị Thơm", "Đặng Văn Quỳnh", "ông Mão", "0912345678")
_numbers = itertools.count(1)


class Office:
    """A store with a worker at hand, and short words for what people do."""

    def __init__(self, store: Store, predictor: Predictor, reader: MinutesReader) -> None:
        self.store, self.predictor, self.reader = store, predictor, reader

    def hand_in(self, person: Person, commune: int, data: str | bytes = TEXT, name: str = "bien-ban.txt") -> Received:
        """Keep a file; nothing is read yet."""
        raw = data.encode() if isinstance(data, str) else data
        with self.store.begin() as session:
            return receive(session, self.store.keys, person, commune, raw, name)

    def work(self) -> None:
        """Do every job that waits."""
        worker = Worker(self.store, self.predictor, self.reader)
        while worker.do_next():
            pass

    def read(self, person: Person, commune: int, data: str | bytes = TEXT, name: str = "bien-ban.txt") -> int:
        """A meeting, read."""
        received = self.hand_in(person, commune, data, name)
        self.work()
        return received.meeting_id

    def do(self, person: Person, meeting: int, kind: str, since: int = 0, **op: Any) -> dict[str, Any]:
        """One operation; the whole answer with ``result`` of it."""
        op = {"id": f"thao-tac-{next(_numbers):06d}", "kind": kind, **op}
        found = operate(self.store, self.predictor, person, meeting, [op], since)
        return {"result": found["results"][0], "id": op["id"], **found}

    def opinions(self, meeting: int) -> dict[str, Opinion]:
        """The live rows by key, in order."""
        with self.store.read() as session:
            rows = session.scalars(
                select(Opinion).where(Opinion.meeting_id == meeting, Opinion.state == "live").order_by(Opinion.position)
            )
            found = {row.key: row for row in rows}
            session.expunge_all()
            return found

    def readers(self, opinion: int) -> set[int]:
        """The accounts that may read a confidential opinion."""
        with self.store.read() as session:
            rows = select(ConfidentialReader.account_id).where(ConfidentialReader.opinion_id == opinion)
            return set(session.scalars(rows))


def sixty_lines() -> str:
    """Minutes with sixty opinions of different people."""
    matters = [
        "Đường liên thôn qua cánh đồng {n} sạt lở, đề nghị xã gia cố trước mùa mưa.",
        "Nước sinh hoạt xóm {n} đục, có mùi, bà con phải mua nước bình.",
        "Hồ sơ cấp giấy chứng nhận của nhà tôi nộp đã {n} tháng chưa có kết quả.",
        "Rác ở chợ xóm {n} để ba ngày mới thu một lần, rất bẩn.",
        "Trường mầm non thôn {n} thiếu phòng học, các cháu phải ghép lớp.",
        "Đề nghị tỉnh nâng cấp đường tỉnh 39{n} đoạn qua xã vì xe tải chạy nhiều.",
    ]
    given = ("An", "Bình", "Cường", "Dũng", "Hạnh", "Khánh", "Liên", "Minh", "Nga", "Phúc")
    lines = [
        f"{n + 1}. Ông Trần Văn {given[n % 10]} (thôn {n // 10 + 1}): {matters[n % 6].format(n=n + 1)}"
        for n in range(60)
    ]
    return (
        TEXT.split("1. Ông")[0]
        + "\n".join(lines)
        + "\nII. TRẢ LỜI\nÔng Lê Hữu Phước trả lời: xã tiếp thu các ý kiến.\n"
    )
