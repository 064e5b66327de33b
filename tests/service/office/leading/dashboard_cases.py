"""Narrowings of the dashboard that the tests of its parts go through, for who sees all and for who sees one commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.service.office.leading.hand import Book
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person


def cases(book: Book) -> Iterator[tuple[Person, Narrowing]]:
    """A year, a quarter, everything, those without a day, one session, one commune; all or reviewed alone."""
    leader, local = book.leader(), book.local()
    year = Narrowing(start=date(2026, 1, 1), end=date(2026, 12, 31))
    own = next(each.meeting_id for each in reversed(book.opinions) if local.sees(each.meeting.commune_id))
    for person in (leader, local):
        yield person, year
        yield person, year.but(reviewed=True)
        yield person, Narrowing(start=date(2025, 10, 1), end=date(2025, 12, 31))
        yield person, Narrowing()
        yield person, Narrowing(meeting=own)
    yield leader, Narrowing(undated=True)
    yield leader, year.but(commune=book.filled.communes[1])
    yield leader, year.but(reviewed=False)
