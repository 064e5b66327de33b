"""How often people kept what the model said, label by label, and what they took instead."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.measured import wilson
from ydan_service.store.tables import Feedback

COMPARED = ("topic", "matter", "type", "level", "body", "codes", "escalate")
MOST_CONFUSIONS = 10
_AT_ONCE = 1000


class Tally:
    """The agreement on one field: how many, how many alike, which instead of which."""

    def __init__(self, *, many: bool = False) -> None:
        self._many = many
        self._n = self._alike = 0
        self._instead: Counter[tuple[Any, Any]] = Counter()

    def add(self, predicted: Any, final: Any) -> None:
        """One opinion. Of lists, each label that one side lacks is a confusion with nothing."""
        self._n += 1
        if self._many:
            said, wanted = set(predicted or ()), set(final)
            self._alike += said == wanted
            self._instead.update((label, None) for label in said - wanted)
            self._instead.update((None, label) for label in wanted - said)
        elif predicted == final:
            self._alike += 1
        else:
            self._instead[predicted, final] += 1

    def to_json(self) -> dict[str, Any]:
        """Counts, the share with its 95 % interval (Wilson), the confusions most often met."""
        low, high = wilson(self._alike, self._n)
        common = sorted(self._instead.items(), key=lambda pair: (-pair[1], str(pair[0])))[:MOST_CONFUSIONS]
        return {
            "n": self._n,
            "agreed": self._alike,
            "share": round(self._alike / self._n, 4) if self._n else None,
            "low": round(low, 4) if self._n else None,
            "high": round(high, 4) if self._n else None,
            "confusions": [{"predicted": was, "final": became, "count": count} for (was, became), count in common],
        }


def agreement(
    session: Session, caller_id: int | None, *, everyone: bool = False, since: datetime | None = None
) -> dict[str, Any]:
    """Figures over a caller's feedback, or ``everyone``'s; only labels that people gave count."""
    tallies = {name: Tally(many=name == "codes") for name in COMPARED}
    items, models = 0, Counter[str]()
    query = select(Feedback.predicted, Feedback.final, Feedback.versions).order_by(Feedback.id)
    if not everyone:
        query = query.where(Feedback.caller_id.is_not_distinct_from(caller_id))
    if since is not None:
        query = query.where(Feedback.created_at >= since)
    for predicted, final, versions in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        items += 1
        model = versions.get("model", {})
        models[f"{model.get('name', '')} {model.get('version', '')}".strip()] += 1
        for name, tally in tallies.items():
            if name in final:
                tally.add(predicted.get(name), final[name])
    return {
        "items": items,
        "fields": {name: tally.to_json() for name, tally in tallies.items()},
        "models": [{"name": name, "items": count} for name, count in sorted(models.items())],
    }
