"""Villages that nobody spoke for."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from tests.service.office.leading.dashboard_cases import cases
from tests.service.office.leading.hand import TODAY, Book
from ydan_service.office.leading.held import find_sessions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.villages import Villages, find_villages
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting, Opinion, Village


def villages(store: Store, person: Person, narrowing: Narrowing) -> Villages:
    with store.read() as session:
        return find_villages(session, person, narrowing, find_sessions(session, person, narrowing), TODAY)


def test_each_village_is_heard_or_not_as_a_count_by_hand_says(book: Book) -> None:
    """Of communes that held a session; whether an opinion was reviewed makes no difference."""
    with book.store.read() as session:
        every = session.scalars(select(Village)).all()
    silent = 0
    for person, narrowing in cases(book):
        found = villages(book.store, person, narrowing)
        meant = book.meant(person, narrowing.but(reviewed=None))
        held = {place.id for place in found.communes}
        counts = Counter(one.village_id for one in meant)
        assert {one.meeting.commune_id for one in meant} <= held
        assert {(one.id, one.count) for place in found.communes for one in (*place.heard, *place.silent)} == {
            (one.id, counts[one.id]) for one in every if one.commune_id in held
        }
        assert found.nowhere == counts[None]
        assert found.silent == sum(not counts[one.id] for one in every if one.commune_id in held)
        quiet = [one.households or 0 for one in every if one.commune_id in held and not counts[one.id]]
        assert found.silent_households == sum(quiet)
        silent += found.silent
    assert silent > 5


def test_a_silent_village_is_named_with_its_households_and_when_it_last_spoke(
    the_store: Store, a_commune: ACommune, a_person: APerson
) -> None:
    """A confidential opinion does not make its village heard: that would tell of it."""
    commune = a_commune("Tân Lập", villages=["Thôn 1", "Thôn 2", "Thôn 3"])
    one, two, three = commune.villages
    with the_store.begin() as session:
        for village, households in zip(commune.villages, (90, 120, None), strict=True):
            session.get_one(Village, village.id).households = households
        for day, village, secret in (
            (date(2025, 5, 1), two, False),
            (date(2026, 5, 1), one, False),
            (date(2026, 5, 1), three, True),
        ):
            meeting = Meeting(commune_id=commune.id, held_on=day, meeting_type="txdt", stage="closed")
            session.add(meeting)
            session.flush()
            session.add(Opinion(meeting_id=meeting.id, key="1", position=0, text="" if secret else "Đường hỏng",
                                village_id=village.id, confidential=secret))  # fmt: skip
    leader = a_person("leader", communes=[commune.id])
    found = villages(the_store, leader, Narrowing(start=date(2026, 1, 1)))
    (place,) = found.communes
    assert [(each.name, each.households, each.last) for each in place.silent] == [
        ("Thôn 2", 120, date(2025, 5, 1)),
        ("Thôn 3", None, None),
    ]
    assert (found.silent, found.all, found.silent_households) == (2, 3, 120)
    assert villages(the_store, leader, Narrowing(start=date(2027, 1, 1))).communes == ()
