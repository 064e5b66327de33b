"""What became of the opinions: tasks done, late or open; letters to others and what they wrote back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan.taxonomy import load_taxonomy
from ydan_service.demo.days import weekday
from ydan_service.demo.deciding import Words, concluded_on
from ydan_service.demo.script import Letter, Scene, Script
from ydan_service.office.following.deadlines import settle_deadlines
from ydan_service.office.following.hold import Hold
from ydan_service.office.following.sending import KEEPS_WAITING, Facts, Received, add_dispatch, record_reply
from ydan_service.office.following.statuses import record, write_status
from ydan_service.person import Person
from ydan_service.store.keys import KeyRing
from ydan_service.store.tables import Assignment, Opinion

UNDER_WAY = ("chua_tra_loi", "dang_giai_quyet", "kien_nghi_cap_tren", "chuyen_co_quan_khac")
_PATIENCE = 45
"""Letters younger than this have no reply yet unless the scene has one."""
_LONG = 75
"""Days after which most of what others were asked has been answered for good."""
_PROVINCE = "UBND tỉnh"
_DONE = "Đơn vị được giao báo cáo đã làm xong."
_LATE = 12
"""Days by which a late task was late."""


def do_tasks(
    session: Session, keys: KeyRing, person: Person, scene: Scene, words: Words, meeting_id: int, today: date
) -> None:
    """Mark what was done, and settle the opinions whose tasks are all done."""
    held = scene.held(today)
    late, open_ = set(words.find_all(scene.late)), set(words.find_all(scene.open))
    rows = session.execute(
        select(Assignment, Opinion)
        .join(Opinion, Opinion.id == Assignment.opinion_id)
        .where(Opinion.meeting_id == meeting_id, Opinion.state == "live", ~Opinion.confidential)
        .order_by(Opinion.position)
    ).all()
    done: dict[int, date | None] = {}
    for task, opinion in rows:
        day = task.deadline or held + timedelta(days=40)
        day = weekday(day + timedelta(days=_LATE) if opinion.key in late else max(day - timedelta(days=2), held))
        task.done_on = day if opinion.key not in open_ and day <= today else None
        before = done.get(opinion.id, held)
        done[opinion.id] = max(before, task.done_on) if before is not None and task.done_on is not None else None
    hold = Hold(session, keys, person)
    settled = hold.take([id_ for id_, day in done.items() if day is not None]) if any(done.values()) else []
    settled = [opinion for opinion in settled if opinion.status == "dang_giai_quyet"]
    for opinion in settled:
        write_status(hold, opinion, "da_giai_quyet", _DONE, done[opinion.id] or held)
    settle_deadlines(session, settled)
    record(session, person, "opinion.status", settled, status="da_giai_quyet")


def write_letters(
    session: Session, keys: KeyRing, person: Person, script: Script, scene: Scene, words: Words, meeting_id: int,
    today: date,
) -> None:  # fmt: skip
    """Send what goes up or sideways, as the scene says and, for the rest, a letter a body; enter what came back."""
    published = concluded_on(scene, today)
    if published is None:
        return
    rows = session.scalars(
        select(Opinion).where(Opinion.meeting_id == meeting_id, Opinion.state == "live", ~Opinion.confidential)
    )
    opinions = {row.key: row for row in rows}
    letters = [(letter, words.find_all(letter.words)) for letter in scene.letters]
    spoken = {key for _letter, found in letters for key in found}
    letters += _others(script, scene, [one for key, one in opinions.items() if key not in spoken], today)
    for number, (letter, found) in enumerate(letters, 1):
        ids = [opinions[key].id for key in found if key in opinions]
        day = weekday(published + timedelta(days=letter.after))
        if ids and day <= today:
            _send(session, keys, person, scene, letter, number, ids, day, today)


def _send(
    session: Session, keys: KeyRing, person: Person, scene: Scene, letter: Letter, number: int, ids: Sequence[int],
    day: date, today: date,
) -> None:  # fmt: skip
    facts = Facts(letter.to, f"{scene.days_ago % 90 + 20 + number}/UBND-VP", day)
    (dispatch,) = add_dispatch(session, keys, person, ids, letter.direction, facts, today)
    back = day + timedelta(days=letter.reply_after or 0)
    if letter.reply_after is None or weekday(back) > today:
        return
    came = max(weekday(back), day)
    told = weekday(came + timedelta(days=7))
    received = Received(
        letter.reply, letter.then or KEEPS_WAITING, f"{scene.days_ago * 7 % 900 + 100 + number}/TL", came,
        told_on=told if told <= today and number % 4 else None,
    )  # fmt: skip
    record_reply(session, keys, person, dispatch.id, received, today, 0)


def _others(script: Script, scene: Scene, opinions: Sequence[Opinion], today: date) -> list[tuple[Letter, list[str]]]:
    """A letter for every office that is left: answered where the session is long past, by turns of the replies.

    What only one opinion asks of an office of the province goes into the one letter to its committee.
    """
    by_office: dict[tuple[str, str], list[str]] = defaultdict(list)
    for opinion in opinions:
        if opinion.status in UNDER_WAY and (opinion.escalate or opinion.transfer):
            direction = "sideways" if opinion.transfer and opinion.level == "external" else "up"
            by_office[(direction, _office(opinion, scene.held(today)))].append(opinion.key)
    for (direction, office), keys in list(by_office.items()):
        if direction == "up" and len(keys) == 1 and office != _PROVINCE:
            by_office[("up", _PROVINCE)] += by_office.pop((direction, office))
    found: list[tuple[Letter, list[str]]] = []
    for place, ((direction, office), keys) in enumerate(sorted(by_office.items())):
        turn = scene.days_ago + place
        old = (today - scene.held(today)).days
        answered = old > _PATIENCE and turn % 7 != 0
        texts = next(texts for start, texts in script.replies.items() if office.startswith(start))
        reply = texts[turn % len(texts)]
        then = "da_giai_thich" if old > _LONG else ""
        letter = (
            Letter((), office, direction, 2, 9 + turn % 14, reply, then)
            if answered
            else Letter((), office, direction, 2)
        )
        found.append((letter, keys))
    return found


def _office(opinion: Opinion, day: date) -> str:
    """The office's name on that day; what the host itself settles is reported to the province's committee."""
    level = opinion.level if opinion.level in ("province", "central", "external") else "province"
    body = load_taxonomy().bodies[opinion.body if level == opinion.level and opinion.body else "ubnd"]
    name = body.name_at(level, day, opinion.topic)
    shown = body.label if name is None else name.office or name.label
    return _PROVINCE if body.id == "ubnd" and level == "province" else shown.partition(" (")[0]
