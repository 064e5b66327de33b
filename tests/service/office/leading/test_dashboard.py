"""The whole page's figures: both databases agree, a person sees the own communes alone, and it is quick."""

from __future__ import annotations

import statistics
import time
from datetime import date
from random import Random

import pytest
from sqlalchemy import event, select

from tests.service.conftest import APerson
from tests.service.filling import fill
from tests.service.office.leading.dashboard_cases import cases
from tests.service.office.leading.hand import TODAY, Book
from ydan.measured import load_measured
from ydan_service.errors import NotFound
from ydan_service.office.leading.dashboard import Dashboard, look
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Dispatch, Dispatched, Opinion

YEAR = Narrowing(start=date(2026, 1, 1), end=date(2026, 12, 31))
QUICK = 0.25
"""Seconds: some three times what it takes on a machine that does nothing else."""


def seen(store: Store, person: Person, narrowing: Narrowing) -> Dashboard:
    with store.read() as session:
        return look(session, person, narrowing, TODAY, load_measured())


def test_both_databases_say_the_same(sqlite_store: Store, postgresql_store: Store) -> None:
    """The same rows in PostgreSQL: every number, every list, in the same order."""
    for store in (sqlite_store, postgresql_store):
        with store.begin() as session:
            filled = fill(session, Random(5), TODAY, communes=3, sessions=24, opinions=500)
            sent = session.scalars(select(Opinion.id).where(Opinion.escalate).order_by(Opinion.id)).all()[::7]
            letter = Dispatch(meeting_id=filled.meetings[0], direction="up", addressee="UBND tỉnh", sent_on=TODAY)
            session.add(letter)
            session.flush()
            session.add_all(Dispatched(dispatch_id=letter.id, opinion_id=id_) for id_ in sent)
    leader = Person(filled.leader, "l", "L", frozenset({"leader"}), everywhere=True)
    local = Person(filled.local_leader, "x", "X", frozenset({"leader"}), communes=frozenset(filled.communes[:1]))
    for person in (leader, local):
        for narrowing in (YEAR, Narrowing(), YEAR.but(reviewed=False), Narrowing(meeting=filled.meetings[-3])):
            here, there = seen(sqlite_store, person, narrowing), seen(postgresql_store, person, narrowing)
            for part in ("sessions", "topics", "going_up", "deadlines", "returning", "villages", "hidden", "recent"):
                assert getattr(here, part) == getattr(there, part), (narrowing.query(), part)
            for part in ("total", "levels", "statuses", "up", "above", "late", "soon", "by_session"):
                assert getattr(here.figures, part) == getattr(there.figures, part), (narrowing.query(), part)
            assert here.figures.total.opinions


def test_confidential_opinions_are_one_number_and_in_no_other(book: Book) -> None:
    """Of the sessions meant, whatever else narrows."""
    for person, narrowing in cases(book):
        found = seen(book.store, person, narrowing)
        assert found.hidden == book.hidden(person, narrowing)
        assert found.figures.total.opinions == len(book.meant(person, narrowing))
    assert seen(book.store, book.leader(), Narrowing()).hidden > 0


def test_communes_are_told_apart_where_there_are_several(book: Book) -> None:
    """Their numbers add up to all; somebody of one commune sees no table of communes."""
    found = seen(book.store, book.leader(), YEAR)
    assert len(found.per_commune) == 3
    assert sum(line.opinions for _commune, _n, line in found.per_commune) == found.figures.total.opinions
    assert sum(n for _commune, n, _line in found.per_commune) == len(found.sessions.now)
    for commune, _n, line in found.per_commune:
        assert line.opinions == len(book.meant(book.leader(), YEAR.but(commune=commune.id)))
    own = seen(book.store, book.local(), YEAR)
    assert own.per_commune == ()
    assert [commune.id for commune in own.communes] == [book.filled.communes[0]]
    assert [held.id for held, _line in own.recent] == [held.id for held in reversed(own.sessions.now)][:12]


def test_another_commune_is_not_there(book: Book) -> None:
    """Neither it nor its sessions."""
    theirs = next(one.meeting_id for one in book.opinions if one.meeting.commune_id == book.filled.communes[1])
    for narrowing in (YEAR.but(commune=book.filled.communes[1]), Narrowing(meeting=theirs)):
        with pytest.raises(NotFound):
            seen(book.store, book.local(), narrowing)


def test_ten_thousand_opinions_are_counted_quickly_in_few_questions(sqlite_store: Store, a_person: APerson) -> None:
    """The number of questions does not grow with what is in the store."""
    with sqlite_store.begin() as session:
        fill(session, Random(7), TODAY)
    leader = a_person("leader", everywhere=True)
    asked: list[str] = []
    event.listen(sqlite_store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    times = []
    for _turn in range(5):
        asked.clear()
        start = time.process_time()
        seen(sqlite_store, leader, YEAR)
        times.append(time.process_time() - start)
    assert len(asked) <= 27
    assert statistics.median(times) < QUICK
