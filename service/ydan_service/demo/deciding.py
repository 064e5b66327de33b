"""What the invented secretaries decided, through the same operations that the review page sends."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from ydan.predictor import Predictor
from ydan_service.demo.days import weekday
from ydan_service.demo.script import Scene
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.meetings.change import change_facts, close
from ydan_service.office.review.operations import operate
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.store import Store
from ydan_service.store.tables import AlikeGroup, AlikeMember, Meeting, Opinion

Op = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """The live opinions of a meeting by their full words, in order."""

    by_key: Mapping[str, str]

    def find(self, part: str) -> str | None:
        """The key of the first opinion that holds ``part``; none where the minutes were read otherwise."""
        return next((key for key, text in self.by_key.items() if part in text), None)

    def find_all(self, parts: Sequence[str]) -> list[str]:
        """Those that are found, each once."""
        return list(dict.fromkeys(key for part in parts if (key := self.find(part)) is not None))


def words_of(store: Store, meeting_id: int) -> Words:
    """The words of a meeting's opinions."""
    with store.read() as session:
        rows = session.execute(
            select(Opinion.id, Opinion.key)
            .where(Opinion.meeting_id == meeting_id, Opinion.state == "live")
            .order_by(Opinion.position)
        ).all()
        texts = personal.read(session, store.keys, "opinion", [row.id for row in rows], "text")
    return Words({row.key: " ".join(texts.get(row.id, "").split()) for row in rows})


def decide(store: Store, predictor: Predictor, person: Person, scene: Scene, meeting_id: int) -> list[str]:
    """Mend the list, correct, keep secret and accept as the scene says.

    Gives back what could not be done: words that no opinion holds any more, messages of refused operations.
    """
    wrong = _mend(store, predictor, person, scene, meeting_id)
    words = words_of(store, meeting_id)
    secret = _secret_keys(store, meeting_id)
    ops: list[Op] = []
    done: set[str] = set()
    marks = [(part, True, _KEPT) for part in scene.secret] + [(part, False, _OPENED) for part in scene.opened]
    for part, value, reason in marks:
        key = words.find(part)
        if key is None:
            wrong.append(part)
        elif (key in secret) != value:
            ops.append({"kind": "mark_confidential", "key": key, "value": value, "reason": reason})
    for one in scene.correct:
        key = words.find(one.words)
        if key is None:
            wrong.append(one.words)
        else:
            op = {"kind": "decide", "key": key, "fields": dict(one.fields), "reason": one.reason, "version": _LATEST}
            ops.append(op)
            done.add(key)
    keys = list(words.by_key)
    left = [key for key in keys[: round(len(keys) * scene.reviewed)] if key not in done]
    if left:
        ops.append({"kind": "accept", "keys": left})
    if scene.reviewed == 1:
        groups = _alike(store, meeting_id)
        ops += [{"kind": "confirm_alike", "group": group, "members": keys} for group, keys in groups]
    return wrong + _send(store, predictor, person, meeting_id, ops)


_KEPT = "Có tố cáo hoặc người nói có thể bị trả thù, giữ kín."
_OPENED = "Máy nhận nhầm: không có tố cáo ai."
_LATEST = 10**6
"""As a version: nobody decided after what this person saw."""


def _mend(store: Store, predictor: Predictor, person: Person, scene: Scene, meeting_id: int) -> list[str]:
    words = words_of(store, meeting_id)
    wrong: list[str] = []
    ops: list[Op] = []
    for parts in scene.merge:
        keys = words.find_all(parts)
        if len(keys) == len(parts):
            ops.append({"kind": "merge", "keys": keys})
        else:
            wrong.extend(parts)
    for part, at in scene.split:
        key = words.find(part)
        if key is None or at not in words.by_key[key]:
            wrong.append(part)
        else:
            ops.append({"kind": "split", "key": key, "at": [words.by_key[key].index(at)]})
    if scene.missed:
        with store.read() as session:
            kept = load_minutes(session, store.keys, meeting_id)
        text = "" if kept is None else kept.minutes.extract.text
        for part in scene.missed:
            start = text.find(part)
            if start < 0 or words.find(part) is not None:
                wrong.append(part)
            else:
                ops.append({"kind": "add", "start": start, "end": start + len(part)})
    return wrong + _send(store, predictor, person, meeting_id, ops)


def conclude(store: Store, predictor: Predictor, person: Person, scene: Scene, meeting_id: int, today: date) -> None:
    """Enter when notice was given and the conclusion was published, and close what is done."""
    held = scene.held(today)
    entries: dict[str, str] = {}
    if scene.notice is not None:
        entries["notice_given_on"] = weekday(held - timedelta(days=scene.notice)).isoformat()
    published = concluded_on(scene, today)
    if published is not None:
        entries |= {"conclusion_published_on": published.isoformat(), "conclusion_number": scene.number}
    with store.begin() as session:
        change_facts(session, store.keys, predictor, person, meeting_id, entries, today)
        if scene.stage == "concluded":
            session.get_one(Meeting, meeting_id).stage = "concluded"
        elif scene.stage == "closed":
            close(session, person, meeting_id, closed=True)


def concluded_on(scene: Scene, today: date) -> date | None:
    """The day on which the conclusion was published, if it was by now."""
    if scene.conclusion is None or scene.stage == "review":
        return None
    day = weekday(scene.held(today) + timedelta(days=scene.conclusion))
    return day if day <= today else None


def _send(store: Store, predictor: Predictor, person: Person, meeting_id: int, ops: Sequence[Op]) -> list[str]:
    if not ops:
        return []
    numbered = [{"id": uuid.uuid4().hex, **op} for op in ops]
    answer = operate(store, predictor, person, meeting_id, numbered, since=_LATEST)
    return [result["error"]["message"] for result in answer["results"] if not result["ok"]]


def _secret_keys(store: Store, meeting_id: int) -> set[str]:
    with store.read() as session:
        found = select(Opinion.key).where(
            Opinion.meeting_id == meeting_id, Opinion.state == "live", Opinion.confidential
        )
        return set(session.scalars(found))


def _alike(store: Store, meeting_id: int) -> list[tuple[int, list[str]]]:
    """Groups of opinions that say the same, with the keys of their members."""
    with store.read() as session:
        rows = session.execute(
            select(AlikeGroup.id, Opinion.key)
            .join(AlikeMember, AlikeMember.group_id == AlikeGroup.id)
            .join(Opinion, Opinion.id == AlikeMember.opinion_id)
            .where(AlikeGroup.meeting_id == meeting_id, Opinion.state == "live", ~Opinion.confidential)
            .order_by(AlikeGroup.id, Opinion.position)
        ).all()
    return [(group, [row.key for row in members]) for group, members in groupby(rows, key=lambda row: row.id)]
