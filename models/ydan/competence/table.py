"""Answers who settles a matter on a day, in a province, and why – in one sentence that can be shown."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ydan.competence.findings import Finding
from ydan.competence.names import show_day
from ydan.competence.periods import Period, as_day, load_periods, period_of, too_early
from ydan.competence.provinces import find_province, load_provinces
from ydan.competence.rows import RuleRow
from ydan.competence.validate import CUSTOM
from ydan.taxonomy import Taxonomy

Timeline = tuple[list[date], list["Ruling"]]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who is competent; ``certainty`` is verified, unverified, or local (a province said so)."""

    level: str
    body: str
    body_label: str
    office: str
    period: Period
    rule_id: str
    basis: str
    source: str
    certainty: str
    overridden: bool
    note: str


class CompetenceTable:
    """The rules, ready to ask. Build it with `load_competence`, which checks them first.

    Each (matter, province) is compiled on first use into its days of change: a look-up is a bisection.
    """

    def __init__(
        self,
        base: Sequence[RuleRow],
        overrides: Sequence[RuleRow],
        taxonomy: Taxonomy,
        version: str,
        warnings: Sequence[Finding] = (),
    ) -> None:
        self.version = version
        self.warnings = tuple(warnings)
        self._taxonomy = taxonomy
        self._rows: dict[tuple[str, str | None], list[RuleRow]] = defaultdict(list)
        for row in (*base, *overrides):
            self._rows[row.matter, row.province].append(row)
        self._codes = {p.code: p.code for p in load_provinces().values()}
        self._codes |= {p.name: p.code for p in load_provinces().values()}
        self._borders: dict[str | None, list[date]] = {}
        self._timelines: dict[tuple[str, str | None], Timeline] = {}

    @property
    def rows(self) -> tuple[RuleRow, ...]:
        """Every rule: the common ones and the provinces' own."""
        return tuple(row for rows in self._rows.values() for row in rows)

    def lookup(self, matter_id: str, day: date | None, province: str | None = None) -> Ruling:
        """The ruling for a matter on a meeting day; a province's own rule wins over the common one.

        >>> from ydan.competence import load_competence
        >>> load_competence().lookup("commune_health_station", date(2025, 10, 1)).level
        'province'
        """
        if province is not None:
            province = self._codes.get(province) or self.province_code(province)
        timeline = self._timelines.get((matter_id, province)) or self._compile(matter_id, province)
        if type(day) is not date:
            day = as_day(day)
        index = bisect_right(timeline[0], day)
        if not index:
            raise too_early(day)
        return timeline[1][index - 1]

    def period_of(self, day: date | None) -> Period:
        """The period of the base table in which the day lies."""
        return period_of(day)

    def province_code(self, wanted: str) -> str:
        """The two-digit code of a province given by code, name or former name."""
        return self._codes.get(wanted) or find_province(wanted).code

    def stretch_of(self, day: date | None, province: str | None = None) -> date:
        """The last day on which any answer changed, for caches: a province's rules may move inside a period.

        Two days with the same stretch and the same province have the same level and body for every matter.
        """
        code = None if province is None else self.province_code(province)
        if code not in self._borders:
            rows = [r for (_, p), found in self._rows.items() if p in (None, code) for r in found]
            self._borders[code] = self._days_of_change(rows)
        checked = as_day(day)
        index = bisect_right(self._borders[code], checked)
        if not index:
            raise too_early(checked)
        return self._borders[code][index - 1]

    def _compile(self, matter_id: str, province: str | None) -> Timeline:
        matter = self._taxonomy.matter(matter_id)
        own = self._rows.get((matter.id, province), []) if province is not None else []
        if province is not None and not own:
            timeline = self._timelines.get((matter.id, None)) or self._compile(matter.id, None)
        else:
            common = self._rows[matter.id, None]
            days = self._days_of_change([*common, *own])
            rulings = [self._ruling(next(r for r in (*own, *common) if _covers(r, d)), d) for d in days]
            timeline = (days, rulings)
        self._timelines[matter.id, province] = timeline
        return timeline

    def _days_of_change(self, rows: Sequence[RuleRow]) -> list[date]:
        first = load_periods()[0].start
        days = {p.start for p in load_periods()} | {d for r in rows for d in (r.start, r.until) if d and d > first}
        names = (name for r in rows for name in self._taxonomy.body(r.body).names)
        days |= {d for name in names for d in (name.start, name.until) if d and d > first}
        return sorted(days)

    def _ruling(self, row: RuleRow, day: date) -> Ruling:
        matter = self._taxonomy.matter(row.matter)
        body = self._taxonomy.body(row.body)
        name = body.name_at(row.level, day, matter.topic)
        label = name.label if name else body.label
        return Ruling(
            level=row.level,
            body=row.body,
            body_label=label,
            office=name.office if name else "",
            period=period_of(day),
            rule_id=row.rule_id,
            basis=f"{matter.label}: {_when(row)}{self._who(row.level, label)} ({_why(row)})",
            source=row.source,
            certainty=row.certainty,
            overridden=row.province is not None,
            note=row.note,
        )

    def _who(self, level: str, body_label: str) -> str:
        if level == "unclear":
            return "chưa rõ thuộc cấp nào, cần hỏi thêm"
        if level == "external":
            return f"là việc của {body_label}, ngoài hệ thống uỷ ban nhân dân"
        label = self._taxonomy.level(level).label
        return f"thuộc {label[0].lower()}{label[1:]} – {body_label}"


def _covers(row: RuleRow, day: date) -> bool:
    return row.first <= day < row.end


def _when(row: RuleRow) -> str:
    if row.start and row.until:
        return f"từ {show_day(row.start)} đến {show_day(row.until - timedelta(days=1))} "
    if row.start:
        return f"từ {show_day(row.start)} "
    return f"trước {show_day(row.until)} " if row.until else ""


def _why(row: RuleRow) -> str:
    if row.province is not None:
        return f"{row.source}; quy định riêng của {load_provinces()[row.province].name}"
    if row.source == CUSTOM:
        return row.source
    return f"{row.source}; {'đã' if row.certainty == 'verified' else 'chưa'} kiểm chứng"
