"""One-time links, in both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.service.conftest import APerson
from ydan_service.accounts import first_start, links, manage
from ydan_service.accounts.enter import Browser
from ydan_service.accounts.tokens import hashed
from ydan_service.errors import Conflict, NotFound
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, Commune, OneTimeLink, now

HERE = Browser("10.0.0.1")
GOOD = "con trâu đi trước cái cày"


def first(username: str = "lan") -> first_start.First:
    return first_start.First("Lan", username, GOOD, GOOD, f"Tân {username}", "xã", "31")


def token_of(store: Store) -> str:
    with store.begin() as session:
        return first_start.issue_link(session, "http://127.0.0.1:8000/").rpartition("/")[2]


def test_a_link_is_kept_as_its_hash_for_a_day(store: Store) -> None:
    """And leads to this server."""
    with store.begin() as session:
        url = first_start.issue_link(session, "http://127.0.0.1:8000/")
        row = session.scalars(select(OneTimeLink)).one()
        assert url.startswith("http://127.0.0.1:8000/start/")
        assert row.token_hash == hashed(url.rpartition("/")[2])
        assert timedelta(hours=23) < row.expires_at - now() <= links.HOLDS == timedelta(hours=24)


def test_of_many_who_use_one_link_at_once_one_is_in(store: Store) -> None:
    """The others find it used; there is one account and one commune."""
    token = token_of(store)

    def use(number: int) -> bool:
        try:
            with store.begin() as session:
                first_start.set_up(session, token, first(f"lan{number}"), HERE)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(use, range(6))) == [False] * 5 + [True]
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1
        assert session.scalar(select(func.count()).select_from(Commune)) == 1


def test_a_link_that_is_a_day_old_opens_nothing(store: Store) -> None:
    """Whatever it was for."""
    token = token_of(store)
    with store.begin() as session:
        session.execute(update(OneTimeLink).values(expires_at=now()))
    with store.begin() as session, pytest.raises(NotFound, match="quá 24 giờ"):
        first_start.set_up(session, token, first(), HERE)


def test_a_link_is_good_for_its_own_purpose_alone(the_store: Store, a_person: APerson) -> None:
    """An invitation sets no office up; a first link chooses nobody's password."""
    token = token_of(the_store)
    with the_store.begin() as session, pytest.raises(NotFound):
        first_start.choose_password(session, token, GOOD, GOOD, HERE)
    someone = a_person("secretary")
    with the_store.begin() as session:
        invited = links.issue(session, "", links.PASSWORD, someone.id).rpartition("/")[2]
    with the_store.begin() as session, pytest.raises(NotFound):
        first_start.set_up(session, invited, first(), HERE)
    with the_store.begin() as session, pytest.raises(NotFound):
        first_start.set_up(session, token, first(), HERE)


def test_an_office_with_somebody_in_it_has_no_first_link(the_store: Store, a_person: APerson) -> None:
    """The message says what to do instead."""
    a_person("secretary")
    with the_store.begin() as session, pytest.raises(Conflict, match="ydan-serve link"):
        first_start.issue_link(session, "")


def test_a_closed_account_has_no_link(the_store: Store, a_person: APerson) -> None:
    """Not a new one, and the one it had opens nothing."""
    someone, admin = a_person("secretary", username="lan"), a_person("administrator", everywhere=True)
    with the_store.begin() as session:
        token = manage.invite(session, admin, someone.id, "").rpartition("/")[2]
        manage.disable_account(session, admin, someone.id)
    with the_store.begin() as session, pytest.raises(NotFound):
        first_start.choose_password(session, token, GOOD, GOOD, HERE)
    with the_store.begin() as session, pytest.raises(Conflict):
        manage.invite(session, admin, someone.id, "")
    with the_store.begin() as session, pytest.raises(NotFound, match="Không có tài khoản"):
        first_start.issue_password_link(session, "lan", "")
