"""A database that nobody has used yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.service.conftest import an_empty_postgresql
from ydan_service.store.engine import open_engine, sqlite_url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a table."""
    if request.param == "sqlite":
        engine = open_engine(sqlite_url(tmp_path / "empty" / "ydan.db"))
        yield engine
        engine.dispose()
        return
    with an_empty_postgresql(request.getfixturevalue("postgresql_url")) as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()
