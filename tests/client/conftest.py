"""A server with a store and a caller, shared by the tests of the client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.service.conftest import KEY, sqlite_template  # noqa: F401
from tests.serving import running
from ydan.predictor import Predictor
from ydan_client import Client
from ydan_service.app import create_app
from ydan_service.programs import callers
from ydan_service.settings import Settings
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.migrate import upgrade
from ydan_service.store.store import Store
from ydan_service.store.tables import SCOPES


@dataclass(frozen=True)
class Served:
    """Where the server is, and who may call."""

    url: str
    store: Store
    client_id: str
    key: str = field(repr=False)
    secret: str = field(repr=False)


@pytest.fixture(scope="session")
def served(predictor: Predictor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "data"
    folder.mkdir(mode=0o700)
    url = sqlite_url(folder / "ydan.db")
    store = Store(open_engine(url), KeyRing.random())
    upgrade(store.engine)
    with store.begin() as session:
        made = callers.add(session, None, "Cổng thử", SCOPES)
        secret = callers.renew(session, None, "Cổng thử", kind="client_secret").secret
        client_id = made.caller.client_id
    settings = Settings(serve_pages=False, database_url=url, api_key=KEY, data_dir=folder)
    with running(create_app(settings, predictor, store)) as address:
        yield Served(address, store, client_id, made.secret, secret)
    store.engine.dispose()


@pytest.fixture
def client(served: Served) -> Iterator[Client]:
    """A client with the caller's key."""
    with Client(served.url, key=served.key) as found:
        yield found
