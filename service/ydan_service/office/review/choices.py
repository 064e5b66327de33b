"""The labels that a person may choose, with the names that they had on the day of the meeting."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.documents.status import labels as status_labels
from ydan.documents.status import urgencies
from ydan.taxonomy import load_taxonomy
from ydan_service.store.tables import Village

Option = dict[str, Any]


def choices(session: Session, commune_id: int, day: date) -> dict[str, Any]:
    """Everything that the page's lists need."""
    villages = session.execute(
        select(Village.id, Village.name).where(Village.commune_id == commune_id).order_by(Village.name)
    )
    return {**_labels(day), "villages": [{"id": row.id, "name": row.name} for row in villages]}


@lru_cache(32)
def _labels(day: date) -> dict[str, list[Option]]:
    taxonomy = load_taxonomy()
    levels = [level for level in taxonomy.levels.values() if level.exists_on(day)]
    return {
        "topics": [_option(topic) for topic in taxonomy.topics.values()],
        "matters": [{**_option(matter), "topic": matter.topic} for matter in taxonomy.matters.values()],
        "types": [_option(type_) for type_ in taxonomy.types.values()],
        "levels": [_option(level) for level in levels],
        "bodies": [{**_option(body), "names": _names(body, levels, day)} for body in taxonomy.bodies.values()],
        "codes": [_option(code) for code in taxonomy.escalation_codes.values()],
        "urgencies": [{"id": id_, "label": label} for id_, label in urgencies().items() if id_ is not None],
        "statuses": [{"id": id_, "label": label} for id_, label in status_labels().items()],
    }


def _option(label: Any) -> Option:
    return {"id": label.id, "label": label.label}


def _names(body: Any, levels: list[Any], day: date) -> dict[str, str]:
    """Level → what the body was called there on that day."""
    found = {level.id: body.name_at(level.id, day) for level in levels}
    return {level: name.label for level, name in found.items() if name is not None}
