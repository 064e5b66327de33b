"""The invented minutes come in as every file does: received, read, assessed, written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ydan.minutes.extract import Extract
from ydan.minutes.reader import MinutesReader
from ydan.minutes.readers import read_bytes
from ydan.minutes.records import Minutes
from ydan.parallel import in_parts, usable_processes
from ydan.predictor import Predictor
from ydan_service.demo.days import weekday
from ydan_service.demo.script import Planned, Scene, Script, read_minutes
from ydan_service.demo.staff import Staff
from ydan_service.errors import Conflict
from ydan_service.office.intake import jobs
from ydan_service.office.intake.receive import receive
from ydan_service.office.intake.work import work
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Job, Plan


def secretary_of(script: Script, staff: Staff, commune: str) -> Person:
    """Who hands in the minutes of a commune."""
    place = next(place for place in script.places if place.name == commune)
    return staff.people[place.secretary]


class ReadAhead(MinutesReader):
    """The minutes of the script, read by all cores before they are handed in one after the other."""

    def __init__(self, reader: MinutesReader, texts: Sequence[str]) -> None:
        self._reader = reader
        extracts = [read_bytes(text.encode(), "bien-ban.txt") for text in texts]
        minutes = in_parts(lambda part: [reader.read(one) for one in part], extracts, usable_processes(), 4)
        self._known = {extract.text: one for extract, one in zip(extracts, minutes, strict=True)}

    def read(self, extract: Extract) -> Minutes:
        """As the reader would, without reading a second time."""
        found = self._known.get(extract.text)
        return self._reader.read(extract) if found is None else found


def hand_in(
    store: Store, predictor: Predictor, reader: MinutesReader, script: Script, staff: Staff, scene: Scene, today: date
) -> int:
    """Plan the session, hand its minutes in and read them; the meeting's id.

    :raises Conflict: the reading failed; the message is the job's.
    """
    person = secretary_of(script, staff, scene.commune)
    commune, held = staff.communes[scene.commune], scene.held(today)
    with store.begin() as session:
        plan = Plan(commune_id=commune, planned_on=held, title=scene.title or "Hội nghị tiếp xúc, đối thoại")
        session.add(plan)
        session.flush()
        data = read_minutes(scene, today).encode()
        received = receive(session, store.keys, person, commune, data, f"{scene.name}.txt", plan_id=plan.id)
    mine = jobs.claim(store)
    if mine is not None:
        work(store, predictor, reader, mine.job_id)
    with store.read() as session:
        job = session.get_one(Job, received.job_id)
    if job.state != "done":
        raise Conflict(f"Không đọc được biên bản dựng sẵn {scene.name}: {job.message}")
    return received.meeting_id


def write_plan(store: Store, staff: Staff, planned: Planned, today: date) -> None:
    """A line of the year's plan that no minutes belong to."""
    with store.begin() as session:
        session.add(
            Plan(
                commune_id=staff.communes[planned.commune],
                planned_on=weekday(today - timedelta(days=planned.days_ago)),
                title=planned.title,
                cancelled_because=planned.cancelled_because or None,
            )
        )
