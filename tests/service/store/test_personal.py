"""Personal data: kept sealed, replaced, read for many at once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.service.conftest import ACommune
from ydan_service.store import personal
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting, PersonalData


def test_what_is_kept_is_read_for_many_at_once(
    store: Store, a_commune: ACommune, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than one question to the database holds; those with nothing are absent; a second keep replaces."""
    monkeypatch.setattr(personal, "_AT_ONCE", 10)
    commune = a_commune()
    with store.begin() as session:
        meeting = Meeting(commune_id=commune.id)
        session.add(meeting)
        session.flush()
        for number in range(1, 35):
            personal.keep(session, store.keys, meeting.id, "opinion", number, "name", f"Người {number}")
        personal.keep(session, store.keys, meeting.id, "opinion", 7, "name", "Tạ Văn Mão")
        personal.keep(session, store.keys, meeting.id, "answer", 8, "name", "Lò Thị Mai")
    with store.read() as session:
        found = personal.read(session, store.keys, "opinion", range(1, 99), "name")
        assert len(found) == 34
        assert (found[7], found[34]) == ("Tạ Văn Mão", "Người 34")
        assert personal.read(session, store.keys, "opinion", [8], "address") == {}
        assert session.scalar(select(func.count()).select_from(PersonalData)) == 35
