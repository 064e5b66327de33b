"""A meeting read from minutes, opened as a person opens it."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.service.office.reading import Office
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.office.papers.lines import Conclusion, read_conclusion
from ydan_service.office.papers.opening import Opened, open_dossier
from ydan_service.office.papers.ruling import give_back, rule
from ydan_service.office.scope import visible_meeting
from ydan_service.person import Person
from ydan_service.store import files
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, Commune, Document, Village


class Desk:
    """Short words for what one person does to the conclusion of one meeting."""

    def __init__(self, office: Office, meeting: int) -> None:
        self.office, self.meeting = office, meeting

    @contextmanager
    def opened(self, person: Person, names: str = "code") -> Iterator[tuple[Session, Opened]]:
        """The dossier as it stands."""
        store = self.office.store
        with store.read() as session:
            meeting = visible_meeting(session, person, self.meeting)
            yield session, open_dossier(session, store.keys, self.office.predictor, meeting, names)

    def see(self, person: Person) -> Conclusion:
        """The conclusion as the person sees it."""
        with self.opened(person) as (session, opened):
            return read_conclusion(session, person, opened)

    def rule(
        self, person: Person, key: str, seen: int | None = None, *, confirm: bool = False, **entries: str
    ) -> list[str]:
        """Set fields of a line, as somebody who sees it now."""
        if seen is None:
            seen = self.office.opinions(self.meeting)[key].version
        with self.office.store.begin() as session:
            return rule(session, self.office.store.keys, person, self.meeting, key, entries, seen, confirm=confirm)

    def give_back(self, person: Person, key: str, *fields: str) -> None:
        """Let fields be derived again."""
        store = self.office.store
        with store.begin() as session:
            give_back(session, store.keys, self.office.predictor, person, self.meeting, key, fields)


@dataclass(frozen=True)
class Read:
    """A database file with the meeting read once for all tests, and who works there."""

    file: Path
    keys: KeyRing
    meeting: int
    commune: Commune
    people: dict[str, Person]


@pytest.fixture(scope="session")
def read_once(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, predictor: Predictor, minutes_reader: MinutesReader
) -> Read:
    """Reading takes a second; every test gets a copy of what came of it."""
    file, keys = tmp_path_factory.mktemp("papers") / "read.db", KeyRing.random()
    shutil.copy(sqlite_template, file)
    store = Store(open_engine(sqlite_url(file)), keys)
    with store.begin() as session:
        commune = Commune(name="Xã Tân Lập", villages=[Village(name=f"Thôn {n}") for n in ("Đông", "Đoài", "Nam")])
        other = Commune(name="Xã Khác")
        session.add_all([commune, other])
        session.flush()
        people = {
            "lan": _account(session, "secretary", "Lan", commune),
            "hoa": _account(session, "secretary", "Hoa", commune),
            "leader": _account(session, "leader", "Phước", commune),
            "stranger": _account(session, "secretary", "Khách", other),
        }
    meeting = Office(store, predictor, minutes_reader).read(people["lan"], commune.id)
    store.engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Read(file, keys, meeting, commune, people)


def _account(session: Session, role: str, name: str, commune: Commune) -> Person:
    account = Account(username=f"{role}-{name}", display_name=name, roles=[role], communes=[commune])
    session.add(account)
    session.flush()
    return Person(account.id, account.username, name, frozenset([role]), communes=frozenset([commune.id]))


@pytest.fixture
def keys(read_once: Read) -> KeyRing:
    """The ring that opens the copy."""
    return read_once.keys


@pytest.fixture
def sqlite_start(read_once: Read) -> Path:
    """Tests begin in the office in which the meeting was read."""
    return read_once.file


@pytest.fixture
def commune(read_once: Read) -> Commune:
    """Xã Tân Lập."""
    return read_once.commune


@pytest.fixture
def lan(read_once: Read) -> Person:
    """The secretary who handed the minutes in, so that she reads what is confidential."""
    return read_once.people["lan"]


@pytest.fixture
def hoa(read_once: Read) -> Person:
    """Another secretary of the commune."""
    return read_once.people["hoa"]


@pytest.fixture
def leader(read_once: Read) -> Person:
    """A leader of the commune: no names."""
    return read_once.people["leader"]


@pytest.fixture
def stranger(read_once: Read) -> Person:
    """A secretary of another commune."""
    return read_once.people["stranger"]


@pytest.fixture
def desk(office: Office, read_once: Read) -> Desk:
    """The desk of the meeting of :mod:`tests.service.office.reading`."""
    return Desk(office, read_once.meeting)


TextOf = Callable[[Document], str]


@pytest.fixture
def text_of(the_store: Store) -> TextOf:
    """``text_of(document)``: the words of a kept document, paragraphs and cells."""

    def reading(document: Document) -> str:
        with the_store.read() as session:
            data = files.load(session, the_store.keys, document.file_id)
        return words_in(data, document.name)

    return reading


def words_in(data: bytes, name: str) -> str:
    """The words of a file."""
    if name.endswith(".xlsx"):
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value)
    found = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])
