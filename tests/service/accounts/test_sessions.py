"""Sessions in the server's keeping: how long they hold, what is kept of them, what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from tests.service.conftest import ACommune, APerson
from ydan_service.accounts import sessions
from ydan_service.accounts.tokens import hashed, new_token, same
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, SignIn, now


@pytest.fixture
def token(the_store: Store, a_person: APerson, a_commune: ACommune) -> str:
    """Of somebody with two roles and two communes."""
    communes = [a_commune("Tân Lập").id, a_commune("Tân Phú").id]
    person = a_person("secretary", "leader", communes=communes, username="lan")
    with the_store.begin() as session:
        return sessions.start(session, person.id, "Firefox").token


def change(store: Store, **values: object) -> None:
    with store.begin() as session:
        session.execute(update(SignIn).values(**values))


def test_the_database_has_no_token(the_store: Store, token: str) -> None:
    """Whoever reads it cannot sign in with what it holds."""
    with the_store.read() as session:
        row = session.scalars(select(SignIn)).one()
        assert row.token_hash == hashed(token)
        assert token not in str(vars(row))
    assert len({new_token() for _ in range(100)}) == 100
    assert len(token) == 43


def test_a_person_is_one_query(the_store: Store, token: str) -> None:
    """With every role and commune."""
    asked: list[str] = []
    event.listen(the_store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    person = sessions.recognise(the_store, token)
    assert person is not None
    assert (person.username, person.roles, len(person.communes)) == ("lan", {"secretary", "leader"}, 2)
    assert len([each for each in asked if each.startswith("SELECT")]) == 1
    assert not [each for each in asked if each.startswith(("UPDATE", "INSERT"))]


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"seen_at": now() - timedelta(hours=7)}, True),
        ({"seen_at": now() - timedelta(hours=8, minutes=1)}, False),
        ({"expires_at": now() - timedelta(seconds=1)}, False),
        ({"token_hash": hashed("another")}, False),
    ],
)
def test_a_session_ends_after_a_days_work_and_after_a_week(
    the_store: Store, token: str, values: dict[str, object], holds: bool
) -> None:
    """Eight hours without a request, or seven days in any case."""
    change(the_store, **values)
    assert (sessions.recognise(the_store, token) is not None) is holds


def test_a_week_is_the_end_even_for_the_busy(the_store: Store, token: str) -> None:
    """Requests do not move the end."""
    with the_store.read() as session:
        before = session.scalar(select(SignIn.expires_at))
    change(the_store, seen_at=now() - timedelta(minutes=5))
    sessions.recognise(the_store, token)
    with the_store.read() as session:
        assert session.scalar(select(SignIn.expires_at)) == before
    assert before is not None
    assert timedelta(days=6, hours=23) < before - now() <= timedelta(days=7)


@pytest.mark.parametrize(("ago", "written"), [(50, False), (61, True)])
def test_being_seen_is_written_once_a_minute(the_store: Store, token: str, ago: int, written: bool) -> None:
    """A page that asks every three seconds writes nothing."""
    then = now() - timedelta(seconds=ago)
    change(the_store, seen_at=then)
    sessions.recognise(the_store, token)
    with the_store.read() as session:
        assert (session.scalar(select(SignIn.seen_at)) != then) is written


def test_an_account_without_known_roles_may_nothing(the_store: Store, token: str) -> None:
    """A role that the program no longer knows gives no right and breaks nothing."""
    with the_store.begin() as session:
        session.execute(update(Account).values(roles=["king", "secretary"]))
    person = sessions.recognise(the_store, token)
    assert person is not None
    assert person.roles == {"secretary"}


def test_what_is_over_is_swept_at_the_next_sign_in(the_store: Store, token: str) -> None:
    """Nothing else has to."""
    change(the_store, expires_at=now() - timedelta(days=1))
    with the_store.begin() as session:
        account = session.scalars(select(Account)).one()
        sessions.start(session, account.id)
        assert len(session.scalars(select(SignIn)).all()) == 1


@pytest.mark.parametrize(
    ("given", "wanted", "equal"),
    [("a", "a", True), ("a", "b", False), ("", "", False), ("ờ", "a", False), ("\ud83c", "a", False)],
)
def test_nothing_equals_an_empty_token(given: str, wanted: str, equal: bool) -> None:
    """Whoever is not signed in has one."""
    assert same(given, wanted) is equal
