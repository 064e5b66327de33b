"""Excel workbooks (.xlsx), read from their XML: cells that exist, whatever size a sheet claims to have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ydan.minutes.extract import Extract, Piece
from ydan.minutes.readers.grid import Span, table_pieces
from ydan.minutes.readers.limits import Limits, check_cells
from ydan.minutes.readers.tidy import finish
from ydan.minutes.readers.xmlguard import OFFICE, main_part, read_xml, relations
from ydan.minutes.readers.zipguard import Archive

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', re.IGNORECASE)


def read_sheet(data: bytes, name: str, limits: Limits) -> Extract:
    """Each visible sheet is a table; formulas give the value last computed, dates read dd/mm/yyyy.

    :raises ReadError: ``too_many_cells``, and what :mod:`~ydan.minutes.readers.zipguard` raises.
    """
    archive = Archive(data, name, limits)
    part, root = main_part(archive, "xl/workbook.xml")
    related = relations(archive, part)
    parts = dict(related.values())
    words = _shared(read_xml(archive, parts["sharedStrings"]) if "sharedStrings" in parts else None)
    dates = _date_styles(read_xml(archive, parts["styles"]) if "styles" in parts else None)
    settings = root.find(f"{S}workbookPr")
    epoch = datetime(1904, 1, 1) if settings is not None and settings.get("date1904") in ("1", "true") else None
    pieces: list[Piece] = []
    dropped: list[str] = []
    count = table = 0
    for sheet in root.iterfind(f"{S}sheets/{S}sheet"):
        title = sheet.get("name") or f"Sheet{table + 1}"
        kind, path = related.get(sheet.get(f"{{{OFFICE}}}id", ""), ("", ""))
        if kind != "worksheet":
            continue
        if sheet.get("state", "visible") != "visible":
            dropped.append(f"trang tính ẩn “{title}”")
            continue
        node = read_xml(archive, path)
        if node is None:
            continue
        cells: dict[tuple[int, int], str] = {}
        for row, column, cell in _cells(node):
            text = _text(cell, words, dates, epoch)
            if text.strip():
                cells[row, column] = text
                count += 1
                check_cells(count, name, limits)
        pieces += table_pieces(cells, _spans(node), table, title)
        table += bool(cells)
    if any(part.endswith("vbaproject.bin") for part in archive.names):
        dropped.append("macro (không chạy)")
    return finish(pieces, "xlsx", name, limits, None, dropped)


def _cells(sheet: Any) -> Iterator[tuple[int, int, Any]]:
    """The cells that are there, with row and column from 0; a cell without a name follows the one before."""
    row = -1
    for row_node in sheet.iterfind(f"{S}sheetData/{S}row"):
        number = row_node.get("r", "")
        row = int(number) - 1 if number.isdecimal() and len(number) < 8 else row + 1
        column = -1
        for cell in row_node.iterfind(f"{S}c"):
            place = _place(cell.get("r", ""))
            row, column = place if place is not None else (row, column + 1)
            yield row, column, cell


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None or int(match[2]) == 0:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _text(cell: Any, words: list[str], dates: frozenset[int], epoch: datetime | None) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich(cell.find(f"{S}is"))
    node = cell.find(f"{S}v")
    value = "" if node is None else (node.text or "")
    if kind == "s":
        return words[int(value)] if value.isdecimal() and len(value) < 9 and int(value) < len(words) else ""
    if kind == "b":
        return "Có" if value == "1" else "Không"
    if kind == "d":
        return _iso(value)
    if kind != "n":
        return "" if kind == "e" else value
    style = cell.get("s", "0")
    try:
        number = float(value)
    except ValueError:
        return value
    if style.isdecimal() and int(style[:9]) in dates and (moment := _moment(number, epoch)) is not None:
        return moment
    return write_number(number)


def write_number(number: float) -> str:
    """A number as it is read in Vietnamese: no ``.0``, a comma before the decimals.

    >>> write_number(12.0), write_number(3.5), write_number(0.1 + 0.2)
    ('12', '3,5', '0,3')
    """
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.10g}".replace(".", ",")


def _moment(number: float, epoch: datetime | None) -> str | None:
    """A day number as dd/mm/yyyy, with the time when it has one; Excel counts a 29 February 1900 that never was."""
    if not 0 <= number < 2_958_466:
        return None
    start = epoch or datetime(1899, 12, 30) + timedelta(days=number < 60)
    moment = start + timedelta(seconds=round(number * 86400))
    if number < 1 and epoch is None:
        return moment.strftime("%H:%M")
    return moment.strftime("%d/%m/%Y" if moment.hour == moment.minute == moment.second == 0 else "%d/%m/%Y %H:%M")


def _iso(value: str) -> str:
    try:
        return datetime.fromisoformat(value.removesuffix("Z")).strftime("%d/%m/%Y")
    except ValueError:
        return value


def _shared(root: Any | None) -> list[str]:
    return [] if root is None else [_rich(node) for node in root.iterfind(f"{S}si")]


def _rich(node: Any | None) -> str:
    """The runs of a text; pronunciation aids (``rPh``) are no part of it."""
    if node is None:
        return ""
    runs = [node.find(f"{S}t"), *node.iterfind(f"{S}r/{S}t")]
    return "".join(run.text or "" for run in runs if run is not None)


def _date_styles(root: Any | None) -> frozenset[int]:
    """The cell formats that show dates."""
    if root is None:
        return frozenset()
    own = {node.get("numFmtId"): node.get("formatCode", "") for node in root.iterfind(f"{S}numFmts/{S}numFmt")}
    found = set()
    for at, node in enumerate(root.iterfind(f"{S}cellXfs/{S}xf")):
        identity = node.get("numFmtId", "0")
        if identity in own:
            code = _NOT_DATE.sub("", own[identity].split(";")[0]).lower()
            is_date = any(letter in code for letter in "ydh") or "mm" in code
        else:
            is_date = identity.isdecimal() and int(identity[:9]) in _DATES
        if is_date:
            found.add(at)
    return frozenset(found)


def _spans(sheet: Any) -> dict[tuple[int, int], Span]:
    found: dict[tuple[int, int], Span] = {}
    for node in sheet.iterfind(f"{S}mergeCells/{S}mergeCell"):
        first, _, last = (node.get("ref") or "").partition(":")
        start, end = _place(first), _place(last)
        if start is not None and end is not None and end >= start:
            found[start] = Span(*start, max(1, end[0] - start[0] + 1), max(1, end[1] - start[1] + 1))
    return found
