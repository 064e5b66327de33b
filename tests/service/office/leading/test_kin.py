"""Opinions that belong to one, against a walk by hand."""

from __future__ import annotations

from tests.service.office.leading.hand import TODAY, Book, make_book
from ydan_service.office.leading.kin import find_kin
from ydan_service.office.leading.story import read_story
from ydan_service.store.store import Store
from ydan_service.store.tables import AlikeGroup, Opinion, RaisedBefore


def walk(start: int, pairs: dict[int, set[int]]) -> set[int]:
    """Everything that can be reached."""
    found: set[int] = set()
    rest = [start]
    while rest:
        new = pairs.get(rest.pop(), set()) - found
        found |= new
        rest += new
    return found - {start}


def test_before_and_again_go_all_the_way(book: Book) -> None:
    """Raised at five sessions: each of the five shows the four others, in order of time, and says five times."""
    back: dict[int, set[int]] = {}
    forth: dict[int, set[int]] = {}
    for later, earlier in book.pairs:
        back.setdefault(later, set()).add(earlier)
        forth.setdefault(earlier, set()).add(later)
    told = {one.id for one in book.told(book.leader())}
    longest = 0
    for one in sorted(told & (set(back) | set(forth)))[::4]:
        with book.store.read() as session:
            kin = find_kin(session, book.leader(), session.get_one(Opinion, one))
        assert {each.id for each in kin.before} == walk(one, back) & told
        assert {each.id for each in kin.again} == walk(one, forth) & told
        assert {each.id for each in kin.before if each.probability is not None} == back.get(one, set()) & told
        days = [each.held_on for each in (*kin.before, *kin.again) if each.held_on]
        assert days == sorted(days)
        meetings = {each.meeting_id for each in (*kin.before, *kin.again)}
        assert kin.times == 1 + len(meetings)
        longest = max(longest, kin.times)
    assert longest >= 3


def test_both_databases_find_the_same_kin(store: Store) -> None:
    """Walks, keys in JSON and groups are asked in SQL; also the whole story can be told."""
    book = make_book(store, sessions=9, opinions=160)
    later, _earlier = book.pairs[-1]
    with book.store.begin() as session:
        heir = session.get_one(Opinion, later)
        parent = next(one for one in book.told(book.leader()) if one.meeting_id == heir.meeting_id and one.id != later)
        heir.lineage = [parent.key]
    with book.store.read() as session:
        kin = find_kin(session, book.leader(), session.get_one(Opinion, later))
        assert [one.id for one in kin.parents] == [parent.id]
        assert {one.id for one in kin.before} >= {one.id for one in book.before(later)} > set()
        assert [one.id for one in find_kin(session, book.leader(), session.get_one(Opinion, parent.id)).heirs] == [
            later
        ]
        for one in book.told(book.leader())[::20]:
            story = read_story(session, book.store.keys, book.leader(), one.id, TODAY)
            assert "".join(piece.text for piece in story.pieces) == one.text


def test_a_circle_of_pairs_ends(book: Book) -> None:
    """Two marked as each other's earlier one, by whatever mistake."""
    later, earlier = book.pairs[0]
    with book.store.begin() as session:
        session.add(RaisedBefore(opinion_id=earlier, earlier_id=later, probability=0.5))
        session.flush()
        kin = find_kin(session, book.leader(), session.get_one(Opinion, earlier))
        assert later in {one.id for one in (*kin.before, *kin.again)}
        assert earlier not in {one.id for one in (*kin.before, *kin.again)}
        session.rollback()


def test_confidential_and_foreign_ones_are_no_kin(book: Book) -> None:
    """A repeat that became confidential, or lies in another commune, is not shown."""
    later, earlier = next((a, b) for a, b in book.pairs if {a, b} <= {one.id for one in book.told(book.local())})
    with book.store.begin() as session:
        here, there = session.get_one(Opinion, later), session.get_one(Opinion, earlier)
        assert earlier in {one.id for one in find_kin(session, book.local(), here).before}
        there.confidential = True
        session.flush()
        assert earlier not in {one.id for one in find_kin(session, book.local(), here).before}
        there.confidential = False
        there.meeting_id = next(
            one.meeting_id for one in book.opinions if one.meeting.commune_id == book.filled.communes[1]
        )
        session.flush()
        assert earlier not in {one.id for one in find_kin(session, book.local(), here).before}
        assert earlier in {one.id for one in find_kin(session, book.leader(), here).before}
        session.rollback()


def test_alike_ones_are_the_others_of_the_group(book: Book) -> None:
    """Itself left out; a group that has shrunk to one is none."""
    with book.store.begin() as session:
        for group in session.query(AlikeGroup):
            ids = {member.opinion_id for member in group.members}
            one = session.get_one(Opinion, min(ids))
            alike = find_kin(session, book.leader(), one).alike
            assert alike is not None
            assert {each.id for each in alike.others} == ids - {one.id}
            assert (alike.people, alike.places, alike.confirmed) == (group.people, 1, False)
        for other in ids - {one.id}:
            session.get_one(Opinion, other).state = "removed"
        session.flush()
        assert find_kin(session, book.leader(), one).alike is None
        session.rollback()


def test_keys_that_hold_each_other_are_told_apart(book: Book) -> None:
    """``1`` is no parent of what came of ``10``."""
    with book.store.begin() as session:
        rows = [one for one in book.opinions if one.meeting_id == book.filled.meetings[5]][:3]
        parent, other, heir = (session.get_one(Opinion, one.id) for one in rows)
        parent.key, other.key, heir.key, heir.lineage = "1", "10", "e1", ["10"]
        session.flush()
        assert find_kin(session, book.leader(), parent).heirs == ()
        assert [one.id for one in find_kin(session, book.leader(), other).heirs] == [heir.id]
        assert [one.id for one in find_kin(session, book.leader(), heir).parents] == [other.id]
        session.rollback()
