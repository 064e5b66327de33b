"""The board as plain text and as a document that prints."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from ydan.documents.layout import BOTH, CENTER, Layout
from ydan.documents.wording import count, day, official
from ydan.taxonomy import load_taxonomy
from ydan_service.office.following.board import Board, BoardPart, Posted
from ydan_service.office.following.paper import add_rows

HEADS = {
    "answered": "Đã giải quyết, đã trả lời",
    "working": "Đang giải quyết",
    "sent": "Kiến nghị cấp trên, chuyển cơ quan khác",
    "open": "Chưa trả lời",
}


def title_of(board: Board) -> str:
    """The heading."""
    return f"Kết quả tiếp thu, trả lời ý kiến của Nhân dân {place_of(board)}"


def place_of(board: Board) -> str:
    """``xã Tân Lập``."""
    commune = board.commune
    named = commune.name.lower().startswith(commune.kind)
    return commune.name[0].lower() + commune.name[1:] if named else f"{commune.kind} {commune.name}"


def head_of(part: BoardPart) -> str:
    """The meeting's line."""
    held = f" ngày {day(part.meeting.held_on)}" if part.meeting.held_on else ""
    return f"{part.meeting.title or 'Hội nghị đối thoại'}{held}"


def line_of(one: Posted) -> str:
    """What was raised: the words, or where they would tell who spoke the matter alone."""
    text = one.text or f"Một việc riêng của hộ dân: {matter_of(one)}"
    return f"{text.rstrip(' .')} ({one.village})." if one.village else f"{text.rstrip(' .')}."


def matter_of(one: Posted) -> str:
    """The matter's name, or the topic's."""
    taxonomy = load_taxonomy()
    if one.matter is not None and one.matter in taxonomy.matters:
        return official(taxonomy.matters[one.matter].label)
    return official(taxonomy.topics[one.topic].label) if one.topic and one.topic in taxonomy.topics else "việc khác"


def standing_of(one: Posted) -> str:
    """Where it stands: the answer, or who has it until when."""
    who = "; ".join(one.who)
    due = f", hạn {day(one.due)}" if one.due else ""
    late = f" (quá hạn {one.late} ngày)" if one.late else ""
    if one.status in ("da_giai_quyet", "da_giai_thich"):
        on = f" (ngày {day(one.answered_on)})" if one.answered_on else ""
        said = "Đã giải quyết" if one.status == "da_giai_quyet" else "Đã trả lời"
        return f"{said}{on}: {one.answer}" if one.answer else f"{said}{on}."
    if one.status == "dang_giai_quyet":
        return f"Giao {who or 'đơn vị chuyên môn'}{due}{late}."
    if one.status in ("kien_nghi_cap_tren", "chuyen_co_quan_khac"):
        if not one.sent:
            return f"Đang lập {'kiến nghị gửi cấp trên' if one.status == 'kien_nghi_cap_tren' else 'phiếu chuyển'}."
        verb = "Đã kiến nghị" if one.status == "kien_nghi_cap_tren" else "Đã chuyển"
        return f"{verb} {who}{due}{late}."
    return f"Chưa trả lời{f', giao {who}' if who else ''}{due}{late}."


def write_text(board: Board, today: date) -> str:
    """The board as plain text, to paste into a page or read over the loudspeakers."""
    return "\n".join(_lines(board, today)) + "\n"


def write_docx(board: Board, today: date) -> bytes:
    """The board as a document of the State's form.

    :raises MissingExtra: the office packages are not installed.
    """
    page = Layout("state")
    page.say(title_of(board).upper(), align=CENTER, size=14, bold=True)
    page.say(f"(Cập nhật đến ngày {day(today)})", align=CENTER, size=13, italic=True, after=8)
    for part in board.sessions:
        page.body(head_of(part), bold=True, keep=True)
        page.body(_summary(part))
        for at, (name, rows) in enumerate(part.parts.items(), 1):
            if rows:
                _table(page, f"{at}. {HEADS[name]} ({count(len(rows))} ý kiến)", rows)
    page.say(
        "Các ý kiến đã lược bỏ họ tên, địa chỉ, số điện thoại của người dân.",
        align=BOTH,
        size=12,
        italic=True,
        before=8,
    )
    held = io.BytesIO()
    page.document.save(held)
    return held.getvalue()


def _table(page: Layout, head: str, rows: Any) -> None:
    page.say(head, size=14, bold=True, before=8, after=4, keep=True)
    table = page.grid(("STT", "Nội dung ý kiến", "Kết quả, tiến độ"), (12, 82, 71), 12)
    cells = ((str(number), line_of(one), standing_of(one)) for number, one in enumerate(rows, 1))
    add_rows(page, table, cells, 12, centered=(0,))


def _summary(part: BoardPart) -> str:
    counts = ", ".join(f"{HEADS[name].lower()}: {count(len(rows))}" for name, rows in part.parts.items() if rows)
    return f"Công khai {count(part.posted)} ý kiến ({counts})." if part.posted else "Chưa có ý kiến nào để công khai."


def _lines(board: Board, today: date) -> Iterator[str]:
    yield title_of(board).upper()
    yield f"(Cập nhật đến ngày {day(today)})"
    for part in board.sessions:
        yield ""
        yield head_of(part)
        yield _summary(part)
        for at, (name, rows) in enumerate(part.parts.items(), 1):
            if not rows:
                continue
            yield ""
            yield f"{at}. {HEADS[name]}"
            for number, one in enumerate(rows, 1):
                yield f"{at}.{number}. {line_of(one)}"
                yield f"     {standing_of(one)}"
