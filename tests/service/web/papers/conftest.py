"""The office of the papers, with a browser of its secretary."""

from __future__ import annotations

import pytest

from tests.service.office.papers.conftest import hoa, keys, lan, leader, read_once, sqlite_start, stranger  # noqa: F401
from tests.service.web.conftest import OfficeClient, SignedIn
from ydan_service.person import Person


@pytest.fixture
def page(client: SignedIn, lan: Person) -> OfficeClient:  # noqa: F811
    """The secretary's browser."""
    return client(person=lan)
