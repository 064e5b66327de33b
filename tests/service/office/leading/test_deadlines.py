"""What is late and soon due."""

from __future__ import annotations

from tests.service.office.leading.dashboard_cases import cases
from tests.service.office.leading.hand import TODAY, Book, is_late, is_soon, make_book
from ydan_service.office.leading.deadlines import SHOWN_LATE, SHOWN_SOON, Deadlines, find_deadlines
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Assignment


def due(book: Book, person: Person, narrowing: Narrowing) -> Deadlines:
    meant = book.meant(person, narrowing)
    with book.store.read() as session:
        return find_deadlines(session, person, narrowing, TODAY, sum(map(is_late, meant)), sum(map(is_soon, meant)))


def test_the_longest_late_and_the_soonest_due_are_told_with_their_days(book: Book) -> None:
    """As a sort by hand over all rows gives; those of other periods are counted beside."""
    told = 0
    for person, narrowing in cases(book):
        found, meant = due(book, person, narrowing), book.meant(person, narrowing)
        for lines, fits, most in ((found.late, is_late, SHOWN_LATE), (found.soon, is_soon, SHOWN_SOON)):
            right = sorted((one.deadline, one.id) for one in meant if fits(one) and one.deadline)[:most]
            assert [(line.deadline, line.id) for line in lines] == right
            assert all(line.left == (line.deadline - TODAY).days for line in lines)
            told += len(lines)
        assert found.ever == sum(map(is_late, book.meant(person, Narrowing(commune=narrowing.commune))))
    assert told > 40


def test_who_is_charged_is_who_has_not_done_it_yet(sqlite_store: Store) -> None:
    """The last one charged first; whoever is done is not named."""
    book = make_book(sqlite_store, 6, 120)
    first = due(book, book.leader(), Narrowing()).late[0]
    with sqlite_store.begin() as session:
        for body, done in (("Công an xã", None), ("Trạm Y tế", TODAY), ("Công an xã", None)):
            session.add(Assignment(opinion_id=first.id, body=body, done_on=done))
    again = due(book, book.leader(), Narrowing()).late[0]
    assert again.id == first.id
    assert again.charged == ("Công an xã", *first.charged)


def test_somebody_who_may_not_read_opinions_is_told_none(book: Book) -> None:
    """Only how many."""
    auditor = Person(1, "gs", "GS", frozenset({"auditor"}), everywhere=True)
    found = due(book, auditor, Narrowing())
    assert (found.late, found.soon) == ((), ())
