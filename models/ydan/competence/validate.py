"""Proves that the table answers every matter on every day, once, and that each added row does something.

A table that two people extend by hand goes wrong in few ways: a day without an answer, a day with two, a row
that can never apply, an id mistyped. Each is named with its line, so that it is mended where it was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from ydan.competence.findings import Finding
from ydan.competence.names import show_day
from ydan.competence.periods import load_periods
from ydan.competence.rows import LOCAL, RuleRow
from ydan.taxonomy import Taxonomy, load_taxonomy
from ydan.taxonomy.model import near

CUSTOM = "thông lệ, cần cán bộ địa phương xác nhận"
CERTAINTIES = ("verified", "unverified", LOCAL)


def validate(
    base: Sequence[RuleRow], overrides: Sequence[RuleRow] = (), taxonomy: Taxonomy | None = None
) -> list[Finding]:
    """Every fault of the base table and of the provinces' rows, in file order within each check."""
    known = taxonomy or load_taxonomy()
    rows = [*base, *overrides]
    findings = [finding for row in rows for finding in _row_faults(row, known)]
    findings += _doubled_ids(base)
    groups = _by_key(base)
    findings += _gaps(groups, known, base[0].file if base else "rules.csv")
    for group in [*groups.values(), *_by_key(overrides).values()]:
        findings += _pair_faults(group)
    findings += [f for row in overrides for f in _useless(row, groups.get((None, row.matter), []))]
    return findings


def _row_faults(row: RuleRow, known: Taxonomy) -> Iterator[Finding]:
    ids = (("loại việc", row.matter, known.matters), ("cấp", row.level, known.levels))
    for noun, wanted, table in (*ids, ("cơ quan", row.body, known.bodies)):
        if wanted not in table:
            yield Finding("unknown_id", row.where, f"không có {noun} “{wanted}”. {near(wanted, table)}")
    if row.first >= row.end or row.end <= load_periods()[0].start:
        yield Finding("shadowed", row.where, f"không bao giờ được dùng: {_span(row)}. Hãy sửa ngày hoặc bỏ dòng.")
    level = known.levels.get(row.level)
    last_day = level.valid_until if level else None
    if last_day and row.end > last_day + timedelta(days=1):
        text = f"cấp huyện chỉ có đến hết {show_day(last_day)}, dòng này kéo dài hơn. Hãy ghi ngày hết hiệu lực"
        yield Finding("district_abolished", row.where, f"{text} {show_day(last_day + timedelta(days=1))}.")
    elif level and row.body in known.bodies:
        yield from _missing_body(row, known)
    if not row.source:
        yield Finding("no_source", row.where, f"chưa ghi căn cứ. Hãy ghi số văn bản, hoặc “{CUSTOM}”.")
    if row.certainty not in CERTAINTIES:
        yield Finding("bad_certainty", row.where, f"certainty “{row.certainty}” lạ; chọn {', '.join(CERTAINTIES)}.")
    if row.certainty == "verified" and row.source == CUSTOM:
        yield Finding("no_source", row.where, "ghi verified mà không nêu văn bản. Hãy nêu văn bản hoặc ghi unverified.")
    if row.province is None:
        yield from _borders(row)


def _missing_body(row: RuleRow, known: Taxonomy) -> Iterator[Finding]:
    if row.level == "unclear":
        return
    days = [row.first, *(p.start for p in load_periods())]
    for day in sorted(d for d in days if row.first <= d < row.end):
        body = known.bodies[row.body]
        if body.name_at(row.level, day) is None:
            shown = show_day(max(day, load_periods()[0].start))
            text = f"cơ quan {row.body} không có ở cấp {row.level} vào {shown}"
            yield Finding("no_such_body", row.where, f"{text}; có ở: {', '.join(body.levels())}.")
            return


def _borders(row: RuleRow) -> Iterator[Finding]:
    starts = {period.start for period in load_periods()}
    for day in (row.start, row.until):
        if day and day not in starts:
            text = f"ngày {show_day(day)} không phải ngày đầu thời kỳ nào. Hãy xem periods.csv."
            yield Finding("off_border", row.where, text, "warning")


def _doubled_ids(base: Iterable[RuleRow]) -> Iterator[Finding]:
    seen: dict[str, RuleRow] = {}
    for row in base:
        other = seen.setdefault(row.rule_id, row)
        if other is not row:
            text = f"rule_id “{row.rule_id}” đã dùng ở {other.where}. Mỗi rule_id chỉ dùng một lần."
            yield Finding("duplicate_id", row.where, text)


def _gaps(groups: dict[tuple[str | None, str], list[RuleRow]], known: Taxonomy, file: str) -> Iterator[Finding]:
    for matter in known.matters:
        rows = groups.get((None, matter), [])
        if not rows:
            yield Finding("gap", f"{file}:1", f"“{matter}” chưa có dòng nào. Hãy thêm từ đầu đến nay.")
            continue
        covered, previous = date.min, rows[0]
        for row in rows:
            if row.first > covered:
                yield _gap(previous, matter, covered, row.first)
            if row.end > covered:
                covered, previous = row.end, row
        if covered < date.max:
            yield _gap(previous, matter, covered, date.max)


def _gap(row: RuleRow, matter: str, start: date, end: date) -> Finding:
    since = "từ đầu" if start == date.min else f"từ {show_day(start)}"
    until = "trở đi" if end == date.max else f"đến trước {show_day(end)}"
    return Finding("gap", row.where, f"“{matter}” không có quy định {since} {until}. Hãy thêm dòng cho khoảng đó.")


def _pair_faults(group: Sequence[RuleRow]) -> Iterator[Finding]:
    for a, b in combinations(group, 2):
        if max(a.first, b.first) >= min(a.end, b.end):
            continue
        later, earlier = (b, a) if (b.file, b.line) > (a.file, a.line) else (a, b)
        if a.answer != b.answer:
            said = f"{earlier.level}/{earlier.body} ở {earlier.where}, {later.level}/{later.body} ở đây"
            yield Finding("contradiction", later.where, f"“{a.matter}” có hai câu trả lời cùng ngày: {said}.")
        elif earlier.first <= later.first and later.end <= earlier.end:
            yield Finding("shadowed", later.where, f"đã nằm trọn trong dòng {earlier.where}. Hãy bỏ dòng này.")
        else:
            yield Finding("overlap", later.where, f"trùng ngày với dòng {earlier.where}. Hãy sửa ngày cho nối tiếp.")


def _useless(row: RuleRow, base: Iterable[RuleRow]) -> Iterator[Finding]:
    """A row that repeats the base. One that gives a source where the base had none confirms it: no fault."""
    met = [b for b in base if max(b.first, row.first) < min(b.end, row.end)]
    if met and all(b.answer == row.answer and (b.certainty == "verified" or b.source == row.source) for b in met):
        text = f"giống hệt bảng chung ({met[0].where}), không thay đổi gì. Có thể bỏ dòng này."
        yield Finding("shadowed", row.where, text, "warning")


def _by_key(rows: Iterable[RuleRow]) -> dict[tuple[str | None, str], list[RuleRow]]:
    groups: dict[tuple[str | None, str], list[RuleRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.first, r.end)):
        groups[row.province, row.matter].append(row)
    return groups


def _span(row: RuleRow) -> str:
    start = show_day(row.start) if row.start else "đầu"
    return f"từ {start} đến trước {show_day(row.until) if row.until else 'nay'}"
