"""Reads rule files into rows that remember their line: the base table, and what a province adds to it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from ydan.competence.findings import Finding
from ydan.competence.names import Vocabulary, fold, header_names, parse_day
from ydan.competence.provinces import find_province
from ydan.errors import CompetenceError

BASE_COLUMNS = ["rule_id", "matter", "from", "until", "level", "body", "source", "certainty", "note"]
REQUIRED = ("province", "matter", "level", "body", "source")
OPTIONAL = ("from", "until", "note")
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row: who settles the matter from ``start`` (None: always) to ``until``, excluded (None: still)."""

    file: str
    line: int
    rule_id: str
    matter: str
    start: date | None
    until: date | None
    level: str
    body: str
    source: str
    certainty: str
    note: str
    province: str | None = None

    @property
    def where(self) -> str:
        """``file:line``, for messages."""
        return f"{self.file}:{self.line}"

    @property
    def answer(self) -> tuple[str, str]:
        """What two rows contradict each other about."""
        return (self.level, self.body)

    @property
    def first(self) -> date:
        """The first day, with open written as the earliest date."""
        return self.start or date.min

    @property
    def end(self) -> date:
        """The first day no longer covered, with open written as the latest date."""
        return self.until or date.max


Read = tuple[list[RuleRow], list[Finding]]


def read_base(data: bytes, file: str) -> Read:
    """The rows of a base table; it is ours, so its header is exact."""
    header, lines = _table(data, file)
    if isinstance(header, Finding):
        return [], [header]
    if [name for name in header if name] != BASE_COLUMNS:
        return [], [Finding("unreadable", f"{file}:1", f"cột phải là {','.join(BASE_COLUMNS)}.")]
    rows: list[RuleRow] = []
    findings: list[Finding] = []
    for line, cells in lines:
        cell = dict(zip(BASE_COLUMNS, cells, strict=False))
        span = _span(cell, f"{file}:{line}", findings)
        if len(cells) < len(BASE_COLUMNS):
            findings.append(_narrow(file, line, len(cells), len(BASE_COLUMNS)))
        elif span:
            keys = ("level", "body", "source", "certainty", "note")
            rows.append(RuleRow(file, line, cell["rule_id"], cell["matter"], *span, *(cell[k] for k in keys)))
    return rows, findings


def read_overrides(data: bytes, file: str, words: Vocabulary) -> Read:
    """The rows of a province's file, as a spreadsheet saves it."""
    header, lines = _table(data, file)
    if isinstance(header, Finding):
        return [], [header]
    columns = [header_names().get(fold(name), "") for name in header]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        have = ", ".join(name for name in header if name)
        text = f"thiếu cột {', '.join(missing)}; tệp có: {have}. Cột cần có: {', '.join(REQUIRED)}; "
        return [], [Finding("unreadable", f"{file}:1", f"{text}tuỳ ý: {', '.join(OPTIONAL)}.")]
    rows: list[RuleRow] = []
    findings: list[Finding] = []
    stem = file.rpartition(".")[0] or file
    for line, cells in lines:
        if len(cells) < len([name for name in header if name]):
            findings.append(_narrow(file, line, len(cells), len(header)))
            continue
        cell = {name: value for name, value in zip(columns, cells, strict=False) if name}
        span = _span(cell, f"{file}:{line}", findings)
        province = _province(cell["province"], f"{file}:{line}", findings)
        if span and province:
            matter, level, body = (
                words.matter(cell["matter"]),
                words.level(cell["level"]),
                words.body(cell["body"]),
            )
            rest = (level, body, cell["source"], LOCAL, cell.get("note", ""), province)
            rows.append(RuleRow(file, line, f"{stem}:{line}", matter, *span, *rest))
    return rows, findings


def is_base(data: bytes) -> bool:
    """Whether the file looks like the base table (it has rule ids) and not like a province's."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(b"rule_id,")


def _table(data: bytes, file: str) -> tuple[list[str] | Finding, Iterator[tuple[int, list[str]]]]:
    """Header and rows with line numbers; comma, semicolon or tab, whichever the header has most of."""
    try:
        text = normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        text = "tệp không phải UTF-8. Trong Excel hãy lưu kiểu “CSV UTF-8 (Comma delimited)”."
        return Finding("unreadable", f"{file}:{line}", text), iter(())
    lines = text.splitlines()
    skipped = 1 if lines and lines[0].lower().startswith("sep=") else 0
    first = lines[skipped] if len(lines) > skipped else ""
    reader = csv.reader(lines[skipped:], delimiter=max(",;\t", key=first.count))
    header = [cell.strip() for cell in next(reader, [])]
    if not any(header):
        return Finding("unreadable", f"{file}:1", "tệp trống. Dòng đầu phải là tên các cột."), iter(())
    try:
        rows = [(reader.line_num + skipped, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        text = f"không đọc được dòng này: {error}. Hãy xem lại dấu ngoặc kép."
        return Finding("unreadable", f"{file}:{reader.line_num + skipped}", text), iter(())
    return header, ((line, row) for line, row in rows if any(row))


def _span(cell: dict[str, str], where: str, findings: list[Finding]) -> tuple[date | None, date | None] | None:
    days: dict[str, date | None] = {}
    for name in ("from", "until", "last_day"):
        try:
            days[name] = parse_day(cell.get(name, ""))
        except ValueError:
            text = f"ngày “{cell[name]}” ở cột {name} không có thật. Hãy viết 2026-01-31 hoặc 31/01/2026."
            findings.append(Finding("bad_date", where, text))
            return None
    if days["last_day"]:
        days["until"] = days["last_day"] + timedelta(days=1)
    return days["from"], days["until"]


def _province(cell: str, where: str, findings: list[Finding]) -> str | None:
    try:
        return find_province(cell).code
    except CompetenceError as error:
        findings.append(Finding("unknown_id", where, str(error)))
        return None


def _narrow(file: str, line: int, have: int, need: int) -> Finding:
    text = f"có {have} ô, cần {need}. Ô có dấu phẩy phải nằm trong ngoặc kép."
    return Finding("unreadable", f"{file}:{line}", text)
