"""The meeting of :mod:`tests.service.office.reading`, read once and copied for every test that uses SQLite."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.service.office.reading import Office
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.person import Person
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, AccountCommune, Commune, Meeting, Village

STAFF = (("lan", "secretary", "Lan"), ("hoa", "secretary", "Hoa"), ("phuoc", "leader", "Phước"))


@pytest.fixture(scope="session")
def shared_keys() -> KeyRing:
    """One ring for all copies."""
    return KeyRing.random()


@pytest.fixture
def keys(shared_keys: KeyRing) -> KeyRing:
    """The ring with which the template was sealed."""
    return shared_keys


@pytest.fixture(scope="session")
def read_template(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    shared_keys: KeyRing,
    predictor: Predictor,
    minutes_reader: MinutesReader,
) -> Path:
    """A database file with the commune, its staff and the meeting."""
    file = tmp_path_factory.mktemp("review") / "template.db"
    shutil.copy(sqlite_template, file)
    store = Store(open_engine(sqlite_url(file)), shared_keys)
    fill(store)
    lan = person_of(store, "lan")
    Office(store, predictor, minutes_reader).read(lan, min(lan.communes))
    store.engine.dispose()
    return file


@pytest.fixture
def sqlite_start(read_template: Path) -> Path:
    """Tests begin with the meeting read."""
    return read_template


@pytest.fixture
def commune(the_store: Store) -> Commune:
    """Xã Tân Lập with three villages."""
    fill(the_store)
    with the_store.begin() as session:
        found = session.scalars(select(Commune)).one()
        session.expunge_all()
        return found


@pytest.fixture
def lan(the_store: Store, commune: Commune) -> Person:
    """A secretary of the commune, who handed the minutes in."""
    return person_of(the_store, "lan")


@pytest.fixture
def hoa(the_store: Store, commune: Commune) -> Person:
    """Another secretary of the commune."""
    return person_of(the_store, "hoa")


@pytest.fixture
def leader(the_store: Store, commune: Commune) -> Person:
    """A leader of the commune: no names."""
    return person_of(the_store, "phuoc")


@pytest.fixture
def meeting(office: Office, lan: Person, commune: Commune) -> int:
    """The meeting."""
    with office.store.read() as session:
        found = session.scalars(select(Meeting.id)).first()
    return office.read(lan, commune.id) if found is None else found


def fill(store: Store) -> None:
    """The commune and its staff, where they are not there."""
    with store.begin() as session:
        if session.scalars(select(Commune)).first() is not None:
            return
        villages = [Village(name=name) for name in ("Thôn Đông", "Thôn Đoài", "Thôn Nam")]
        commune = Commune(name="Xã Tân Lập", villages=villages)
        session.add(commune)
        for username, role, name in STAFF:
            account = Account(username=username, display_name=name, roles=[role])
            account.communes = [commune]
            session.add(account)


def person_of(store: Store, username: str) -> Person:
    """An account as the person of a request."""
    with store.read() as session:
        account = session.scalars(select(Account).where(Account.username == username)).one()
        communes = session.scalars(select(AccountCommune.commune_id).where(AccountCommune.account_id == account.id))
        return Person(
            account.id, username, account.display_name, frozenset(account.roles), communes=frozenset(communes.all())
        )
