"""Changing the key: everything is sealed anew, broken off or not; the old key goes when nothing needs it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.service.store import everything
from ydan_service.store import audit, files, personal, program_data, rotate
from ydan_service.store.errors import SealError
from ydan_service.store.keyfile import KeyFile
from ydan_service.store.store import Store
from ydan_service.store.tables import now


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    """A key file."""
    found = KeyFile(tmp_path / "khoa.json")
    found.create()
    return found


@pytest.fixture
def filled(store: Store, file: KeyFile) -> Store:
    """A store with sealed rows, whose ring follows the file."""
    store.keys = file.ring()
    everything.fill(store)
    with store.begin() as session:
        for number in range(10, 45):
            personal.keep(session, store.keys, 1, "opinion", number, "name", f"Người {number}")
    return store


def everything_opens(store: Store) -> None:
    """With what the ring has now."""
    with store.read() as session:
        assert personal.read(session, store.keys, "opinion", [1], "text") == {1: everything.WORDS}
        assert len(personal.read(session, store.keys, "opinion", range(10, 45), "name")) == 35
        assert files.load(session, store.keys, 1) == bytes(300)
        assert program_data.read(session, store.keys, "bulk_part", "1", "input") == everything.WORDS.encode()


def test_everything_is_sealed_with_the_new_key(filled: Store, file: KeyFile) -> None:
    """The old one is needed no more, and the log says so."""
    old, new = filled.keys.newest, file.add()
    told: list[tuple[int, int]] = []
    assert rotate.reseal(filled, 10, lambda done, total: told.append((done, total))) == 40
    assert told[-1] == (40, 40)
    with filled.read() as session:
        assert everything.sealed_keys(session) == {new}
        assert audit.verify(session).broken is None
    assert rotate.drop_old(filled, file, now() + timedelta(minutes=11)) == [old]
    assert filled.keys.ids == (new,)
    everything_opens(filled)
    assert rotate.reseal(filled) == 0


def test_what_is_broken_off_goes_on(filled: Store, file: KeyFile) -> None:
    """Meanwhile everything opens."""
    old, new = filled.keys.newest, file.add()

    def break_off(done: int, _total: int) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate.reseal(filled, 10, break_off)
    with filled.read() as session:
        assert everything.sealed_keys(session) == {old, new}
    everything_opens(filled)
    with pytest.raises(SealError, match="Còn 20 mục"):
        rotate.drop_old(filled, file, now() + timedelta(minutes=11))
    assert rotate.reseal(filled, 10) == 20
    everything_opens(filled)


def test_an_old_key_stays_while_work_may_still_use_it(filled: Store, file: KeyFile) -> None:
    """Ten minutes; the file is not touched."""
    file.add()
    rotate.reseal(filled)
    with pytest.raises(SealError, match="10 phút"):
        rotate.drop_old(filled, file, now())
    assert len(file.read()) == 2


def test_a_row_that_no_key_opens_stops_it(filled: Store, file: KeyFile) -> None:
    """And stays as it is."""
    KeyFile(file.path).path.unlink()
    file.create()
    with pytest.raises(SealError, match="Thiếu khóa"):
        rotate.reseal(filled)
