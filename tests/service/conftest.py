"""The app with its own settings over Starlette's test client; stores in SQLite and PostgreSQL; communes and persons."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.service import postgresql
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.person import Person
from ydan_service.settings import Settings
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.migrate import upgrade
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, Commune, Village

Serve = Callable[..., TestClient]
ACommune = Callable[..., Commune]
APerson = Callable[..., Person]
KEY = "mot-khoa-du-dai-de-thu"
GOOD = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"


@pytest.fixture
def serve(predictor: Predictor) -> Serve:
    """``serve(most_opinions=2)``: a client of an app with these settings; errors of the app come as answers.

    ``serve(store)`` gives it a store, without pages.
    """

    def serving(store: Store | None = None, **settings: object) -> TestClient:
        if store is not None:
            settings.setdefault("serve_pages", False)
            settings.setdefault("database_url", store.engine.url.render_as_string(hide_password=False))
        app = create_app(Settings(**settings), predictor, store=store)  # type: ignore[arg-type]
        return TestClient(app, raise_server_exceptions=False)

    return serving


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """An app on loopback with the defaults."""
    return serve()


@pytest.fixture(scope="session")
def minutes_reader(predictor: Predictor) -> MinutesReader:
    """The reader that ships."""
    return MinutesReader.load(predictor.bundle)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """``postgresql_url.format(database=…)`` of a server of our own, with every table in database ``ydan_template``."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgresql.server())
        except postgresql.NotHere as reason:
            pytest.skip(str(reason))
        _execute(url, "CREATE DATABASE ydan_template")
        engine = open_engine(url.format(database="ydan_template"))
        upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table and no row, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = open_engine(sqlite_url(file))
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def keys() -> KeyRing:
    """A ring with one key."""
    return KeyRing.random()


@pytest.fixture
def sqlite_start(sqlite_template: Path) -> Path:
    """The file that ``sqlite_store`` is a copy of: one without rows; a folder whose tests begin further on says so."""
    return sqlite_template


@pytest.fixture
def sqlite_store(tmp_path: Path, sqlite_start: Path, keys: KeyRing) -> Iterator[Store]:
    """A store in a SQLite file (``tmp_path / "data" / "ydan.db"``), empty but where the folder has its own start."""
    file = tmp_path / "data" / "ydan.db"
    file.parent.mkdir(mode=0o700)
    shutil.copy(sqlite_start, file)
    store = Store(open_engine(sqlite_url(file)), keys)
    yield store
    store.engine.dispose()


@pytest.fixture
def postgresql_store(request: pytest.FixtureRequest, keys: KeyRing) -> Iterator[Store]:
    """An empty store in a PostgreSQL database of its own."""
    with an_empty_postgresql(request.getfixturevalue("postgresql_url"), "ydan_template") as url:
        store = Store(open_engine(url), keys)
        yield store
        store.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store, once in a SQLite file and once in PostgreSQL (skipped where there is none)."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture
def the_store(request: pytest.FixtureRequest) -> Store:
    """The ``store`` that the test asked for; else, so that it runs once, the ``sqlite_store``."""
    found: Store = request.getfixturevalue("store" if "store" in request.fixturenames else "sqlite_store")
    return found


@pytest.fixture
def a_commune(the_store: Store) -> ACommune:
    """``a_commune("Tân Lập", villages=["Thôn 1"])``: a commune in the test's store, with its villages."""

    def making(name: str = "Tân Lập", villages: Sequence[str] = (), **values: Any) -> Commune:
        with the_store.begin() as session:
            commune = Commune(name=name, villages=[Village(name=each) for each in villages], **values)
            session.add(commune)
        return commune

    return making


@pytest.fixture
def a_person(the_store: Store) -> APerson:
    """``a_person("secretary", communes=[commune.id])``: an account in the test's store, as the person of a request.

    ``everywhere=True`` instead of communes gives all of them; ``username`` and other columns may be given.
    """
    made = 0

    def making(*roles: str, everywhere: bool = False, communes: Sequence[int] = (), **values: Any) -> Person:
        nonlocal made
        made += 1
        values.setdefault("username", f"{roles[0] if roles else 'nobody'}{made}")
        values.setdefault("display_name", f"Người {made}")
        with the_store.begin() as session:
            account = Account(roles=list(roles), everywhere=everywhere, **values)
            account.communes = [session.get_one(Commune, id_) for id_ in communes]
            session.add(account)
        return Person(
            id=account.id,
            username=account.username,
            display_name=account.display_name,
            roles=frozenset(roles),
            everywhere=everywhere,
            communes=frozenset(communes),
        )

    return making


@contextmanager
def an_empty_postgresql(server: str, template: str = "template0") -> Iterator[str]:
    """The URL of a database of its own on the tests' server."""
    name = f"ydan_{secrets.token_hex(6)}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.format(database=name)
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url.format(database="postgres").replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)
