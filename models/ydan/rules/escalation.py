"""The escalation rules as data: law, addressee, urgency and cues of each reason code."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from ydan.errors import RuleError
from ydan.rules.words import read_toml

URGENCIES = ("immediate", "soon", "with_conclusion", "periodic")
"""From the phone call within 24 hours to the periodic report; the first is the most urgent."""

ADDRESSEES = ("competent", "above", "police", "inspection", "legislator", "finance")


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """One reason code. ``basis`` is shown to the secretary, in Vietnamese, with its source."""

    id: str
    urgency: str
    addressee: str
    confidential: bool
    basis: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    cancel: tuple[str, ...]


@functools.cache
def load_rules() -> dict[str, EscalationRule]:
    """Every reason code's rule, in the order of LABELS.md §4.

    :raises RuleError: an unknown urgency or addressee, with the code's id and the choices.
    """
    raw = read_toml("escalation.toml")
    rules = {}
    for row in raw["code"]:
        for name, choices in (("urgency", URGENCIES), ("addressee", ADDRESSEES)):
            if row[name] not in choices:
                raise RuleError(
                    f"escalation.toml, mã {row['id']!r}: {name} = {row[name]!r} không có. Chọn: {', '.join(choices)}."
                )
        rules[row["id"]] = EscalationRule(
            id=row["id"],
            urgency=row["urgency"],
            addressee=row["addressee"],
            confidential=row["confidential"],
            basis=row["basis"],
            strong=tuple(row["strong"]),
            weak=tuple(row["weak"]),
            cancel=tuple(row.get("cancel", ())),
        )
    return rules
