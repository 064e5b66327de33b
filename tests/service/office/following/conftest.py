"""The meeting that was read once, for everybody who follows its opinions up."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from tests.service.conftest import APerson
from tests.service.office.reading import Office
from tests.service.office.review.conftest import (  # noqa: F401
    commune,
    hoa,
    keys,
    lan,
    leader,
    read_template,
    shared_keys,
    sqlite_start,
)
from ydan_service.person import Person
from ydan_service.store.tables import Commune, Meeting, Opinion

TODAY = date(2026, 5, 20)


@pytest.fixture
def officer(a_person: APerson, commune: Commune) -> Person:  # noqa: F811
    """Somebody who follows opinions up in the commune: no names."""
    return a_person("follow_up", communes=[commune.id], display_name="Tâm")


@pytest.fixture
def meeting(office: Office, lan: Person, commune: Commune) -> int:  # noqa: F811
    """The meeting; nobody answered the fifth opinion (what the model drafts of it is the model's matter)."""
    with office.store.begin() as session:
        found = session.scalars(select(Meeting.id)).first()
        session.execute(update(Opinion).where(Opinion.key == "5").values(status="chua_tra_loi"))
    assert found is not None
    return found
