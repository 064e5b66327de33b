"""What may be chosen in the filters."""

from __future__ import annotations

from tests.service.office.leading.hand import Book
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.places import coherent, find_places
from ydan_service.store.tables import Village


def test_villages_and_meetings_are_those_of_the_commune_that_is_meant(book: Book) -> None:
    """Of somebody with one commune they are there at once; with all, once one is chosen."""
    first, second, _third = book.filled.communes
    with book.store.read() as session:
        everything = find_places(session, book.leader(), Narrowing())
        chosen = find_places(session, book.leader(), Narrowing(commune=second))
        local = find_places(session, book.local(), Narrowing())
        villages = {one.id for one in session.query(Village).filter_by(commune_id=second)}
    assert (len(everything.communes), everything.villages, everything.meetings) == (3, {}, {})
    assert set(chosen.villages) == villages == chosen.own_villages
    assert {one.commune_id for one in chosen.meetings.values()} == {second}
    assert (set(local.communes), local.commune) == ({first}, first)
    assert len(local.meetings) == 10


def test_what_is_chosen_outside_of_the_scope_has_no_name(book: Book) -> None:
    """A village's or a meeting's name tells nothing to somebody of another commune."""
    other = next(one for one in book.opinions if one.meeting.commune_id == book.filled.communes[1] and one.village_id)
    asked = Narrowing(commune=book.filled.communes[1], village=other.village_id, meeting=other.meeting_id)
    with book.store.read() as session:
        found = find_places(session, book.local(), asked)
    assert set(found.communes) == {book.filled.communes[0]}
    assert other.village_id not in found.villages
    assert other.meeting_id not in found.meetings


def test_a_form_lets_go_of_what_belongs_elsewhere(book: Book) -> None:
    """Another commune was chosen: its villages and meetings are others; another topic has other matters."""
    first, second, _third = book.filled.communes
    other = next(one for one in book.opinions if one.meeting.commune_id == second and one.village_id)
    left = Narrowing(commune=first, village=other.village_id, meeting=other.meeting_id, topic="education",
                     matter="village_road", open=True)  # fmt: skip
    kept = left.but(commune=second, matter=None)
    with book.store.read() as session:
        assert coherent(left, find_places(session, book.leader(), left)) == Narrowing(
            commune=first, topic="education", open=True
        )
        assert coherent(kept, find_places(session, book.leader(), kept)) == kept
        assert coherent(Narrowing(village=0, commune=first), find_places(session, book.leader(), left)).village == 0
