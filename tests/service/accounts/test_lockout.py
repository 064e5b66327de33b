"""Waits after failures: they grow, hold for several processes and restarts, and tell nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.service.conftest import APerson
from ydan_service.accounts import enter, lockout, passwords
from ydan_service.accounts.enter import Browser
from ydan_service.errors import NotSignedIn, TooMany
from ydan_service.store.engine import open_engine
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, SignInFailure, now

GOOD = "con trâu đi trước cái cày"
HERE = Browser("10.0.0.1")


def waits(store: Store, name: str, times: int, at=None, address: str = "10.0.0.1") -> list[int]:  # type: ignore[no-untyped-def]
    at = at or now()
    return [lockout.begin(store, name, address, at).wait for _ in range(times)]


def test_five_failures_make_a_name_wait(store: Store) -> None:
    """A minute; another name goes on at once."""
    assert waits(store, "lan", 6) == [0, 0, 0, 0, 0, 61]
    assert waits(store, "hoa", 1) == [0]


def test_the_wait_grows_to_a_quarter_of_an_hour(store: Store) -> None:
    """Doubling; an attempt during the wait does not make it longer."""
    at = now()
    waits(store, "lan", 4, at)
    found = []
    for _ in range(6):
        assert lockout.begin(store, "lan", "10.0.0.1", at).wait == 0
        wait = lockout.begin(store, "lan", "10.0.0.1", at).wait
        assert lockout.begin(store, "lan", "10.0.0.1", at + timedelta(seconds=10)).wait == wait - 10
        found.append((wait - 1) // 60)
        at += timedelta(seconds=wait)
    assert found == [1, 2, 4, 8, 15, 15]


def test_a_wait_holds_after_a_restart(store: Store) -> None:
    """It is in the database: another process knows it too."""
    waits(store, "lan", 5)
    again = Store(open_engine(store.engine.url.render_as_string(hide_password=False)), store.keys)
    assert waits(again, "lan", 1)[0] > 50
    again.engine.dispose()


def test_failures_are_forgotten_after_a_day(store: Store) -> None:
    """And their rows go, so that the table does not grow for ever."""
    at = now()
    for each in range(20):
        lockout.begin(store, f"ten-{each}", "10.0.0.1", at - timedelta(hours=25))
    waits(store, "lan", 4, at - timedelta(hours=25))
    assert waits(store, "lan", 5, at) == [0] * 5
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(SignInFailure)) == 2


def test_one_address_cannot_try_every_name(store: Store) -> None:
    """After fifty failures it has to wait, whatever the names; another address does not."""
    at = now()
    found = [lockout.begin(store, f"ten-{each}", "10.0.0.1", at).wait for each in range(lockout.FREE_BY_ADDRESS + 1)]
    assert (set(found[:-1]), found[-1] > 0) == ({0}, True)
    assert lockout.begin(store, "lan", "10.0.0.2", at).wait == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_of_ipv6_a_household_counts_as_one(one: str, other: str, same: bool) -> None:
    """It has as many addresses as it likes."""
    assert (lockout.address_key(one) == lockout.address_key(other)) == same


def test_many_attempts_at_once_are_no_way_around(store: Store) -> None:
    """Each counts before its password is looked at: of twenty at once, five are tried."""
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda _: lockout.begin(store, "lan", "10.0.0.1", now()).wait, range(20)))
    assert found.count(0) == lockout.FREE_BY_NAME


def test_a_locked_account_refuses_the_right_password_too(the_store: Store, a_person: APerson) -> None:
    """In the same words, with the wait; a name that nobody has locks alike. The log says so."""
    a_person("secretary", username="lan", password_hash=passwords.hash_password(GOOD))
    said = {}
    for name in ("lan", "khong.co"):
        for _ in range(4):
            with pytest.raises(NotSignedIn):
                enter.sign_in(the_store, name, "sai mật khẩu", HERE)
        with pytest.raises(TooMany):
            enter.sign_in(the_store, name, "sai mật khẩu", HERE)
        with pytest.raises(TooMany) as caught:
            enter.sign_in(the_store, name, GOOD, HERE)
        said[name] = str(caught.value)
        assert 0 < caught.value.retry_after <= 61
    assert said["lan"] == said["khong.co"]
    assert said["lan"].startswith(enter.WRONG)
    with the_store.read() as session:
        actions = session.scalars(select(AuditEvent.action)).all()
    assert actions.count("account.locked") == 2
    assert actions.count("account.sign_in_failed") == 10


def test_a_success_forgets_the_failures(the_store: Store, a_person: APerson) -> None:
    """Of the name; and does not count against the address, which a whole office shares."""
    a_person("secretary", username="lan", password_hash=passwords.hash_password(GOOD))
    for _ in range(2):
        for _ in range(4):
            lockout.begin(the_store, "lan", HERE.address, now())
        assert enter.sign_in(the_store, "lan", GOOD, HERE).token
    with the_store.read() as session:
        rows = session.execute(select(SignInFailure.key, SignInFailure.count)).all()
    assert [tuple(row) for row in rows] == [(lockout.address_key(HERE.address), 8)]
