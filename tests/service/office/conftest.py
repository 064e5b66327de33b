"""An office over the test's store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.service.conftest import ACommune, APerson
from tests.service.office.reading import Office
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune


@pytest.fixture
def office(the_store: Store, predictor: Predictor, minutes_reader: MinutesReader) -> Office:
    """See :class:`Office`."""
    return Office(the_store, predictor, minutes_reader)


@pytest.fixture
def commune(a_commune: ACommune) -> Commune:
    """Xã Tân Lập with three villages."""
    return a_commune("Xã Tân Lập", villages=["Thôn Đông", "Thôn Đoài", "Thôn Nam"])


@pytest.fixture
def lan(a_person: APerson, commune: Commune) -> Person:
    """A secretary of the commune."""
    return a_person("secretary", communes=[commune.id], display_name="Lan")


@pytest.fixture
def hoa(a_person: APerson, commune: Commune) -> Person:
    """Another secretary of the commune."""
    return a_person("secretary", communes=[commune.id], display_name="Hoa")


@pytest.fixture
def leader(a_person: APerson, commune: Commune) -> Person:
    """A leader of the commune: no names."""
    return a_person("leader", communes=[commune.id], display_name="Phước")


@pytest.fixture
def meeting(office: Office, lan: Person, commune: Commune) -> int:
    """The text of :mod:`reading`, handed in by Lan and read."""
    return office.read(lan, commune.id)


Making = Callable[..., Person]
