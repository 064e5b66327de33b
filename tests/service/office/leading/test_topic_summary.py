"""A topic's counts against a count by hand over all rows."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.service.office.leading.hand import OWED, RANKS, TODAY, Book, is_late, make_book
from ydan.predictor import Predictor
from ydan.taxonomy import load_taxonomy
from ydan_service.errors import NotFound
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.topic_index import list_topics
from ydan_service.office.leading.topic_summary import Summary, summarise
from ydan_service.person import Person
from ydan_service.store.store import Store


def periods(book: Book) -> list[Narrowing]:
    return [
        Narrowing(),
        Narrowing(start=date(2026, 1, 1), end=date(2026, 12, 31)),
        Narrowing(start=date(2025, 3, 1), end=date(2025, 8, 31), commune=book.filled.communes[0]),
        Narrowing(meeting=book.filled.meetings[-1]),
        Narrowing(undated=True),
        Narrowing(reviewed=False),
        Narrowing(start=date(2000, 1, 1), end=date(2000, 12, 31)),
    ]


def ask(book: Book, person: Person, topic: str, period: Narrowing, predictor: Predictor) -> Summary:
    with book.store.read() as session:
        return summarise(session, person, topic, period, TODAY, predictor.bundle.heads.vocabulary)


def test_every_count_is_the_one_that_a_count_by_hand_gives(store: Store, predictor: Predictor) -> None:
    """Of every period, for who sees all and for who sees one commune; on both databases."""
    book = make_book(store, sessions=30, opinions=450)
    seen = 0
    for person in (book.leader(), book.local()):
        for period in periods(book):
            for topic in ("transport_roads", "education", "none"):
                told = ask(book, person, topic, period, predictor)
                check(book, person, told, period.but(topic=topic))
                seen += told.count
    assert seen > 100


def check(book: Book, person: Person, told: Summary, meant: Narrowing) -> None:
    mine = book.meant(person, meant)
    whole = book.meant(person, meant.but(topic=None))
    assert (told.count, told.whole_count) == (len(mine), len(whole))
    assert told.share == (len(mine) / len(whole) if whole else None)
    assert told.villages == len({one.village_id for one in mine} - {None})
    assert told.unplaced == sum(one.village_id is None for one in mine)
    assert told.communes == len({one.meeting.commune_id for one in mine})
    assert told.heard == len({one.meeting_id for one in mine})
    assert {each.id: each.n for each in told.statuses} == Counter(one.status for one in mine)
    assert {each.id: each.n for each in told.types} == Counter(one.type or "none" for one in mine)
    assert sum(each.share for each in told.statuses) == pytest.approx(1 if mine else 0)
    assert told.open == sum(one.status in OWED for one in mine)
    assert told.late == sum(map(is_late, mine))
    assert told.up == sum(one.escalate for one in mine)
    assert told.at_once == sum(one.escalate and one.urgency == "immediate" for one in mine)
    assert told.above == sum(RANKS.get(one.level or "", 0) > RANKS[one.meeting.host_level] for one in mine)
    assert told.returning == sum(bool(book.before(one.id)) for one in mine)
    assert told.unreviewed == sum(one.reviewed_at is None for one in mine)
    assert told.hidden == book.hidden(person, meant)
    assert sum(matter.count for matter in told.matters) == len(mine)
    for matter in told.matters:
        here = [one for one in mine if (one.matter or "none") == matter.id]
        assert (matter.count, matter.share) == (len(here), len(here) / len(mine))
        assert matter.villages == len({one.village_id for one in here} - {None})
        assert matter.open == sum(one.status in OWED for one in here)
        assert matter.late == sum(map(is_late, here))
    if told.before is not None:
        assert told.before.count == len(book.meant(person, told.before.narrowing))
        assert told.difference == told.count - told.before.count
    ids = {one.id for one in mine}
    assert {line.id for line in told.representatives} <= ids
    assert len(told.representatives) <= 3
    assert bool(told.representatives) == bool(mine)


def test_the_index_has_the_counts_of_the_summaries(store: Store, predictor: Predictor) -> None:
    """A line and the page that it leads to cannot differ; on both databases, with opinions of no topic."""
    book = make_book(store, sessions=12, opinions=200)
    with store.begin() as session:
        for one in book.told(book.leader())[::12]:
            one.topic = None
            session.merge(one)
    for period in periods(book):
        for person in (book.leader(), book.local()):
            with book.store.read() as session:
                index = list_topics(session, person, period, TODAY)
            assert index.count == len(book.meant(person, period)) == sum(line.count for line in index.lines)
            assert index.hidden == book.hidden(person, period)
            assert {line.topic for line in index.lines} == {one.topic or "none" for one in book.meant(person, period)}
            for line in index.lines[:3]:
                told = ask(book, person, line.topic, period, predictor)
                assert line.narrowing == told.narrowing
                assert (line.count, line.share, line.villages) == (told.count, told.share, told.villages)
                assert (line.open, line.late, line.up) == (told.open, told.late, told.up)
                assert (line.unreviewed, line.difference) == (told.unreviewed, told.difference)


def test_the_index_has_the_commonest_first(book: Book) -> None:
    """Those of no topic last, however many."""
    with book.store.read() as session:
        lines = list_topics(session, book.leader(), Narrowing(), TODAY).lines
    counts = [line.count for line in lines if line.topic != "none"]
    assert counts == sorted(counts, reverse=True)
    assert {line.topic for line in lines} <= {*load_taxonomy().topics, "none"}


def test_no_words_of_a_confidential_opinion_and_no_count_by_its_topic(book: Book, predictor: Predictor) -> None:
    """Denunciations are of this topic; only how many there are of all topics is told."""
    told = ask(book, book.leader(), "party_integrity", Narrowing(), predictor)
    secret = [one for one in book.opinions if one.confidential and one.state == "live"]
    of_topic = [one for one in secret if one.topic == "party_integrity"]
    assert len(of_topic) > 0
    assert told.hidden == len(secret) > len(of_topic) - 1
    assert told.count == len([one for one in book.told(book.leader()) if one.topic == "party_integrity"])
    assert not {line.id for line in told.representatives} & {one.id for one in secret}


def test_the_same_asked_again_says_the_same(book: Book, predictor: Predictor) -> None:
    """The speakers too."""
    asked = [ask(book, book.leader(), "environment", Narrowing(), predictor) for _ in range(2)]
    assert asked[0] == asked[1]
    assert len(asked[0].representatives) == 3


def test_there_is_no_other_topic(book: Book, predictor: Predictor) -> None:
    """As for any page that is not there."""
    with pytest.raises(NotFound, match="Không có lĩnh vực này"):
        ask(book, book.leader(), "weather", Narrowing(), predictor)
