"""The same on a province's server: from the minutes to the published notice."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from tests.service.office.papers.conftest import Desk
from tests.service.office.papers.test_making import ALL, shelves
from tests.service.office.reading import Office
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.office.papers.fetching import fetch
from ydan_service.office.papers.making import make
from ydan_service.office.papers.ordering import move
from ydan_service.office.papers.publishing import publish
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, Commune, Dispatch

TODAY = date(2026, 3, 18)


def test_a_conclusion_is_edited_made_and_published(
    postgresql_store: Store, predictor: Predictor, minutes_reader: MinutesReader
) -> None:
    """Every statement that the pages send."""
    store = postgresql_store
    with store.begin() as session:
        commune = Commune(name="Xã Tân Lập", province="31")
        account = Account(username="lan", display_name="Lan", roles=["secretary"], communes=[commune])
        session.add(account)
    lan = Person(account.id, "lan", "Lan", frozenset(["secretary"]), communes=frozenset([commune.id]))
    desk = Desk(office := Office(store, predictor, minutes_reader), office.read(lan, commune.id))
    first, second, *_rest = [line.key for line in desk.see(lan).lists["open"]]
    desk.rule(
        lan, first, status="kien_nghi_cap_tren", wording="Sửa đường", charged="Công an xã", addressee="Sở Xây dựng"
    )
    desk.give_back(lan, first, "charged")
    with store.begin() as session:
        assert move(session, store.keys, predictor, lan, desk.meeting, second, 1)
    for _again in range(2):
        documents = make(store, predictor, lan, desk.meeting, ALL)
    with store.read() as session:
        assert len(session.scalars(select(Dispatch).where(Dispatch.direction == "up")).all()) == 1
    with store.begin() as session:
        publish(session, store.keys, predictor, lan, desk.meeting, "12", TODAY, TODAY, anyway=True)
    assert shelves(desk, lan).changed == 1
    assert fetch(store, lan, desk.meeting, documents[0].id).data[:2] == b"PK"
