"""The worklist: every number is what counting by hand over all rows gives."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tests.service.conftest import keys, sqlite_start  # noqa: F401
from tests.service.filling import Filled, fill
from tests.service.office.following.conftest import TODAY
from ydan_service.office.following import bodies
from ydan_service.office.following.wanted import NOBODY, TABS, Wanted
from ydan_service.office.following.worklist import PAGE, look
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import (
    Answer,
    AnswerTo,
    Assignment,
    ConfidentialReader,
    Dispatch,
    Dispatched,
    OfficeSetting,
    Opinion,
    Reply,
)

OPEN = {"chua_tra_loi", "dang_giai_quyet", "kien_nghi_cap_tren", "chuyen_co_quan_khac"}


@pytest.fixture
def filled(the_store: Store) -> Filled:
    """Three communes with 24 sessions and 400 opinions."""
    with the_store.begin() as session:
        return fill(session, Random(3), TODAY, communes=3, sessions=24, opinions=400)


def _answer_id(session: Session) -> int:
    return (session.scalar(select(func.max(Answer.id))) or 0) + 1


def dress(session: Session, reader: int) -> None:
    """Letters, replies, answers given later, spellings of one office, a reader of two confidential opinions."""
    rows = session.scalars(select(Opinion).where(Opinion.state == "live").order_by(Opinion.id)).all()
    names = ("Phòng Kinh tế", "phòng  kinh tế", "Công an xã")
    for at, task in enumerate(session.scalars(select(Assignment).order_by(Assignment.id))):
        task.body = names[at % 3]
        task.done_on = TODAY if at % 7 == 0 else None
    for at, one in enumerate(row for row in rows if row.status == "kien_nghi_cap_tren" and not row.confidential):
        if at % 3 == 0:
            sent = TODAY - timedelta(days=at % 40) if at % 2 == 0 else None
            letter = Dispatch(meeting_id=one.meeting_id, direction="up", addressee="Sở Xây dựng", sent_on=sent)
            session.add(letter)
            session.flush()
            session.add(Dispatched(dispatch_id=letter.id, opinion_id=one.id))
            one.deadline = sent + timedelta(days=15) if sent else None
            if at % 4 == 0 and sent:
                session.add(Reply(dispatch_id=letter.id, received_on=TODAY))
    for at, one in enumerate(row for row in rows if row.status == "da_giai_quyet" and not row.confidential):
        if at % 2 == 0:
            answer = Answer(id=_answer_id(session), meeting_id=one.meeting_id, key=None, text="Đã sửa.", given_on=TODAY)
            session.add(answer)
            session.flush()
            session.add(AnswerTo(answer_id=answer.id, opinion_id=one.id, told_on=TODAY if at % 4 == 0 else None))
    for one in [row for row in rows if row.confidential][:2]:
        session.add(ConfidentialReader(opinion_id=one.id, account_id=reader))


def by_hand(session: Session, person: Person, wanted: Wanted) -> dict[str, set[int]]:
    """The tabs in plain Python over every row."""
    readers = {(one.opinion_id, one.account_id) for one in session.scalars(select(ConfidentialReader))}
    tasks: dict[int, list[Assignment]] = {}
    for task in session.scalars(select(Assignment).where(Assignment.done_on.is_(None))):
        tasks.setdefault(task.opinion_id, []).append(task)
    letters = session.scalars(select(Dispatch)).all()
    inside = {(one.dispatch_id, one.opinion_id) for one in session.scalars(select(Dispatched))}
    later = {one.id for one in session.scalars(select(Answer)) if one.key is None}
    untold = {
        one.opinion_id for one in session.scalars(select(AnswerTo)) if one.answer_id in later and one.told_on is None
    }
    found: dict[str, set[int]] = {tab: set() for tab in TABS}
    for one in session.scalars(select(Opinion).options(joinedload(Opinion.meeting))):
        if one.state != "live" or not person.sees(one.meeting.commune_id):
            continue
        if one.confidential and (one.id, person.id) not in readers:
            continue
        if wanted.meeting not in (None, one.meeting_id) or wanted.commune not in (None, one.meeting.commune_id):
            continue
        offices = {bodies.key_of(task.body) for task in tasks.get(one.id, ())}
        waits = one.status in ("kien_nghi_cap_tren", "chuyen_co_quan_khac")
        for letter in letters:
            if (
                (letter.id, one.id) in inside
                and letter.sent_on
                and one.status in OPEN
                and (waits or not letter.replies)
            ):
                offices.add(bodies.key_of(letter.addressee))
        if (wanted.body == NOBODY and offices) or (wanted.body not in ("", NOBODY) and wanted.body not in offices):
            continue
        open_ = one.status in OPEN
        if open_ and one.deadline and one.deadline < TODAY:
            found["late"].add(one.id)
        if open_ and one.deadline and 0 <= (one.deadline - TODAY).days <= 10:
            found["soon"].add(one.id)
        if waits:
            found["waiting"].add(one.id)
        if one.status == "chua_tra_loi":
            found["unanswered"].add(one.id)
        if one.status == "dang_giai_quyet":
            found["working"].add(one.id)
        if one.status in ("da_giai_quyet", "da_giai_thich", "huong_dan_kn_tc"):
            found["answered"].add(one.id)
        if one.status in ("da_giai_quyet", "da_giai_thich") and one.id in untold:
            found["untold"].add(one.id)
    return found


NARROWED = (
    Wanted(), Wanted(meeting=20), Wanted(commune=2), Wanted(body="phong kinh te"), Wanted(body="so xay dung"),
    Wanted(body=NOBODY), Wanted(commune=1, body="cong an xa"), Wanted(body="khong co"),
)  # fmt: skip


def test_the_tabs_count_what_counting_by_hand_counts(store: Store, filled: Filled) -> None:
    """For who sees all and may read two confidential opinions, and for a local leader; each list is complete."""
    everywhere = Person(filled.secretary, "thu-ky", "", frozenset({"secretary"}), True)
    local = Person(filled.local_leader, "x", "", frozenset({"leader"}), communes=frozenset({filled.communes[0]}))
    with store.begin() as session:
        dress(session, everywhere.id)
    with store.read() as session:
        for person in (everywhere, local):
            for wanted in NARROWED:
                truth = by_hand(session, person, wanted)
                counted = look(session, person, wanted, 1, TODAY).counts
                assert counted == {tab: len(ids) for tab, ids in truth.items()}, wanted
                if wanted == Wanted() and person is everywhere:
                    assert all(truth.values())
                for tab in TABS:
                    assert _listed(session, person, wanted.but(tab=tab), counted[tab]) == sorted(truth[tab]), (
                        wanted,
                        tab,
                    )


def _listed(session: Session, person: Person, wanted: Wanted, count: int) -> list[int]:
    """Ids of all pages of a list; one that stands in it twice is there twice."""
    pages = range(1, -(-count // PAGE) + 1)
    return sorted(row.opinion.id for page in pages for row in look(session, person, wanted, page, TODAY).rows)


def test_every_opinion_stands_in_one_of_four_tabs(the_store: Store, filled: Filled) -> None:
    """Waiting, unanswered, in work, answered: none twice, none lost."""
    person = Person(filled.secretary, "thu-ky", "", frozenset({"secretary"}), True)
    with the_store.read() as session:
        counts = look(session, person, Wanted(), 1, TODAY).counts
        live = session.query(Opinion).where(Opinion.state == "live", Opinion.confidential.is_(False)).count()
    assert sum(counts[tab] for tab in ("waiting", "unanswered", "working", "answered")) == live


def test_somebody_elses_confidential_opinions_are_only_a_number(the_store: Store, filled: Filled) -> None:
    """In scope they are counted; of another commune not even that."""
    everywhere = Person(filled.secretary, "thu-ky", "", frozenset({"secretary"}), True)
    local = Person(filled.local_leader, "x", "", frozenset({"leader"}), communes=frozenset({filled.communes[0]}))
    with the_store.read() as session:
        rows = session.scalars(
            select(Opinion).options(joinedload(Opinion.meeting)).where(Opinion.state == "live")
        ).all()
        secret = [one for one in rows if one.confidential]
        assert look(session, everywhere, Wanted(), 1, TODAY).hidden == len(secret)
        mine = [one for one in secret if one.meeting.commune_id == filled.communes[0]]
        assert look(session, local, Wanted(), 1, TODAY).hidden == len(mine)


def test_the_longest_overdue_come_first_and_the_days_are_counted_from_today(the_store: Store, filled: Filled) -> None:
    """The same opinions are a day later tomorrow."""
    person = Person(filled.secretary, "thu-ky", "", frozenset({"secretary"}), True)
    with the_store.read() as session:
        rows = look(session, person, Wanted("late"), 1, TODAY).rows
        days = [row.late for row in rows]
        assert days == sorted(days, key=lambda late: -(late or 0))
        assert all(row.late == (TODAY - (row.opinion.deadline or TODAY)).days for row in rows)
        tomorrow = look(session, person, Wanted("late"), 1, TODAY + timedelta(days=1)).rows
        assert tomorrow[0].late == (rows[0].late or 0) + 1


def test_an_unanswered_opinion_is_over_the_conclusions_day_by_the_setting(the_store: Store, filled: Filled) -> None:
    """Ten days after the meeting unless the office set another number; what has a deadline of its own is not."""
    person = Person(filled.secretary, "thu-ky", "", frozenset({"secretary"}), True)
    with the_store.read() as session:
        row = look(session, person, Wanted("unanswered"), 1, TODAY).rows[0]
        held = row.opinion.meeting.held_on
        assert held is not None
        assert row.over == (TODAY - held).days - 10
    with the_store.begin() as session:
        session.add(OfficeSetting(name="conclusion_days", value={"value": 30}))
    with the_store.read() as session:
        assert look(session, person, Wanted("unanswered"), 1, TODAY).rows[0].over == (TODAY - held).days - 30
