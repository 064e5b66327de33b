"""Opinions as one person sees them on the page, a few queries for all of a meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.decisions.revise import settled_by
from ydan_service.office.intake.sealing import read_assessed
from ydan_service.office.masking import cover
from ydan_service.office.review.standing import Standing, standing
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Account, AlikeGroup, AlikeMember, Decision, Meeting, Opinion, RaisedBefore

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """Full words by opinion, of those that the person may read in full."""

    text: Mapping[int, str]
    name: Mapping[int, str]
    address: Mapping[int, str]
    heading: Mapping[int, str]


def opinions_json(
    session: Session, keys: KeyRing, person: Person, rows: Sequence[Opinion], people: Sequence[str]
) -> list[Json]:
    """The contract's OPINION of each row; the rows must be those that the person may see."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    words = _words(session, keys, person, rows)
    model = read_assessed(session, keys, rows)
    decided = standing(session, ids)
    names = _names(session, rows, decided)
    groups = alike_of(session, ids)
    before = _before(session, keys, person, ids)
    return [
        {
            "key": row.key,
            "position": row.position,
            "version": row.version,
            **_spoken(row, words, person, people),
            "village": row.village_id,
            "source": row.source,
            "answered": row.answered,
            "confidential": row.confidential,
            "lineage": row.lineage,
            "model": model.get(row.id, {"error": {"code": "not_assessed", "message": "Chưa được phân loại"}}),
            "labels": _labels(row),
            "decided": _decided(decided[row.id], names),
            "reviewed": None if row.reviewed_by is None else _who(row.reviewed_by, row.reviewed_at, names),
            "review": still_doubtful(model.get(row.id, {}), decided[row.id]),
            "alike": groups.get(row.id),
            "before": before.get(row.id, []),
        }
        for row in rows
    ]


def alike_of(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """The group of each opinion that is in one."""
    rows = session.execute(
        select(AlikeMember.opinion_id, AlikeMember.group_id)
        .where(AlikeMember.opinion_id.in_(ids))
        .order_by(AlikeMember.group_id.desc())
    )
    return {row.opinion_id: row.group_id for row in rows}


def alike_json(session: Session, meeting_id: int, seen: Mapping[int, str]) -> list[Json]:
    """The groups of two and more among the opinions that are seen (id → key, in order)."""
    rows = session.execute(
        select(AlikeGroup, AlikeMember.opinion_id)
        .join(AlikeMember, AlikeMember.group_id == AlikeGroup.id)
        .where(AlikeGroup.meeting_id == meeting_id, AlikeMember.opinion_id.in_(list(seen)))
        .order_by(AlikeGroup.id)
    )
    groups: dict[int, tuple[AlikeGroup, set[int]]] = {}
    for group, opinion_id in rows:
        groups.setdefault(group.id, (group, set()))[1].add(opinion_id)
    found = []
    for group, ids in groups.values():
        members = [key for id_, key in seen.items() if id_ in ids]
        if len(members) > 1:
            first = group.representative if group.representative in members else members[0]
            found.append(
                {
                    "id": group.id,
                    "representative": first,
                    "members": members,
                    "people": group.people,
                    "places": group.places,
                    "confirmed": group.confirmed_by is not None,
                }
            )
    return found


def still_doubtful(model: Mapping[str, Any], fields: Collection[str]) -> list[Json]:
    """The model's reasons for a look, without those that a person settled by deciding these fields."""
    if "error" in model:
        return [] if "topic" in fields else [{"code": model["error"]["code"], "label": model["error"]["message"]}]
    reasons = model.get("review", {}).get("reasons", [])
    settled = settled_by(fields)
    return [reason for reason in reasons if reason["code"] not in settled]


def _words(session: Session, keys: KeyRing, person: Person, rows: Sequence[Opinion]) -> Words:
    """Everything for those who may read names; what is confidential for its readers: it stands nowhere else."""
    ids = [row.id for row in rows if person.may("names.read") or row.confidential]
    if not ids:
        return Words({}, {}, {}, {})
    return Words(
        *(personal.read(session, keys, "opinion", ids, kind) for kind in ("text", "name", "address", "heading"))
    )


def _spoken(row: Opinion, words: Words, person: Person, people: Sequence[str]) -> Json:
    if person.may("names.read"):
        return {
            "text": words.text.get(row.id, row.text),
            "speaker": words.name.get(row.id) or None,
            "address": words.address.get(row.id) or None,
            "place": row.place,
            "heading": words.heading.get(row.id, ""),
        }
    text = cover(words.text.get(row.id, ""), people) if row.confidential else row.text
    return {
        "text": text,
        "speaker": row.speaker_code or None,
        "address": row.place or None,
        "place": row.place,
        "heading": row.heading,
    }


def _labels(row: Opinion) -> Json:
    return {
        "topic": row.topic,
        "matter": row.matter,
        "type": row.type,
        "level": row.level,
        "body": row.body,
        "escalate": row.escalate,
        "transfer": row.transfer,
        "urgency": row.urgency,
        "codes": row.codes,
        "status": row.status,
        "deadline": None if row.deadline is None else row.deadline.isoformat(),
        "village": row.village_id,
    }


def _names(session: Session, rows: Sequence[Opinion], decided: Mapping[int, Standing]) -> dict[int | None, str]:
    ids = {row.reviewed_by for row in rows} | {one.by for fields in decided.values() for one in fields.values()}
    found = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids - {None})))
    return {row.id: row.display_name for row in found}


def _who(by: int | None, at: Any, names: Mapping[int | None, str]) -> Json:
    return {"by": names.get(by, ""), "at": None if at is None else at.isoformat()}


def _decided(fields: Standing, names: Mapping[int | None, str]) -> Json:
    return {name: _one(row, names) for name, row in fields.items() if name != "reviewed"}


def _one(row: Decision, names: Mapping[int | None, str]) -> Json:
    return _who(row.by, row.at, names) | ({"reason": row.value["reason"]} if row.value.get("reason") else {})


def _before(session: Session, keys: KeyRing, person: Person, ids: Sequence[int]) -> dict[int, list[Json]]:
    rows = session.execute(
        select(RaisedBefore, Opinion.text, Meeting.id.label("meeting_id"), Meeting.held_on)
        .join(Opinion, Opinion.id == RaisedBefore.earlier_id)
        .join(Meeting, Meeting.id == Opinion.meeting_id)
        .where(RaisedBefore.opinion_id.in_(ids), ~Opinion.confidential, Opinion.state != "removed")
        .order_by(RaisedBefore.probability.desc(), RaisedBefore.earlier_id)
    ).all()
    full: dict[int, str] = {}
    if rows and person.may("names.read"):
        full = personal.read(session, keys, "opinion", [row.RaisedBefore.earlier_id for row in rows], "text")
    found: dict[int, list[Json]] = {}
    for row in rows:
        found.setdefault(row.RaisedBefore.opinion_id, []).append(
            {
                "meeting_id": row.meeting_id,
                "held_on": None if row.held_on is None else row.held_on.isoformat(),
                "opinion_id": row.RaisedBefore.earlier_id,
                "text": full.get(row.RaisedBefore.earlier_id, row.text),
                "probability": row.RaisedBefore.probability,
            }
        )
    return found
