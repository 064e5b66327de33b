"""Words that persons wrote for the conclusion: sealed under the decision that they belong to, nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ydan_service.office.review.standing import Standing
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Decision, Opinion

WORDS = ("wording", "reply", "addressee")
"""Fields of :data:`~ydan_service.store.tables.FIELDS` whose decision's value is the id under which the words lie."""


def decide(
    session: Session, keys: KeyRing, person: Person, opinion: Opinion, field: str, value: Any, *, version: int,
    before: Decision | None,
) -> Decision:  # fmt: skip
    """Write a decision of the conclusion; ``None`` gives a field back to what is derived.

    It belongs to no operation of the review, so that an undo there leaves it alone.
    """
    row = Decision(opinion_id=opinion.id, field=field, value={}, by=person.id)
    session.add(row)
    session.flush()
    old = None if before is None else before.value["value"]
    about = {"before": old, "before_decided": before is not None, "version": version}
    if value is None:
        row.value = {"value": None, "released": True, **about}
    elif field in WORDS:
        personal.keep(session, keys, opinion.meeting_id, "decision", row.id, field, value)
        row.value = {"value": row.id, **about}
    else:
        row.value = {"value": value, **about}
    return row


def read_words(session: Session, keys: KeyRing, decided: Mapping[int, Standing]) -> dict[int, dict[str, str]]:
    """Opinion id → field → the words.

    A short wording that several opinions took over, the parts of one that was split, is none of theirs.
    """
    found: dict[int, dict[str, str]] = {id_: {} for id_ in decided}
    for field in WORDS:
        places = {id_: fields[field].value["value"] for id_, fields in decided.items() if field in fields}
        shared = Counter(places.values())
        words = personal.read(session, keys, "decision", list(shared), field) if places else {}
        for id_, place in places.items():
            if place in words and (field != "wording" or shared[place] == 1):
                found[id_][field] = words[place]
    return found
