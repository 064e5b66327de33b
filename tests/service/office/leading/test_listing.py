"""The list behind a figure against a count by hand over all rows."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from tests.service.office.leading.hand import OWED, TODAY, Book, every_filter, is_late, is_soon, make_book
from ydan.rules import URGENCIES
from ydan_service.office.leading.listing import PAGE, SORTS, all_opinions, list_opinions
from ydan_service.office.leading.narrowing import Narrowing, read_narrowing
from ydan_service.store.store import Store


def test_every_filter_lists_exactly_what_a_count_by_hand_finds(store: Store) -> None:
    """Each field alone and some together, for who sees all and for who sees one commune; on both databases."""
    book = make_book(store, sessions=30, opinions=450)  # not the shared one: this is about both databases
    empty = set()
    for person in (book.leader(), book.local()):
        for narrowing in every_filter(book):
            with book.store.read() as session:
                listed = list_opinions(session, person, narrowing, TODAY)
            meant = {one.id for one in book.meant(person, narrowing)}
            assert listed.total == len(meant), narrowing
            assert len(listed.lines) == min(PAGE, len(meant)), narrowing
            assert {line.id for line in listed.lines} <= meant, narrowing
            assert listed.hidden == book.hidden(person, narrowing), narrowing
            assert listed.pages == max(1, -(-len(meant) // PAGE))
            if person.everywhere and not meant:
                empty.add(narrowing.query())
    assert empty == {"q=100%25_"}, "a filter that means nothing tests nothing"


def test_a_narrowing_survives_its_own_address(book: Book) -> None:
    """So that a figure and its list are the same."""
    for narrowing in every_filter(book):
        assert read_narrowing(dict(parse_qsl(narrowing.query()))).query() == narrowing.query()


@pytest.mark.parametrize("sort", SORTS)
def test_the_pages_together_are_all_opinions_once(book: Book, sort: str) -> None:
    """In every order; a page beyond the last is the last."""
    with book.store.read() as session:
        first = list_opinions(session, book.leader(), Narrowing(), TODAY, sort=sort)
        pages = [
            list_opinions(session, book.leader(), Narrowing(), TODAY, sort=sort, page=at).lines
            for at in range(1, first.pages + 1)
        ]
        beyond = list_opinions(session, book.leader(), Narrowing(), TODAY, sort=sort, page=999)
        whole = all_opinions(session, book.leader(), Narrowing(), TODAY, sort=sort)
    ids = [line.id for page in pages for line in page]
    assert len(pages) > 5
    assert len(ids) == len(set(ids)) == len(book.told(book.leader()))
    assert ids == [line.id for line in whole]
    assert beyond.page == first.pages
    assert beyond.lines == pages[-1]


def test_the_orders_are_what_they_are_called(book: Book) -> None:
    """Sessions without a day come last; what is owed comes before what is settled."""
    lines = {}
    with book.store.read() as session:
        for sort in SORTS:
            lines[sort] = all_opinions(session, book.leader(), Narrowing(), TODAY, sort=sort)
    days = [line.held_on for line in lines["newest"]]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated, reverse=True)
    assert None in days
    assert None not in days[: len(dated)]
    dated = [line.held_on for line in lines["oldest"] if line.held_on]
    assert dated == sorted(dated)
    due = [line for line in lines["deadline"] if line.status in OWED]
    assert list(lines["deadline"][: len(due)]) == due
    deadlines = [line.deadline for line in due if line.deadline]
    assert deadlines == sorted(deadlines) == [line.deadline for line in due][: len(deadlines)]
    ranks = [URGENCIES.index(line.urgency) if line.urgency else 99 for line in lines["urgency"]]
    assert ranks == sorted(ranks)
    topics = list(dict.fromkeys(line.topic for line in lines["topic"]))
    assert len(topics) == len({line.topic for line in lines["topic"]})


def test_a_line_says_what_calls_for_attention(book: Book) -> None:
    """Late, soon, raised before, alike in its meeting: each as counted by hand."""
    with book.store.read() as session:
        lines = {line.id: line for line in all_opinions(session, book.leader(), Narrowing(), TODAY)}
    same: dict[tuple[int, str], int] = {}
    for one in book.told(book.leader()):
        same[one.meeting_id, one.text] = same.get((one.meeting_id, one.text), 0) + 1
    for one in book.told(book.leader()):
        line = lines[one.id]
        assert (line.late, line.soon) == (is_late(one), is_soon(one))
        assert line.before == len(book.before(one.id))
        count = same[one.meeting_id, one.text]
        assert line.alike == (count if count > 1 else 0)
        assert (line.text, line.topic, line.status, line.codes) == (one.text, one.topic, one.status, tuple(one.codes))
    for name in ("late", "soon", "before", "alike"):
        assert any(getattr(line, name) for line in lines.values()), name
