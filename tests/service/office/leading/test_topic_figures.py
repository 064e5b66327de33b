"""Topics: counts, changes since the session before, what rises."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.service.conftest import ACommune, APerson
from tests.service.office.leading.dashboard_cases import cases
from tests.service.office.leading.hand import TODAY, Book
from ydan.measured import load_measured
from ydan_service.office.leading.figures import count_figures
from ydan_service.office.leading.held import Sessions, find_sessions
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.office.leading.topic_figures import TopicFigure, count_topics, rising_topics
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting, Opinion, now

YEAR = Narrowing(start=date(2026, 1, 1), end=date(2026, 12, 31))


def topics_of(store: Store, person: Person, narrowing: Narrowing) -> tuple[tuple[TopicFigure, ...], Sessions]:
    with store.read() as session:
        sessions, measured = find_sessions(session, person, narrowing), load_measured()
        figures = count_figures(session, person, narrowing, sessions, TODAY, measured)
        return count_topics(session, narrowing, sessions, figures.cells, measured), sessions


def test_topics_and_both_sessions_are_what_a_count_by_hand_gives(book: Book) -> None:
    """The commonest first."""
    changed = 0
    for person, narrowing in cases(book):
        topics, sessions = topics_of(book.store, person, narrowing)
        meant = book.meant(person, narrowing)
        assert {one.id: one.count for one in topics if one.count} == Counter(one.topic or "none" for one in meant)
        fresh = Counter(one.topic or "none" for one in meant if one.reviewed_at is None)
        assert {one.id: one.unreviewed for one in topics if one.unreviewed} == fresh
        assert [one.count for one in topics] == sorted((one.count for one in topics), reverse=True)
        told = book.meant(person, Narrowing(reviewed=narrowing.reviewed))
        for side in ("latest", "previous"):
            held = {getattr(pair, side).id for pair in sessions.pairs}
            by_hand = Counter(one.topic or "none" for one in told if one.meeting_id in held)
            assert {one.id: getattr(one, side) for one in topics if getattr(one, side)} == by_hand
        changed += sum(one.difference != 0 for one in topics)
        for one in topics:
            if one.change is not None:
                before = {each.id for each in sessions.before}
                assert one.change.before == sum(each.topic == one.id and each.meeting_id in before for each in told)
    assert changed > 30


def test_the_corrected_counts_add_up_to_all(book: Book) -> None:
    """What is taken from one topic goes to another."""
    for person, narrowing in cases(book):
        topics, _sessions = topics_of(book.store, person, narrowing)
        if any(one.unreviewed for one in topics):
            middle = sum(one.estimate.middle for one in topics if one.estimate is not None)
            assert middle == pytest.approx(sum(one.count for one in topics if one.id != "none"), abs=1.5)


def test_a_real_rise_is_marked_and_chance_is_not(the_store: Store, a_commune: ACommune, a_person: APerson) -> None:
    """Roads go from two to ten a session in a commune that else says the same; a topic of one opinion more does not."""
    commune = a_commune("Tân Lập").id
    days = [date(2025, month, 10) for month in (2, 4, 6, 8, 10)] + [date(2026, month, 10) for month in (2, 5, 8)]
    with the_store.begin() as session:
        for day in days:
            meeting = Meeting(commune_id=commune, held_on=day, meeting_type="txdt", stage="closed")
            session.add(meeting)
            session.flush()
            said = {"transport_roads": 10 if day.year == 2026 else 2, "education": 4, "environment": 3 + day.month % 2}
            keys = [(topic, at) for topic, many in said.items() for at in range(many)]
            for place, (topic, _at) in enumerate(keys):
                session.add(Opinion(meeting_id=meeting.id, key=str(place), position=place, text="Ý kiến", topic=topic,
                                    reviewed_at=now()))  # fmt: skip
    topics, sessions = topics_of(the_store, a_person("leader", communes=[commune]), YEAR)
    assert (len(sessions.now), len(sessions.before)) == (3, 5)
    (rising,) = rising_topics(topics)
    assert rising.id == "transport_roads"
    assert rising.change is not None
    assert rising.change.ratio == pytest.approx(5.0)
    assert (rising.latest, rising.previous, rising.difference) == (10, 10, 0)


def test_random_sessions_seldom_show_a_rise(book: Book) -> None:
    """The filled store is drawn from one pot."""
    found = [rising_topics(topics_of(book.store, person, narrowing)[0]) for person, narrowing in cases(book)]
    assert sum(map(len, found)) <= 1
