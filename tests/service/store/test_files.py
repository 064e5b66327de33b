"""Kept files: sealed in the database, bound to their row, checked when loaded."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from tests.service.conftest import ACommune, APerson
from ydan_service.errors import NotFound
from ydan_service.store import files
from ydan_service.store.errors import SealError
from ydan_service.store.store import Store
from ydan_service.store.tables import KeptFile, Meeting

DATA = "Biên bản: ông Tạ Văn Mão, 0912 345 678".encode() * 100


@pytest.fixture
def kept(store: Store, a_commune: ACommune, a_person: APerson) -> KeptFile:
    """A file of a meeting."""
    commune, person = a_commune(), a_person("secretary")
    with store.begin() as session:
        meeting = Meeting(commune_id=commune.id)
        session.add(meeting)
        session.flush()
        return files.keep(session, store.keys, meeting.id, "source", "biên bản.docx", "x/y", DATA, person.id)


def test_a_file_comes_back_as_it_was(store: Store, kept: KeptFile) -> None:
    """Byte for byte; an empty one too."""
    with store.begin() as session:
        empty = files.keep(session, store.keys, kept.meeting_id, "reply", "rỗng", "x/y", b"", None)
        assert files.load(session, store.keys, kept.id) == DATA
        assert files.load(session, store.keys, empty.id) == b""
        assert (kept.size, kept.sha256) == (len(DATA), files.digest(DATA))


def test_nothing_of_it_is_readable_in_the_database(store: Store, kept: KeptFile) -> None:
    """Only the row's own key opens it."""
    with store.read() as session:
        sealed = session.scalar(select(KeptFile.sealed).where(KeptFile.id == kept.id))
    assert sealed is not None
    assert b"0912" not in sealed
    assert kept.key_id == store.keys.newest


@pytest.mark.parametrize("change", ["sha256 = '0'", "sealed = (SELECT sealed FROM kept_file WHERE name = 'other')"])
def test_a_changed_file_does_not_open(store: Store, kept: KeptFile, change: str) -> None:
    """Its digest, or the bytes of another row."""
    with store.begin() as session:
        files.keep(session, store.keys, kept.meeting_id, "source", "other", "x/y", DATA, None)
        session.execute(text(f"UPDATE kept_file SET {change} WHERE id = {kept.id}"))
        session.expire_all()
        with pytest.raises(SealError):
            files.load(session, store.keys, kept.id)


def test_a_file_that_is_not_there_is_named(store: Store) -> None:
    """As one that retention deleted."""
    with store.read() as session, pytest.raises(NotFound, match="thời hạn lưu"):
        files.load(session, store.keys, 99)
