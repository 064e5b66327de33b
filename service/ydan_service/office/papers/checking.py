"""What a person must look at before the conclusion is published; only a few things stop it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ydan.competence.names import show_day
from ydan.documents.item import Item
from ydan.documents.letters import addressees
from ydan.documents.status import suspicious
from ydan.documents.wording import BLANK
from ydan_service.office.papers.opening import Opened

BLOCK, WARN, INFO = "block", "warn", "info"
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Check:
    """One point: how grave, what, and the keys of the opinions that it is about."""

    code: str
    grade: str
    message: str
    keys: tuple[str, ...] = ()


def look_over(opened: Opened, today: date, days: int) -> list[Check]:
    """Everything to be looked at, the gravest first; ``days`` after the meeting the result must be published."""
    found = [*_blocks(opened, today), *_labels(opened), *_lines(opened), *_whole(opened, today, days)]
    return sorted(found, key=lambda check: (BLOCK, WARN, INFO).index(check.grade))


def _blocks(opened: Opened, today: date) -> Iterator[Check]:
    held = opened.meeting.held_on
    if held is None:
        yield Check("no_date", BLOCK, "Cuộc họp chưa có ngày họp. Hãy điền ở trang thông tin cuộc họp.")
    elif held > today:
        yield Check("not_held", BLOCK, "Ngày họp chưa tới. Hãy kiểm tra ngày họp ở trang thông tin cuộc họp.")
    if not opened.dossier.items:
        yield Check("no_opinions", BLOCK, "Cuộc họp chưa có ý kiến nào. Hãy thêm ý kiến ở trang soát.")


def _labels(opened: Opened) -> Iterator[Check]:
    rows = opened.rows.values()
    public = opened.dossier.public
    left = [row.key for row in rows if row.reviewed_by is None]
    if left:
        shown = tuple(key for key in left if not opened.rows[key].confidential)
        yield Check("unreviewed", WARN, f"Còn {len(left)} ý kiến chưa soát nhãn.", shown)
    undecided = [item for item in public if not item.decided]
    if undecided:
        message = f"{len(undecided)} ý kiến còn theo tình trạng dự thảo, chưa ai xác nhận: {_numbers(undecided)}."
        yield Check("undecided", WARN, message, _keys(undecided))
    failed = [item for item in public if item.judged is None]
    if failed:
        yield Check("failed", WARN, f"Chưa phân loại được: {_numbers(failed)}.", _keys(failed))
    near = [
        item
        for item in public
        if suspicious(item.raised.text) and (item.ruled is None or item.ruled.confidential is None)
    ]
    if near:
        message = f"Có chữ giống tố cáo nhưng không giữ kín: {_numbers(near)}. Hãy xem kỹ trước khi công bố."
        yield Check("suspicious", WARN, message, _keys(near))


def _lines(opened: Opened) -> Iterator[Check]:
    dossier = opened.dossier
    host = dossier.host_level
    points = (
        ("no_reply", "Đã giải quyết, giải thích nhưng chưa ghi trả lời", [i for i in dossier.settled if not i.reply]),
        ("no_charge", "Chưa giao cơ quan nào", [i for i in dossier.open if not i.charged]),
        ("no_deadline", "Chưa có thời hạn", [i for i in dossier.open if not i.deadline]),
        ("no_addressee", "Chưa rõ nơi nhận", [i for i in dossier.forwarded if _blank_addressee(i, host)]),
        ("withheld", "Trả lời chung với nội dung mật, cần viết lại", [i for i in dossier.public if i.withheld]),
    )
    for code, message, items in points:
        if items:
            yield Check(code, WARN, f"{message}: {_numbers(items)}.", _keys(items))


def _whole(opened: Opened, today: date, days: int) -> Iterator[Check]:
    meeting, dossier = opened.meeting, opened.dossier
    if meeting.meeting_type == "txct":
        message = "Đây là tiếp xúc cử tri: kết quả do Tổ đại biểu báo cáo, không ra thông báo kết luận đối thoại."
        yield Check("voters", WARN, message)
    if dossier.confidential:
        number = len(dossier.confidential)
        message = f"{number} nội dung được giữ kín: thông báo chỉ ghi số lượng, không nêu nội dung."
        yield Check("confidential", INFO, message)
    named = {"settled": "đã giải quyết, đã trả lời", "open": "chưa giải quyết", "forwarded": "gửi cấp trên, nơi khác"}
    empty = [label for name, label in named.items() if not getattr(dossier, name)]
    if empty and dossier.items:
        yield Check("empty", INFO, f"Danh mục không có ý kiến nào: {'; '.join(empty)}.")
    if meeting.held_on is not None and meeting.conclusion_published_on is None:
        until = meeting.held_on + timedelta(days=days)
        if today > until:
            message = (
                f"Đã quá hạn công bố {(today - until).days} ngày (hạn {show_day(until)}, {days} ngày sau cuộc họp)."
            )
            yield Check("late", WARN, message)
        else:
            yield Check("due", INFO, f"Hạn công bố: {show_day(until)} ({days} ngày sau cuộc họp).")


def _blank_addressee(item: Item, host_level: str) -> bool:
    found = addressees(item, host_level)
    return not found or any(BLANK.search(name) for _way, name in found)


def _numbers(items: Iterable[Item]) -> str:
    """Their numbers in the summary, the first few; the page leads to them."""
    found = [str(item.number) for item in items]
    more = f" và {len(found) - _SHOWN} ý kiến khác" if len(found) > _SHOWN else ""
    return f"STT {', '.join(found[:_SHOWN])}{more}"


def _keys(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)
