"""Feedback as records that training reads: labelled by people, without persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.competence import load_provinces
from ydan.documents.redact import Redactor, named_people
from ydan.taxonomy import Taxonomy, load_taxonomy
from ydan_service.programs.feedback.keep import words_of
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Feedback

NEEDED = ("topic", "type", "level", "codes")
"""A record without one of these says nothing to learn from: what people did not say is not filled in."""
_ABOVE = "beyond_competence"


@dataclass(slots=True)
class Exported:
    """How many records were written, and how many were left out for want of which label."""

    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def export(session: Session, keys: KeyRing, found: Exported, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Records in the shape of ``data/opinions/*.jsonl``, the oldest first; ``found`` counts along."""
    taxonomy = load_taxonomy()
    query = select(Feedback).order_by(Feedback.id)
    if since is not None:
        query = query.where(Feedback.created_at >= since)
    for row in session.scalars(query.execution_options(yield_per=500)):
        missing = [name for name in NEEDED if name not in row.final]
        text = "" if missing else without_persons(words_of(session, keys, row.id), secret=is_secret(row))
        if not text:
            found.left_out[", ".join(missing) or "text"] += 1
            continue
        found.written += 1
        yield record_of(row, text, taxonomy)


def record_of(row: Feedback, text: str, taxonomy: Taxonomy) -> dict[str, Any]:
    """One record; what follows from level and host is set by them, as the corpus asks."""
    final, host, level = row.final, row.session["host_level"], row.final["level"]
    codes = set(final["codes"]) - {_ABOVE} | ({_ABOVE} if taxonomy.is_above(level, host) else set())
    province = load_provinces().get(row.session.get("province") or "")
    return {
        "id": f"feedback-{row.id}",
        "text": text,
        "host_level": host,
        "date": row.session["date"],
        "topic": final["topic"],
        "type": final["type"],
        "level": level,
        "secondary": [topic for topic in final.get("secondary", []) if topic != final["topic"]],
        "matter": final.get("matter"),
        "codes": sorted(codes),
        "escalate": bool(codes),
        "transfer": level == "external",
        "province": None if province is None else province.name,
        "region": None,
        "register": None,
        "author": f"feedback-{row.caller_id or 0}",
        "persona": None,
    }


def is_secret(row: Feedback) -> bool:
    """Whether people or the model say that somebody is accused: then no trace of a name stays."""
    return "denunciation" in (row.final.get("type"), row.predicted.get("type"))


def without_persons(text: str, *, secret: bool) -> str:
    """The words without numbers, names and house addresses; names as initials, those of the accused not at all.

    >>> without_persons("Hộ ông Nguyễn Văn Bình, số 0912.345.678, lấn mương.", secret=False)
    'Hộ ông N.V.B., số [điện thoại], lấn mương.'
    """
    names = named_people(text)
    redactor = Redactor((), accused=names) if secret else Redactor((), mentioned=names)
    return redactor.of(text, third=True)
