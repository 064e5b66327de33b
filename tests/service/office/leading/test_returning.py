"""Matters that come back."""

from __future__ import annotations

from datetime import date

from tests.service.conftest import ACommune, APerson
from tests.service.office.leading.dashboard_cases import cases
from tests.service.office.leading.hand import TODAY, Book
from ydan_service.office.leading.held import find_sessions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.returning import SHOWN, Returning, find_returning
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Assignment, Meeting, Opinion, RaisedBefore


def back(store: Store, person: Person, narrowing: Narrowing) -> Returning:
    with store.read() as session:
        return find_returning(session, person, narrowing, find_sessions(session, person, narrowing), TODAY)


def test_what_comes_back_is_counted_by_hand(book: Book) -> None:
    """Heard before at all, and after a promise; those raised most often first."""
    by_id = {one.id: one for one in book.opinions}
    before: dict[int, list[Opinion]] = {}
    for later, earlier in book.pairs:
        one = by_id[earlier]
        if one.state == "live" and not one.confidential:
            before.setdefault(later, []).append(one)
    kept = {"dang_giai_quyet", "da_giai_quyet"}
    seen = 0
    for person, narrowing in cases(book):
        found = back(book.store, person, narrowing)
        heard = [one.id for one in book.meant(person, narrowing) if one.id in before]
        promised = {id_ for id_ in heard if any(e.status in kept or e.id in book.charged for e in before[id_])}
        assert (found.heard, found.promised) == (len(heard), len(promised))
        assert len(found.lines) == min(SHOWN, len(promised))
        assert {line.id for line in found.lines} <= promised
        for line in found.lines:
            assert line.times == len(before[line.id])
            assert line.earlier_id in {one.id for one in before[line.id]}
        times = [line.times for line in found.lines]
        assert times == sorted(times, reverse=True)
        seen += found.promised
    assert seen > 80


def test_the_last_promise_is_told(the_store: Store, a_commune: ACommune, a_person: APerson) -> None:
    """When, to whom it was given, by when; an answer that explained is no promise, nor is anything confidential."""
    commune = a_commune("Tân Lập").id
    days = (date(2025, 3, 1), date(2025, 9, 1), date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1))
    said = ("dang_giai_quyet", "da_giai_quyet", "da_giai_thich", "dang_giai_quyet", "chua_tra_loi")
    with the_store.begin() as session:
        ids = []
        for day, status in zip(days, said, strict=True):
            meeting = Meeting(commune_id=commune, held_on=day, meeting_type="txdt", stage="closed")
            session.add(meeting)
            session.flush()
            opinion = Opinion(meeting_id=meeting.id, key="1", position=0, text="Cống thôn Đông tắc", status=status,
                              confidential=day == days[3], topic="technical_infrastructure")  # fmt: skip
            session.add(opinion)
            session.flush()
            ids.append(opinion.id)
        session.add(Assignment(opinion_id=ids[0], body="Phòng Kinh tế", deadline=date(2025, 6, 1)))
        session.add_all(
            RaisedBefore(opinion_id=ids[4], earlier_id=earlier, probability=0.9, confirmed_by=None)
            for earlier in ids[:4]
        )
        session.add(RaisedBefore(opinion_id=ids[1], earlier_id=ids[0], probability=0.9))
    leader = a_person("leader", communes=[commune])
    found = back(the_store, leader, Narrowing(start=date(2026, 7, 1)))
    (line,) = found.lines
    assert (line.id, line.earlier_id, line.promised_on, line.said) == (ids[4], ids[1], days[1], "da_giai_quyet")
    assert line.times == 3
    assert not line.confirmed
    (first,) = back(the_store, leader, Narrowing(end=date(2025, 12, 31))).lines
    assert (first.charged, first.due, first.promised_on) == ("Phòng Kinh tế", date(2025, 6, 1), days[0])
    auditor = Person(9, "gs", "GS", frozenset({"auditor"}), everywhere=True)
    assert back(the_store, auditor, Narrowing()) == Returning(2, 2, ())


def test_nothing_comes_back_where_nothing_was_said_before(book: Book) -> None:
    """The first session of all."""
    first = min((one.meeting.held_on, one.meeting_id) for one in book.opinions if one.meeting.held_on)[1]
    assert back(book.store, book.leader(), Narrowing(meeting=first)).heard == 0
