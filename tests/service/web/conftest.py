"""The pages of one app over its store, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.service.conftest import APerson
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.accounts import passwords, sessions
from ydan_service.app import create_app
from ydan_service.person import Person
from ydan_service.settings import Settings
from ydan_service.store.store import Store


class OfficeClient(TestClient):
    """A browser of one person: ``person`` is who is signed in, ``csrf`` the token (already in the header)."""

    person: Person
    csrf: str


SignedIn = Callable[..., OfficeClient]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes of one round: what they cost is tested in ``tests/service/accounts/test_passwords.py``."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("ydan_service.accounts.passwords._HASHER", quick)
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def office_app(the_store: Store, predictor: Predictor, minutes_reader: MinutesReader) -> FastAPI:
    """The app with its pages, over the test's store."""
    app = create_app(Settings(), predictor, the_store)
    app.state.minutes_reader = minutes_reader
    return app


@pytest.fixture
def browser_of(office_app: FastAPI) -> Callable[[], TestClient]:
    """``browser_of()``: a browser of nobody; redirects are not followed."""
    return lambda: TestClient(office_app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(office_app: FastAPI, the_store: Store, a_person: APerson) -> SignedIn:
    """``client("secretary", communes=[3])``: a browser signed in as a fresh account; ``everywhere`` if no communes.

    ``client(person=someone)`` signs in an account that is there. Redirects are not followed.
    """

    def signing_in(
        *roles: str,
        communes: Sequence[int] = (),
        everywhere: bool | None = None,
        person: Person | None = None,
        **values: object,
    ) -> OfficeClient:
        someone = person or a_person(
            *roles, communes=communes, everywhere=not communes if everywhere is None else everywhere, **values
        )
        with the_store.begin() as session:
            started = sessions.start(session, someone.id, "Trình duyệt thử")
        found = OfficeClient(
            office_app, headers={"X-CSRF-Token": started.csrf_token}, raise_server_exceptions=False,
            follow_redirects=False,
        )  # fmt: skip
        found.cookies.set(sessions.cookie_name(secure=False), started.token)
        found.person, found.csrf = someone, started.csrf_token
        return found

    return signing_in
