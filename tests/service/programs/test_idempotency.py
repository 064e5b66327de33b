"""One key, one piece of work: among threads, processes, after a crash; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from ydan_service.programs import idempotency
from ydan_service.programs.idempotency import SILENT, Claim, Kept, Lost, Reused, Running
from ydan_service.store.engine import open_engine
from ydan_service.store.store import Store
from ydan_service.store.tables import IdempotentRequest, ProgramData, now

ANSWER = Kept(201, {"content-type": "application/json"}, '{"lời": "của dân"}'.encode())


def claimed(store: Store, caller: str = "1", key: str = "k", print_: str = "f") -> Claim:
    found = idempotency.begin(store, caller, key, print_)
    assert isinstance(found, Claim)
    return found


def finished(store: Store, claim: Claim, answer: Kept = ANSWER) -> bool:
    """Whether the answer was kept."""
    try:
        with store.begin() as session:
            idempotency.finish(session, store.keys, claim, answer)
    except Lost:
        return False
    return True


def silent_since(store: Store, age: timedelta) -> None:
    with store.begin() as session:
        session.execute(update(IdempotentRequest).values(created_at=now() - age))


def test_the_second_gets_what_the_first_got(store: Store) -> None:
    """Status, headers, body; the body is sealed."""
    first = claimed(store)
    assert isinstance(idempotency.begin(store, "1", "k", "f"), Running)
    assert finished(store, first, ANSWER)
    assert idempotency.begin(store, "1", "k", "f") == ANSWER
    with store.read() as session:
        assert "của dân".encode() not in session.scalars(select(ProgramData)).one().sealed


def test_a_key_is_that_of_one_caller_and_one_request(sqlite_store: Store) -> None:
    """Another's is free; the same with another body is refused, running or done."""
    first = claimed(sqlite_store)
    assert isinstance(idempotency.begin(sqlite_store, "1", "k", "other"), Reused)
    assert finished(sqlite_store, first, ANSWER)
    assert isinstance(idempotency.begin(sqlite_store, "1", "k", "other"), Reused)
    claimed(sqlite_store, caller="2", print_="other")
    claimed(sqlite_store, caller="")


def test_a_failed_one_leaves_the_key_free(sqlite_store: Store) -> None:
    """Also for another body: nothing was done."""
    idempotency.give_up(sqlite_store, claimed(sqlite_store))
    claimed(sqlite_store, print_="other")


def test_one_that_died_is_taken_over_by_one(store: Store) -> None:
    """Only once it has been silent for half a minute; what it says after that is not kept."""
    dead = claimed(store)
    assert isinstance(idempotency.begin(store, "1", "k", "f"), Running)
    silent_since(store, SILENT + timedelta(seconds=1))
    heir = idempotency.begin(store, "1", "k", "f")
    assert isinstance(heir, Claim)
    assert isinstance(idempotency.begin(store, "1", "k", "f"), Running)
    assert not idempotency.renew(store, dead)
    assert not finished(store, dead, Kept(200, {}, b"late"))
    idempotency.give_up(store, dead)
    assert finished(store, heir, ANSWER)
    assert idempotency.begin(store, "1", "k", "f") == ANSWER


def test_one_that_shows_that_it_works_is_not_taken_over(store: Store) -> None:
    """However long it takes."""
    slow = claimed(store)
    silent_since(store, SILENT - timedelta(seconds=5))
    with store.read() as session:
        slow.touched = session.scalars(select(IdempotentRequest.created_at)).one()
    assert idempotency.renew(store, slow)
    assert isinstance(idempotency.begin(store, "1", "k", "f"), Running)
    assert finished(store, slow, ANSWER)


@pytest.mark.parametrize("died", [False, True])
def test_of_many_replicas_at_once_one_does_the_work(store: Store, died: bool) -> None:
    """Each with an engine of its own, as processes have; also where they race for what a dead one left."""
    if died:
        claimed(store)
        silent_since(store, SILENT * 2)
    url = store.engine.url.render_as_string(hide_password=False)
    replicas = [Store(open_engine(url), store.keys) for _ in range(8)]
    barrier = Barrier(len(replicas))

    def racing(replica: Store) -> object:
        barrier.wait()
        return idempotency.begin(replica, "1", "k", "f")

    with ThreadPoolExecutor(len(replicas)) as pool:
        found = list(pool.map(racing, replicas))
    for replica in replicas:
        replica.engine.dispose()
    assert sum(isinstance(each, Claim) for each in found) == 1
    assert sum(isinstance(each, Running) for each in found) == len(replicas) - 1


def test_after_a_day_an_answer_is_forgotten(store: Store) -> None:
    """With its sealed body; the key is free again, and others are cleared away by the way."""
    for key in "kl":
        finished(store, claimed(store, key=key), ANSWER)
    with store.begin() as session:
        session.execute(update(IdempotentRequest).values(expires_at=now()))
    claimed(store)
    with store.read() as session:
        assert session.scalars(select(IdempotentRequest.key)).all() == ["k"]
        assert session.scalar(select(func.count()).select_from(ProgramData)) == 0


def test_cleaning_up_takes_all_that_expired_and_no_more(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also more than are taken at once."""
    monkeypatch.setattr(idempotency, "_AT_ONCE", 5)
    for number in range(12):
        finished(sqlite_store, claimed(sqlite_store, key=str(number)), ANSWER)
    with sqlite_store.begin() as session:
        session.execute(update(IdempotentRequest).values(expires_at=now()))
    claimed(sqlite_store, key="new")
    idempotency.forget_expired(sqlite_store)
    with sqlite_store.read() as session:
        assert session.scalars(select(IdempotentRequest.key)).all() == ["new"]
        assert session.scalar(select(func.count()).select_from(ProgramData)) == 0
