"""Keys are asked of the database once in a few seconds; what is revoked stops within that time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.service.programs.test_callers import PORTAL, add
from ydan_service.programs import callers, keys, recognise
from ydan_service.programs.recognise import Recognition
from ydan_service.store.engine import open_engine
from ydan_service.store.store import Store


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The questions that the database gets meanwhile."""
    asked: list[str] = []

    def noting(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", noting)
    yield asked
    event.remove(store.engine, "before_cursor_execute", noting)


def test_the_database_is_asked_once_and_not_with_every_call(store: Store) -> None:
    """For keys that work and for those that do not; whatever cannot be one of ours is never asked about."""
    recognition, secret = Recognition(store), add(store).secret
    invented = keys.new_secret("key")
    recognition.recognise(secret)
    assert recognition.recognise(invented) is None
    with statements(store) as asked:
        for _ in range(100):
            assert recognition.recognise(secret) is not None
            assert recognition.recognise(invented) is None
            assert recognition.recognise("mot-khoa-cua-may-khac") is None
            recognition.any()
            recognition.any()
    assert len(asked) <= 2  # whether there is any caller: one look, and BEGIN


def test_a_revoked_key_stops_when_what_is_remembered_is_over(sqlite_store: Store) -> None:
    """Here after a fifth of a second, as shipped after five."""
    assert recognise.REMEMBERED <= 5
    recognition, secret = Recognition(sqlite_store, remembered=0.2), add(sqlite_store).secret
    assert recognition.recognise(secret) is not None
    with sqlite_store.begin() as session:
        callers.revoke(session, None, secret)
    assert recognition.recognise(secret) is not None
    time.sleep(0.25)
    assert recognition.recognise(secret) is None


def test_a_new_caller_is_known_when_what_is_remembered_is_over(sqlite_store: Store) -> None:
    """From then on loopback asks for a key."""
    recognition = Recognition(sqlite_store, remembered=0.2)
    assert not recognition.any()
    add(sqlite_store)
    assert not recognition.any()
    time.sleep(0.25)
    assert recognition.any()


def test_a_key_is_not_remembered_beyond_its_own_end(sqlite_store: Store) -> None:
    """However long answers are remembered."""
    recognition, made = Recognition(sqlite_store, remembered=60), add(sqlite_store, valid=timedelta(seconds=0.3))
    assert recognition.recognise(made.secret) is not None
    time.sleep(0.35)
    assert recognition.recognise(made.secret) is None


def test_a_stream_of_invented_keys_fills_no_memory(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are forgotten; a real one is found again."""
    monkeypatch.setattr(recognise, "MOST", 10)
    recognition, secret = Recognition(sqlite_store), add(sqlite_store).secret
    recognition.recognise(secret)
    for _ in range(50):
        recognition.recognise(keys.new_secret("key"))
    assert len(recognition._noted) == 10
    assert recognition.recognise(secret) is not None


def test_while_the_database_is_away_those_known_before_are_let_in(sqlite_store: Store) -> None:
    """For some minutes; strangers are not, and nobody is once a key has ended."""
    recognition = Recognition(sqlite_store, remembered=0.05)
    known, ending = add(sqlite_store).secret, add(sqlite_store, "Hệ thống khác", valid=timedelta(seconds=0.3)).secret
    recognition.any()
    recognition.recognise(known)
    recognition.recognise(ending)
    recognition._store = Store(open_engine("postgresql://ydan@127.0.0.1:1/ydan?connect_timeout=1"), sqlite_store.keys)
    time.sleep(0.4)
    assert recognition.any()
    found = recognition.recognise(known)
    assert found is not None
    assert found.name == PORTAL
    for secret in (ending, keys.new_secret("key")):
        with pytest.raises(OperationalError):
            recognition.recognise(secret)
    recognition._noted[keys.hashed(known)] = recognise._Noted(found, time.monotonic() - 301, 0, float("inf"))
    with pytest.raises(OperationalError):
        recognition.recognise(known)


def test_many_threads_at_once_get_the_same_answer(store: Store) -> None:
    """And the last use is one write."""
    recognition, secret = Recognition(store), add(store).secret
    with statements(store) as asked, ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: recognition.recognise(secret), range(200)))
    assert {each.name for each in found if each is not None} == {PORTAL}
    assert None not in found
    assert len([each for each in asked if each.startswith("SELECT")]) <= 16
