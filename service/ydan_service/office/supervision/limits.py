"""What holds for a session of a given day: the law of that day, or what the office set otherwise.

The law changed by date: a session is judged by the one in force when it was held. Its days are calendar days; those of
the Party's Quy định 11-QĐi/TW are working days. For a host above the commune the law gives no number: there only what
the office set itself counts. The number of Luật 77/2015 Đ125 and the ten days of Luật 65/2025 Đ24 still want a local
officer's eye; Luật 72/2025 Đ43 was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ydan_service.office.settings import ALL, Value
from ydan_service.office.supervision.faults import N_

OWN = N_("Mức do cơ quan đặt")
PARTY = N_("Quy định số 11-QĐi/TW ngày 18/02/2019")
PARTY_SINCE = date(2019, 2, 18)
RECEPTION = N_("Luật Tiếp công dân, Điều 28 (mức tham khảo)")
_DEFAULTS = {setting.name: setting.default for setting in ALL}


class Law(NamedTuple):
    """A law on the dialogue of a commune with its people; ``None`` where it gives no number."""

    since: date
    name: str
    meetings: int | None
    notice: int | None
    conclusion: int | None


LAWS = (
    Law(date(2016, 1, 1), N_("Luật Tổ chức chính quyền địa phương năm 2015, Điều 125"), 1, 7, None),
    Law(date(2025, 3, 1), N_("Luật số 65/2025/QH15, Điều 24"), 1, 7, 10),
    Law(date(2025, 6, 16), N_("Luật số 72/2025/QH15, Điều 43"), 1, 7, 10),
)
"""Oldest first."""


class Limit(NamedTuple):
    """A number with what it rests on; ``value`` is None where none is prescribed."""

    value: int | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Those of one day and one host.

    ``meetings`` a year; ``notice`` days before, ``conclusion`` days after; ``answers`` working days; ``replies`` days;
    ``attendance`` percent of the invited.
    """

    meetings: Limit
    notice: Limit
    conclusion: Limit
    answers: Limit
    replies: Limit
    attendance: Limit


def law_on(day: date) -> Law | None:
    """The law in force on a day; None before the first.

    >>> law_on(date(2025, 5, 30)).name
    'Luật số 65/2025/QH15, Điều 24'
    """
    return next((law for law in reversed(LAWS) if law.since <= day), None)


def limits_for(settings: Mapping[str, Value], day: date, host_level: str = "commune") -> Limits:
    """The limits of a session held on ``day``; ``settings`` as :func:`ydan_service.office.settings.read` gives them."""
    law = law_on(day) if host_level == "commune" else None

    def limit(name: str, prescribed: int | None, basis: str) -> Limit:
        own = int(settings[name])
        if own != _DEFAULTS[name] and day.year >= int(settings["own_limits_from"]):
            return Limit(own, OWN)
        return Limit(prescribed, basis if prescribed is not None else "")

    said = law.name if law is not None else ""
    answers = int(_DEFAULTS["answer_days"]) if day >= PARTY_SINCE else None
    return Limits(
        limit("meetings_per_year", law.meetings if law else None, said),
        limit("notice_days", law.notice if law else None, said),
        limit("conclusion_days", law.conclusion if law else None, said),
        limit("answer_days", answers, PARTY),
        limit("reply_days", int(_DEFAULTS["reply_days"]), RECEPTION),
        Limit(int(settings["attendance_share"]) or None, OWN),
    )
