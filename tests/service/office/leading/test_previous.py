"""The time to compare with."""

from __future__ import annotations

from datetime import date

import pytest

from tests.service.office.leading.hand import TODAY, Book
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.previous import count_sessions, find_previous, stretch_before
from ydan_service.store.tables import Meeting

D = date


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        (D(2026, 10, 1), D(2026, 10, 31), (D(2026, 9, 1), D(2026, 9, 30))),
        (D(2026, 1, 1), D(2026, 3, 31), (D(2025, 10, 1), D(2025, 12, 31))),
        (D(2025, 1, 1), D(2025, 12, 31), (D(2024, 1, 1), D(2024, 12, 31))),
        (D(2026, 1, 1), D(2026, 12, 31), (D(2025, 1, 1), D(2025, 11, 20))),
        (D(2026, 11, 1), D(2026, 11, 30), (D(2026, 10, 1), D(2026, 10, 20))),
        (D(2026, 3, 5), D(2026, 3, 5), (D(2026, 3, 4), D(2026, 3, 4))),
        (D(2026, 3, 5), D(2026, 3, 31), (D(2026, 2, 6), D(2026, 3, 4))),
        (D(2024, 2, 1), D(2024, 2, 29), (D(2024, 1, 1), D(2024, 1, 31))),
        (D(1, 1, 1), D(1, 12, 31), None),
        (D(1, 1, 2), D(9999, 12, 30), None),
        (D(2026, 1, 1), D.max, None),
        (None, D(2026, 3, 5), None),
        (D(2026, 3, 5), None, None),
    ],
)
def test_the_stretch_before(start: date | None, end: date | None, before: tuple[date, date] | None) -> None:
    """Whole months against whole months, as far as this one has come; else as many days just before."""
    assert stretch_before(start, end, TODAY) == before


def test_the_stretch_before_never_reaches_into_the_one_shown() -> None:
    """Half a year in July: as many days of the half before, none of this one."""
    for day in (D(2026, 7, 1), D(2026, 8, 31), D(2026, 12, 31)):
        before = stretch_before(D(2026, 7, 1), D(2026, 12, 31), day)
        assert before is not None
        assert before[0] == D(2026, 1, 1)
        assert before[0] <= before[1] < D(2026, 7, 1)


def test_before_a_session_comes_the_communes_last_one_of_its_kind(book: Book) -> None:
    """Others' sessions and meetings of another kind are no “kỳ trước”; before the first there is none."""
    commune = book.filled.communes[0]
    mine = sorted(
        {one.meeting.id: one.meeting for one in book.opinions if one.meeting.commune_id == commune}.values(),
        key=lambda one: (one.held_on or date.min, one.id),
    )
    dated = [one for one in mine if one.held_on]
    with book.store.begin() as session:
        session.get_one(Meeting, dated[-2].id).meeting_type = "txct"
        session.flush()
        found = find_previous(session, book.leader(), Narrowing(meeting=dated[-1].id, topic="education"), TODAY)
        assert found == Narrowing(meeting=dated[-3].id, topic="education")
        assert find_previous(session, book.leader(), Narrowing(meeting=dated[0].id), TODAY) is None
        undated = next(one for one in mine if one.held_on is None)
        assert find_previous(session, book.leader(), Narrowing(meeting=undated.id), TODAY) is None
        session.rollback()


def test_another_communes_session_is_not_looked_up(book: Book) -> None:
    """It is as if it did not exist."""
    other = next(one for one in reversed(book.opinions) if one.meeting.commune_id == book.filled.communes[1])
    with book.store.read() as session:
        assert find_previous(session, book.leader(), Narrowing(meeting=other.meeting_id), TODAY) is not None
        assert find_previous(session, book.local(), Narrowing(meeting=other.meeting_id), TODAY) is None


def test_only_sessions_that_are_read_are_counted(book: Book) -> None:
    """One that could not be read has no opinions to compare."""
    with book.store.begin() as session:
        assert count_sessions(session, book.leader(), Narrowing()) == 30
        assert count_sessions(session, book.local(), Narrowing()) == 10
        session.get_one(Meeting, book.filled.meetings[9]).stage = "failed"
        session.flush()
        assert count_sessions(session, book.leader(), Narrowing()) == 29
        session.rollback()
