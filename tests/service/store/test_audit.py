"""The audit log: one chain, also when many write; every change of it is seen; it holds no person's data."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import text

from tests.service.conftest import APerson
from ydan_service.store import audit
from ydan_service.store.errors import AuditError
from ydan_service.store.store import Store


def write(store: Store, count: int) -> None:
    """So many lines, one a transaction."""
    for number in range(count):
        with store.begin() as session:
            audit.record(session, None, "opinion.decide", "opinion", number, field="topic", value="giao_thong")


def verify(store: Store, head: str | None = None) -> audit.Verdict:
    """What is found."""
    with store.read() as session:
        return audit.verify(session, head)


def tamper(store: Store, *statements: str) -> None:
    """As somebody with the database's own rights does it: the triggers are taken away first."""
    triggers = ("no_update", "no_delete") if store.engine.dialect.name == "sqlite" else ("no_change",)
    on = "" if store.engine.dialect.name == "sqlite" else " ON audit_event"
    with store.engine.begin() as connection:
        for name in triggers:
            connection.execute(text(f"DROP TRIGGER audit_event_{name}{on}"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_log_that_nobody_touched_holds(store: Store, a_person: APerson) -> None:
    """Also an empty one; a line says who, what and when, with detail as JSON keeps it."""
    assert verify(store).broken is None
    person = a_person("secretary")
    with store.begin() as session:
        detail: dict[str, Any] = {"ids": (1, 2), "share": 0.1, "of": {1: None, "đ": True}}
        audit.record(session, person, "meeting.upload", "meeting", 7, **detail)
    write(store, 4)
    verdict = verify(store)
    assert (verdict.count, verdict.broken, verdict.why) == (5, None, "")


def test_many_writers_make_one_chain(store: Store) -> None:
    """No two lines after the same one, none lost."""
    threads = [threading.Thread(target=write, args=(store, 6)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    verdict = verify(store)
    assert (verdict.count, verdict.broken) == (36, None)


@pytest.mark.parametrize(
    ("change", "broken", "why"),
    [
        ("UPDATE audit_event SET username = 'lan' WHERE id = 3", 3, "hash"),
        ("UPDATE audit_event SET detail = '{}' WHERE id = 3", 3, "hash"),
        ("UPDATE audit_event SET at = '2020-01-01 00:00:00' WHERE id = 5", 5, "hash"),
        ("UPDATE audit_event SET account_id = 1 WHERE id = 1", 1, "hash"),
        ("UPDATE audit_event SET previous_hash = hash WHERE id = 4", 4, "link"),
        ("DELETE FROM audit_event WHERE id = 2", 3, "gap"),
        ("DELETE FROM audit_event WHERE id = 1", 2, "gap"),
        ("INSERT INTO audit_event SELECT 6, at, account_id, username, action, subject, subject_id, detail, "
         "previous_hash, 'x' FROM audit_event WHERE id = 5", 6, "link"),
    ],
)  # fmt: skip
def test_tampering_shows(store: Store, change: str, broken: int, why: str) -> None:
    """At the line, and what is wrong with it."""
    write(store, 5)
    tamper(store, change)
    verdict = verify(store)
    assert (verdict.broken, verdict.why) == (broken, why)


def test_a_line_whose_number_was_given_to_another_shows(store: Store) -> None:
    """Deleting a line and closing the gap breaks the next one's link."""
    write(store, 5)
    tamper(store, "DELETE FROM audit_event WHERE id = 3", "UPDATE audit_event SET id = id - 1 WHERE id = 4",
           "UPDATE audit_event SET id = id - 1 WHERE id = 5")  # fmt: skip
    assert (verify(store).broken, verify(store).why) == (3, "link")


def test_a_line_that_cannot_be_read_shows(sqlite_store: Store) -> None:
    """SQLite keeps anything in any column."""
    write(sqlite_store, 3)
    tamper(sqlite_store, "UPDATE audit_event SET detail = 'no json' WHERE id = 2")
    assert (verify(sqlite_store).broken, verify(sqlite_store).why) == (2, "hash")


def test_a_cut_end_shows_to_who_noted_the_head(store: Store) -> None:
    """A chain alone cannot tell; the number noted down can."""
    write(store, 5)
    noted = verify(store).head
    assert verify(store, noted).broken is None
    tamper(store, "DELETE FROM audit_event WHERE id > 3")
    assert verify(store).broken is None
    assert (verify(store, noted).broken, verify(store, noted).why) == (4, "end")


def test_a_log_that_grew_holds_against_an_older_head(store: Store) -> None:
    """And one that was written anew does not."""
    write(store, 3)
    noted = verify(store).head
    write(store, 3)
    assert verify(store, noted).broken is None
    count, _, hash_ = noted.partition(":")
    other = verify(store, f"{count}:{'0' * len(hash_)}")
    assert (other.broken, other.why) == (3, "hash")


@pytest.mark.parametrize("head", ["", "3", "x:" + "0" * 64, "3:abc", "²:" + "0" * 64])
def test_a_head_of_another_form_is_refused(sqlite_store: Store, head: str) -> None:
    """It is copied by hand."""
    with pytest.raises(AuditError, match="SỐ-DÒNG"):
        verify(sqlite_store, head)


@pytest.mark.parametrize(
    "detail",
    [{"text": "x" * 301}, {"a": {"b": ["x" * 301]}}, {"a": {"x" * 301: 1}}, {"ids": list(range(9000))},
     {"a": float("nan")}, {"a": object()}, {"a": "\0"}, {"a": "\ud800"}],
)  # fmt: skip
def test_words_of_people_do_not_fit_in(sqlite_store: Store, detail: dict[str, Any]) -> None:
    """Long values, and what is not JSON; nothing is written then."""
    with pytest.raises(AuditError), sqlite_store.begin() as session:
        audit.record(session, None, "a", "b", 1, **detail)
    assert verify(sqlite_store).count == 0


def test_a_line_in_a_reading_session_is_refused(store: Store) -> None:
    """It would be thrown away in silence: a look at a confidential opinion would leave no trace."""
    with pytest.raises(AuditError, match=r"Store\.begin"), store.read() as session:
        audit.record(session, None, "opinion.look", "opinion", 1)


def test_what_is_undone_leaves_no_line(store: Store) -> None:
    """And no gap."""
    write(store, 1)

    def broken_off() -> None:
        with store.begin() as session:
            audit.record(session, None, "a", "b", 1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    write(store, 1)
    assert (verify(store).count, verify(store).broken) == (2, None)
