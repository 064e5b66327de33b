"""Which sessions the dashboard looks at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.service.conftest import ACommune, APerson
from ydan_service.errors import NotFound
from ydan_service.office.leading.held import Sessions, find_sessions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting

Find = Callable[..., Sessions]
YEAR = Narrowing(start=date(2026, 1, 1), end=date(2026, 12, 31))


@pytest.fixture
def hold(the_store: Store) -> Callable[..., int]:
    """``hold(commune, date, type="txdt", stage="closed")``: a session in the store."""

    def holding(commune: int, day: date | None, kind: str = "txdt", stage: str = "closed") -> int:
        with the_store.begin() as session:
            meeting = Meeting(commune_id=commune, held_on=day, meeting_type=kind, stage=stage)
            session.add(meeting)
            session.flush()
            return meeting.id

    return holding


@pytest.fixture
def find(the_store: Store, a_person: APerson) -> Find:
    """``find(narrowing, communes=[…])`` as a leader of these communes."""

    def finding(narrowing: Narrowing, communes: list[int]) -> Sessions:
        with the_store.read() as session:
            return find_sessions(session, a_person("leader", communes=communes), narrowing)

    return finding


def ids(held: object) -> list[int]:
    return [each.id for each in held]  # type: ignore[attr-defined]


def test_a_year_holds_its_sessions_and_is_held_against_the_twelve_months_before(
    find: Find, hold: Callable[..., int], a_commune: ACommune
) -> None:
    """Only of communes that held one now; those without a day are told apart, those not read are counted."""
    here, silent = a_commune("Tân Lập").id, a_commune("Tân Phú").id
    old = hold(here, date(2024, 12, 1))
    before = hold(here, date(2025, 1, 1))
    hold(silent, date(2025, 6, 1))
    first, last = hold(here, date(2026, 1, 1)), hold(here, date(2026, 12, 31))
    hold(here, None)
    reading = hold(here, date(2026, 5, 5), stage="reading")
    found = find(YEAR, [here, silent])
    assert ids(found.now) == [first, last]
    assert ids(found.before) == [before]
    assert (found.undated, found.unread) == (1, 1)
    assert found.communes == (here,)
    assert {old, reading} <= set(ids(found.choices))
    assert found.latest is not None
    assert found.latest.id == last
    assert ids(find(Narrowing(), [here]).before) == [], "what has no beginning has no before"


def test_the_session_before_is_the_communes_last_of_the_same_kind(
    find: Find, hold: Callable[..., int], a_commune: ACommune
) -> None:
    """A day of reception between two dialogues is no measure for them."""
    here, there, first_time = (a_commune(name).id for name in ("Tân Lập", "Tân Phú", "Tân An"))
    hold(here, date(2025, 1, 5))
    previous = hold(here, date(2025, 11, 5))
    hold(here, date(2025, 12, 5), kind="tcd")
    hold(here, date(2026, 2, 5))
    latest = hold(here, date(2026, 8, 5))
    other = hold(there, date(2023, 2, 5)), hold(there, date(2026, 2, 5))
    hold(first_time, date(2026, 2, 5))
    pairs = {(pair.previous.id, pair.latest.id) for pair in find(YEAR, [here, there, first_time]).pairs}
    assert (previous, latest) not in pairs
    assert other in pairs
    assert len(pairs) == 2
    one = find(Narrowing(meeting=latest), [here])
    assert ids(one.now) == [latest]
    assert len(one.pairs) == 1
    assert one.pairs[0].previous.held_on == date(2026, 2, 5)
    assert len(one.before) == 3, "a session is held against the twelve months before its own day"


def test_another_communes_session_is_not_there(find: Find, hold: Callable[..., int], a_commune: ACommune) -> None:
    """Nor one of another commune than the one chosen."""
    mine, theirs = a_commune("Tân Lập").id, a_commune("Tân Phú").id
    held = hold(theirs, date(2026, 2, 5))
    with pytest.raises(NotFound):
        find(Narrowing(meeting=held), [mine])
    with pytest.raises(NotFound):
        find(Narrowing(meeting=held, commune=mine), [mine, theirs])
    assert find(YEAR, [mine]).now == ()
