"""Topics month by month, against a count by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from sqlalchemy import select

from tests.service.filling import fill
from ydan_service.office.leading.narrowing import NONE, Narrowing
from ydan_service.office.leading.trend import SHOWN, find_trend, last_day
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting, Opinion

TODAY = date(2026, 11, 20)


def test_every_month_and_topic_is_the_count_by_hand(store: Store) -> None:
    """No month is left out, what is confidential or removed is in none, the sessions are counted too."""
    with store.begin() as session:
        filled = fill(session, Random(3), TODAY, communes=3, sessions=30, opinions=700)
    leader = Person(filled.leader, "lanh-dao", "", frozenset({"leader"}), everywhere=True)
    for narrowing in (Narrowing(), Narrowing(commune=filled.communes[0], start=date(2025, 1, 1))):
        with store.read() as session:
            trend = find_trend(session, leader, narrowing, TODAY)
            rows = session.execute(select(Opinion, Meeting).join(Meeting, Meeting.id == Opinion.meeting_id)).all()
            meetings = session.scalars(select(Meeting)).all()
        meant = [m for m in meetings if m.held_on and (narrowing.commune or m.commune_id) == m.commune_id
                 and m.held_on >= (narrowing.start or date.min)]  # fmt: skip
        ids = {m.id for m in meant}
        by_hand = Counter(
            (opinion.topic or NONE, meeting.held_on.replace(day=1))
            for opinion, meeting in rows
            if meeting.id in ids and opinion.state == "live" and not opinion.confidential
        )
        total = Counter[str]()
        for (topic, _month), n in by_hand.items():
            total[topic] += n
        assert len(trend.series) == min(SHOWN + 1, len(total))
        for one in trend.series[:SHOWN]:
            assert one.topic is not None
            assert one.counts == tuple(by_hand[one.topic, month] for month in trend.months)
        assert sum(one.total for one in trend.series) == sum(by_hand.values())
        totals = [one.total for one in trend.series[:SHOWN]]
        assert totals == sorted(totals, reverse=True)
        assert sum(trend.held) == len(meant)
        days = [m.held_on for m in meant if m.held_on]
        assert (trend.months[0], last_day(trend.months[-1]) >= max(days)) == (min(days).replace(day=1), True)
        gaps = [
            (b.year - a.year) * 12 + b.month - a.month for a, b in zip(trend.months, trend.months[1:], strict=False)
        ]
        assert set(gaps) <= {1}


def test_without_a_session_there_is_no_month(sqlite_store: Store) -> None:
    """An office that has just begun."""
    leader = Person(1, "a", "", frozenset({"leader"}), everywhere=True)
    with sqlite_store.read() as session:
        trend = find_trend(session, leader, Narrowing(), TODAY)
    assert (trend.months, trend.series) == ((), ())
