"""Opening the store: everything is made at the first start, and no key is made over sealed data."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tests.service.store import everything
from ydan_service.settings import Settings
from ydan_service.store import migrate, opening, personal
from ydan_service.store.errors import SealError
from ydan_service.store.keyfile import new_key_text


def test_the_first_start_makes_folder_tables_and_key(tmp_path: Path) -> None:
    """And the second one finds them."""
    settings = Settings(data_dir=tmp_path / "new" / "ydan")
    store = opening.open_store(settings)
    everything.fill(store)
    assert migrate.check(store.engine)
    if sys.platform != "win32":
        assert stat.S_IMODE((settings.data_dir / "khoa.json").stat().st_mode) == 0o600
    store.engine.dispose()
    again = opening.open_store(settings)
    with again.read() as session:
        assert personal.read(session, again.keys, "opinion", [1], "text") == {1: everything.WORDS}
    again.engine.dispose()


def test_no_new_key_is_made_over_sealed_data(tmp_path: Path) -> None:
    """A lost key file is said at the start, not when somebody opens a meeting; nor another key in its place."""
    settings = Settings(data_dir=tmp_path)
    store = opening.open_store(settings)
    everything.fill(store)
    store.engine.dispose()
    (tmp_path / "khoa.json").rename(tmp_path / "away.json")
    with pytest.raises(SealError, match="Không thấy tệp khóa"):
        opening.open_store(settings)
    assert not (tmp_path / "khoa.json").exists()
    with pytest.raises(SealError, match=f"{store.keys.newest}.*không có trong YDAN_KEYS"):
        opening.open_store(Settings(data_dir=tmp_path, keys=new_key_text()))
    other = opening.open_store(Settings(data_dir=tmp_path, key_file=tmp_path / "away.json"))
    assert other.keys.ids == store.keys.ids
    other.engine.dispose()


def test_keys_of_the_environment_leave_no_file(tmp_path: Path) -> None:
    """As a container has them."""
    store = opening.open_store(Settings(data_dir=tmp_path, keys=new_key_text()))
    store.engine.dispose()
    assert not (tmp_path / "khoa.json").exists()


def test_a_url_leads_to_another_database(tmp_path: Path, postgresql_store: object, postgresql_url: str) -> None:
    """The key file stays in the data folder."""
    from tests.service.conftest import an_empty_postgresql

    with an_empty_postgresql(postgresql_url) as url:
        store = opening.open_store(Settings(data_dir=tmp_path, database_url=url))
        assert store.engine.dialect.name == "postgresql"
        assert [each.name for each in tmp_path.iterdir() if each.name != "data"] == ["khoa.json"]
        store.engine.dispose()
