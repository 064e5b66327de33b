"""What goes to a higher level."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.service.office.leading.dashboard_cases import cases
from tests.service.office.leading.hand import OWED, TODAY, Book, make_book
from ydan.rules import URGENCIES
from ydan_service.office.leading.going_up import SHOWN, GoingUp, find_going_up, report_by
from ydan_service.office.leading.narrowing import Narrowing
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Assessed, Opinion


def going(store: Store, person: Person, narrowing: Narrowing) -> GoingUp:
    with store.read() as session:
        return find_going_up(session, person, narrowing, TODAY)


def test_what_waits_is_counted_by_urgency_and_reason(book: Book) -> None:
    """Neither sent nor settled. An opinion with two reasons is in both counts."""
    assert book.sent
    for person, narrowing in cases(book):
        found = going(book.store, person, narrowing)
        waiting = [
            one
            for one in book.meant(person, narrowing)
            if one.escalate and one.id not in book.sent and one.status in OWED
        ]
        assert found.waiting == len(waiting)
        assert dict(found.by_urgency) == Counter(one.urgency or "none" for one in waiting)
        assert dict(found.by_code) == Counter(code for one in waiting for code in set(one.codes))
        assert len(found.lines) == min(SHOWN, len(waiting))
        assert {line.id for line in found.lines} <= {one.id for one in waiting}


def test_the_most_urgent_is_first_and_of_one_urgency_the_newest(book: Book) -> None:
    """All of an urgency before the next; no less urgent one is told while a more urgent one is not."""
    urgencies = set()
    for person, narrowing in cases(book):
        found = going(book.store, person, narrowing)
        urgencies |= {line.urgency for line in found.lines}
        keys = [(URGENCIES.index(line.urgency or ""), -(line.held_on or date.min).toordinal()) for line in found.lines]
        assert keys == sorted(keys)
        told = Counter(line.urgency for line in found.lines)
        counts = dict(found.by_urgency)
        for at, urgency in enumerate(URGENCIES):
            if any(told[later] for later in URGENCIES[at + 1 :]):
                assert told[urgency] == counts.get(urgency, 0)
    assert len(urgencies) > 1, "or there is no order to see"


def test_somebody_who_may_not_read_opinions_gets_numbers_alone(book: Book) -> None:
    """No words, the same counts."""
    auditor = Person(1, "gs", "GS", frozenset({"auditor"}), everywhere=True)
    found = going(book.store, auditor, Narrowing())
    assert found.lines == ()
    assert found.waiting == going(book.store, book.leader(), Narrowing()).waiting > 0


@pytest.mark.parametrize(
    ("urgency", "held", "days", "by"),
    [
        ("immediate", date(2026, 11, 13), 10, date(2026, 11, 14)),
        ("soon", date(2026, 11, 13), 10, date(2026, 11, 18)),
        ("with_conclusion", date(2026, 11, 13), 10, date(2026, 11, 23)),
        ("with_conclusion", date(2026, 11, 13), None, None),
        ("periodic", date(2026, 11, 13), 10, None),
        (None, date(2026, 11, 13), 10, None),
        ("immediate", None, 10, None),
    ],
)
def test_the_day_to_report_by_follows_the_urgency(
    urgency: str | None, held: date | None, days: int | None, by: date | None
) -> None:
    """A day, three working days, the conclusion's days; the periodic report has none of its own."""
    assert report_by(urgency, held, days) == by


def test_the_words_of_the_reasons_are_marked(sqlite_store: Store) -> None:
    """Those still held, in the covered text; a reason that a person took away marks nothing."""
    store = sqlite_store
    book = make_book(store, 3, 60)
    text = "Bà ▇▇▇ nói cống đầu thôn sắp sập, đã kiến nghị nhiều lần mà chưa ai xuống xem."
    first = going(store, book.leader(), Narrowing()).lines[0].id
    danger, prolonged = text.index("sắp sập"), text.index("nhiều lần")
    reasons = [
        {"code": "danger", "span": [danger, danger + 7]},
        {"code": "prolonged", "span": [prolonged, prolonged + 9]},
        {"code": "hotspot", "span": [0, 2]},
        {"code": "danger", "span": [500, 900]},
    ]
    with store.begin() as session:
        opinion = session.get_one(Opinion, first)
        opinion.text, opinion.codes, opinion.level = text, ["danger", "prolonged"], "province"
        to = {"level": "province", "body": {"id": "xay_dung_gt", "label": "Sở Xây dựng"}}
        session.get_one(Assessed, first).answer = {
            "jurisdiction": {"level": {"id": "province"}},
            "escalation": {"reasons": reasons, "to": to},
        }
    (line,) = (each for each in going(store, book.leader(), Narrowing()).lines if each.id == first)
    assert [piece.text for piece in line.words if piece.marked] == ["sắp sập", "nhiều lần"]
    assert "".join(piece.text for piece in line.words) == text
    assert line.to == "Sở Xây dựng"
    with store.begin() as session:
        session.get_one(Opinion, first).level = "central"
    (line,) = (each for each in going(store, book.leader(), Narrowing()).lines if each.id == first)
    assert line.to == "", "the model's addressee goes with the model's level"
