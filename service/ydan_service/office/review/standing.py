"""What people decided, as it stands: the last decision of each field, unless it was given back to the model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.store.tables import Decision

Standing = Mapping[str, Decision]
"""Field → the decision that counts."""


def standing(session: Session, opinion_ids: Collection[int]) -> dict[int, dict[str, Decision]]:
    """The decisions that count, by opinion; those without any have an empty row."""
    found: dict[int, dict[str, Decision]] = {id_: {} for id_ in opinion_ids}
    rows = session.scalars(select(Decision).where(Decision.opinion_id.in_(opinion_ids)).order_by(Decision.id))
    for row in rows:
        if row.value.get("released"):
            found[row.opinion_id].pop(row.field, None)
        else:
            found[row.opinion_id][row.field] = row
    return found


def values_of(decisions: Standing) -> dict[str, Any]:
    """Field → value, for :func:`~ydan_service.office.intake.labels.labels_of`."""
    return {field: row.value["value"] for field, row in decisions.items()}
