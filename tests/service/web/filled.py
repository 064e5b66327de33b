"""A filled store, filled once and copied for every test of a module that imports both fixtures."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from tests.service.filling import Filled, fill
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.web.clock import today


@pytest.fixture(scope="module")
def filled_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filled]:
    """A database with two communes, twelve sessions up to today, 200 opinions; nothing in it is sealed."""
    file = tmp_path_factory.mktemp("filled") / "filled.db"
    shutil.copy(sqlite_template, file)
    store = Store(open_engine(sqlite_url(file)), KeyRing.random())
    with store.begin() as session:
        filled = fill(session, Random(3), today(), communes=2, sessions=12, opinions=200)
    store.engine.dispose()
    return file, filled


@pytest.fixture
def filled(filled_file: tuple[Path, Filled], sqlite_store: Store) -> Filled:
    """What is in the test's store now."""
    url = sqlite_store.engine.url.database
    assert url is not None
    sqlite_store.engine.dispose()
    for rest in Path(url).parent.glob(Path(url).name + "-*"):
        rest.unlink()
    shutil.copy(filled_file[0], url)
    return filled_file[1]
