"""A filled store, and opinions counted by hand: every row is looked at, no condition of the package is asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.service.filling import Filled, fill
from ydan.text import fold
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import Assignment, Dispatch, Dispatched, Meeting, Opinion, RaisedBefore

TODAY = date(2026, 11, 20)
OWED = {"chua_tra_loi", "dang_giai_quyet", "kien_nghi_cap_tren", "chuyen_co_quan_khac"}
RANKS = {"commune": 1, "district": 2, "province": 3, "central": 4}


@dataclass(frozen=True)
class Book:
    """A store with 30 sessions and 700 opinions of three communes, and everything in it as plain lists."""

    store: Store
    filled: Filled
    opinions: Sequence[Opinion]
    pairs: Sequence[tuple[int, int]]
    earlier: Mapping[int, Sequence[Opinion]]
    charged: frozenset[int]
    sent: frozenset[int]

    def leader(self) -> Person:
        """Sees all communes."""
        return Person(self.filled.leader, "lanh-dao", "Lãnh", frozenset({"leader"}), everywhere=True)

    def local(self) -> Person:
        """Sees the first commune alone."""
        return Person(
            self.filled.local_leader, "x", "X", frozenset({"leader"}), communes=frozenset(self.filled.communes[:1])
        )

    def meant(self, person: Person, narrowing: Narrowing) -> list[Opinion]:
        """The opinions that a narrowing means, looked at one after the other."""
        return [one for one in self.told(person) if self._fits(one, narrowing)]

    def told(self, person: Person) -> list[Opinion]:
        """Live, not confidential, in scope."""
        return [
            one
            for one in self.opinions
            if one.state == "live" and not one.confidential and person.sees(one.meeting.commune_id)
        ]

    def hidden(self, person: Person, narrowing: Narrowing) -> int:
        """Confidential ones of the same meetings."""
        return sum(
            one.state == "live" and one.confidential and person.sees(one.meeting.commune_id) and _held(one, narrowing)
            for one in self.opinions
        )

    def before(self, opinion_id: int) -> list[Opinion]:
        """What it directly repeats."""
        return [one for one in self.earlier.get(opinion_id, ()) if one.state == "live" and not one.confidential]

    def _fits(self, one: Opinion, n: Narrowing) -> bool:
        labels = ("topic", "matter", "type", "level", "body", "urgency")
        for name in labels:
            wanted, has = getattr(n, name), getattr(one, name)
            if wanted is not None and has != (None if wanted == "none" else wanted):
                return False
        asked = [
            _held(one, n),
            n.escalate is None or one.escalate == n.escalate,
            n.transfer is None or one.transfer == n.transfer,
            n.sent is None or (one.id in self.sent) == n.sent,
            n.status is None or one.status == n.status,
            not n.open or one.status in OWED,
            not n.above or RANKS.get(one.level or "", 0) > RANKS[one.meeting.host_level],
            n.code is None or (n.code in one.codes and one.escalate),
            n.village is None or one.village_id == (n.village or None),
            n.reviewed is None or (one.reviewed_at is not None) == n.reviewed,
            not n.late or is_late(one),
            not n.soon or is_soon(one),
            n.returning is None or bool(self.before(one.id)),
            n.returning != "promised" or any(self._promised(each) for each in self.before(one.id)),
            not n.q or all(word in fold(one.text) for word in fold(n.q).split()),
        ]
        return all(asked)

    def _promised(self, one: Opinion) -> bool:
        return one.status in ("dang_giai_quyet", "da_giai_quyet") or one.id in self.charged


def is_late(one: Opinion) -> bool:
    """Past its deadline while something is owed."""
    return one.deadline is not None and one.deadline < TODAY and one.status in OWED


def is_soon(one: Opinion) -> bool:
    """Due within ten days while something is owed."""
    due = one.deadline
    return due is not None and TODAY <= due <= TODAY + timedelta(days=10) and one.status in OWED


def _held(one: Opinion, n: Narrowing) -> bool:
    day, meeting = one.meeting.held_on, one.meeting
    return (
        (n.meeting is None or meeting.id == n.meeting)
        and (n.commune is None or meeting.commune_id == n.commune)
        and (not n.undated or day is None)
        and (n.start is None or (day is not None and day >= n.start))
        and (n.end is None or (day is not None and day <= n.end))
    )


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Book]:
    """One book for all tests that only read."""
    file = tmp_path_factory.mktemp("book") / "ydan.db"
    shutil.copy(sqlite_template, file)
    store = Store(open_engine(sqlite_url(file)), KeyRing.random())
    yield make_book(store)
    store.engine.dispose()


def make_book(store: Store, sessions: int = 30, opinions: int = 700) -> Book:
    """Fill an empty store; two meetings have no day, one was held by the province, some letters went out."""
    with store.begin() as session:
        filled = fill(session, Random(11), TODAY, communes=3, sessions=sessions, opinions=opinions)
        first, second, third = (session.get_one(Meeting, id_) for id_ in filled.meetings[:3])
        first.held_on = second.held_on = None
        third.host_level = "province"
        due = session.scalars(
            select(Opinion).where(Opinion.status == "chua_tra_loi", Opinion.state == "live", ~Opinion.confidential)
        )
        for at, opinion in zip(range(-2, 14), due, strict=False):
            opinion.deadline = TODAY + timedelta(days=at)
        up = session.scalars(select(Opinion.id).where(Opinion.escalate, Opinion.state == "live").limit(9)).all()
        for at, id_ in enumerate(up):
            letter = Dispatch(meeting_id=filled.meetings[0], direction="up", addressee="UBND tỉnh",
                              sent_on=TODAY if at % 3 else None)  # fmt: skip
            session.add(letter)
            session.flush()
            session.add(Dispatched(dispatch_id=letter.id, opinion_id=id_))
    with store.read() as session:
        opinions_ = session.scalars(select(Opinion).options(joinedload(Opinion.meeting))).all()
        pairs = [(row.opinion_id, row.earlier_id) for row in session.scalars(select(RaisedBefore))]
        charged = frozenset(session.scalars(select(Assignment.opinion_id)))
        sent = frozenset(
            session.scalars(
                select(Dispatched.opinion_id)
                .join(Dispatch)
                .where(Dispatch.direction == "up", Dispatch.sent_on.is_not(None))
            )
        )
        session.expunge_all()
    by_id = {one.id: one for one in opinions_}
    earlier_: dict[int, list[Opinion]] = {}
    for later, earlier in pairs:
        earlier_.setdefault(later, []).append(by_id[earlier])
    return Book(store, filled, opinions_, pairs, earlier_, charged, sent)


def every_filter(book: Book) -> list[Narrowing]:
    """For every field of a narrowing one that means some opinions and not all, and a few together."""
    one = next(each for each in book.opinions if each.village_id and each.matter and each.meeting.held_on)
    values: dict[str, list[object]] = {
        "start": [date(2025, 6, 1)], "end": [date(2025, 6, 1)], "undated": [True],
        "commune": [book.filled.communes[1]], "meeting": [one.meeting_id], "topic": ["education", "transport_roads"],
        "matter": [one.matter, "none"], "type": ["report"], "level": ["province"], "above": [True], "body": ["ubnd"],
        "status": ["dang_giai_quyet", "chua_tra_loi"], "open": [True], "escalate": [True, False],
        "transfer": [True, False], "sent": [True, False], "code": ["danger", "beyond_competence"],
        "urgency": ["immediate", "none"], "village": [one.village_id, 0], "reviewed": [True, False], "late": [True],
        "soon": [True], "returning": ["any", "promised"], "q": ["de nghi", "Đường SỬA", "100%_"],
    }  # fmt: skip
    assert set(values) == {field.name for field in fields(Narrowing)}
    singles = [Narrowing(**{name: value}) for name, many in values.items() for value in many]  # type: ignore[arg-type]
    together = [
        Narrowing(start=date(2025, 1, 1), end=date(2026, 6, 30), open=True, escalate=True),
        Narrowing(commune=book.filled.communes[0], reviewed=True, q="nha"),
        Narrowing(topic="transport_roads", late=True, returning="any"),
    ]
    return [Narrowing(), *singles, *together]
