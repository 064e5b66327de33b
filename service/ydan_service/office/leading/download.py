"""The list as a file for a spreadsheet: labels and covered words, no names; a line in the audit log for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ydan.documents.office import load
from ydan.documents.sheets import put
from ydan.documents.status import labels as status_labels
from ydan.documents.status import urgencies
from ydan.documents.wording import clean
from ydan.taxonomy import load_taxonomy
from ydan_service.errors import Invalid
from ydan_service.office.leading.listing import Line, all_opinions, count_opinions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.store import Store

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST = 20_000
"""Rows of a file: more is slow to open in an office's computer, and nobody reads it."""
HEADS = (
    ("Số", 8), ("Xã, phường", 18), ("Hội nghị", 30), ("Ngày họp", 11), ("Thôn, tổ dân phố", 16), ("Nội dung", 70),
    ("Lĩnh vực", 28), ("Việc", 30), ("Loại", 16), ("Cấp có thẩm quyền", 16), ("Cơ quan", 22), ("Tình trạng", 20),
    ("Hạn", 11), ("Quá hạn", 9), ("Báo lên trên", 12), ("Lý do", 28), ("Mức khẩn", 18), ("Chuyển cơ quan khác", 12),
    ("Đã nêu trước đây", 10), ("Giống nhau trong hội nghị", 10), ("Đã soát", 9),
)  # fmt: skip
_WORDS = 5
_FORMULA = frozenset("=+-@\t\r\n|%")
"""What a spreadsheet may take for a formula or a command when it stands first."""


def download(store: Store, person: Person, narrowing: Narrowing, today: date, kind: str, sort: str = "newest") -> bytes:
    """The whole list as ``csv`` or ``xlsx``, with its line in the audit log: how many, and narrowed by which labels.

    What was searched for is not written down: it may be a name. The file is made while nobody waits for the database.

    :raises Invalid: more rows than a file should have.
    """
    with store.read() as session:
        count = count_opinions(session, person, narrowing, today)
        if count > MOST:
            raise Invalid(
                f"Danh sách có {count} ý kiến, mỗi tệp tối đa {MOST}. Hãy lọc theo thời gian hoặc xã, phường."
            )
        lines = all_opinions(session, person, narrowing, today, sort=sort)
    made = _MAKERS[kind]([cells(line) for line in lines])
    query = narrowing.but(q="").query()[:300]
    with store.begin() as session:
        audit.record(session, person, "opinions.download", "opinions", kind, opinions=len(lines), query=query)
    return made


def cells(line: Line) -> list[str | int]:
    """One opinion under :data:`HEADS`; every word fit for a file."""
    taxonomy = load_taxonomy()

    where = line.village or line.place

    def name(kind: str, id_: str | None) -> str:
        known: Any = getattr(taxonomy, kind)
        return "" if id_ is None else known[id_].label if id_ in known else id_

    return [
        line.id, clean(line.commune), clean(line.meeting_title), _day(line.held_on), clean(where), clean(line.text),
        name("topics", line.topic), name("matters", line.matter), name("types", line.type), name("levels", line.level),
        name("bodies", line.body), status_labels().get(line.status, line.status), _day(line.deadline),
        "x" if line.late else "", "x" if line.escalate else "",
        "; ".join(name("escalation_codes", code) for code in line.codes), urgencies().get(line.urgency, ""),
        "x" if line.transfer else "", "x" if line.before else "", line.alike or "", "x" if line.reviewed_at else "",
    ]  # fmt: skip


def _csv(rows: Sequence[Sequence[str | int]]) -> bytes:
    """With a byte order mark, by which Excel knows that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head for head, _width in HEADS)
    writer.writerows([each if isinstance(each, int) else _text(each) for each in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str | int]]) -> bytes:
    book = load("openpyxl").Workbook(write_only=True)
    new_cell, styles = load("openpyxl.cell").WriteOnlyCell, load("openpyxl.styles")
    sheet = book.create_sheet("Ý kiến")
    letter = load("openpyxl.utils").get_column_letter
    for at, (_head, width) in enumerate(HEADS, 1):
        sheet.column_dimensions[letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letter(len(HEADS))}{len(rows) + 1}"
    bold, wrapped = styles.Font(bold=True), styles.Alignment(vertical="top", wrap_text=True)

    def made(value: str | int, **style: Any) -> Any:
        cell = new_cell(sheet)
        put(cell, value)
        for name, each in style.items():
            setattr(cell, name, each)
        return cell

    sheet.append([made(head, font=bold) for head, _width in HEADS])
    for row in rows:  # a cell of its own only for what needs a style, or must not be run: the others are quicker
        sheet.append(
            [
                made(value, alignment=wrapped)
                if at == _WORDS
                else made(value)
                if isinstance(value, str) and value[:1] in _FORMULA
                else value or None
                for at, value in enumerate(row)
            ]
        )
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


_MAKERS: dict[str, Callable[[Sequence[Sequence[str | int]]], bytes]] = {"csv": _csv, "xlsx": _xlsx}


def _text(value: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what begins like a formula."""
    return f"'{value}" if value[:1] in _FORMULA else value


def _day(value: date | None) -> str:
    return "" if value is None else value.strftime("%d/%m/%Y")
