"""The figures against a count by hand over all rows."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.service.office.leading.dashboard_cases import cases
from tests.service.office.leading.hand import RANKS, TODAY, Book, is_late, is_soon
from ydan.measured import load_measured
from ydan_service.office.leading.figures import FEW, Figure, Figures, count_figures
from ydan_service.office.leading.held import find_sessions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person


def counted(book: Book, person: Person, narrowing: Narrowing) -> Figures:
    with book.store.read() as session:
        sessions = find_sessions(session, person, narrowing)
        return count_figures(session, person, narrowing, sessions, TODAY, load_measured())


def test_every_figure_is_what_a_count_by_hand_gives(book: Book) -> None:
    """Totals, levels, statuses, what goes up, each session."""
    seen = 0
    for person, narrowing in cases(book):
        found, meant = counted(book, person, narrowing), book.meant(person, narrowing)
        fresh = [one for one in meant if one.reviewed_at is None]
        up, late = sum(one.escalate for one in meant), sum(map(is_late, meant))
        assert tuple(found.total) == (len(meant), len(fresh), up, late)
        assert (found.late, found.soon) == (late, sum(map(is_soon, meant)))
        assert found.above == sum(RANKS.get(one.level or "", 0) > RANKS[one.meeting.host_level] for one in meant)
        assert (found.up.count, found.up.unreviewed) == (up, sum(one.escalate for one in fresh))
        levels, statuses = Counter(one.level or "none" for one in meant), Counter(one.status for one in meant)
        assert {each.id: each.count for each in found.levels if each.count} == levels
        assert {each.id: each.count for each in found.statuses} == statuses
        assert sum(each.unreviewed for each in found.levels) == len(fresh)
        assert {id_: line.opinions for id_, line in found.by_session.items()} == Counter(
            one.meeting_id for one in meant
        )
        seen += len(meant)
    assert seen > 1200


def test_only_what_nobody_reviewed_is_corrected(book: Book) -> None:
    """A reviewed opinion counts as it stands: the interval begins no lower than their number."""
    for person, narrowing in cases(book):
        found = counted(book, person, narrowing)
        for figure in (*found.levels, found.up):
            if not found.total.unreviewed:
                assert figure.estimate is None
                continue
            assert figure.estimate is not None
            middle, low, high = figure.estimate.shown
            assert figure.count - figure.unreviewed <= low <= middle <= high <= found.total.opinions


def test_after_the_districts_ended_none_is_guessed(book: Book) -> None:
    """The model's old confusions with districts cannot be true any more."""
    this_year = next(narrowing for _person, narrowing in cases(book))
    assert "district" not in {each.id for each in counted(book, book.leader(), this_year).levels}


@pytest.mark.parametrize(("count", "few"), [(0, False), (1, True), (FEW - 1, True), (FEW, False)])
def test_small_numbers_are_marked(count: int, few: bool) -> None:
    """None at all is not small: it is none."""
    assert Figure("x", count).few is few
