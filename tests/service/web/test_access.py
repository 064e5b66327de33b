"""Every route, every role: let in or not. A route that is missing from the table fails the first test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from tests.service.conftest import ACommune, APerson
from tests.service.web.access import ANYBODY, FOR_PROGRAMS, TABLE, WORLDS, Row
from tests.service.web.conftest import SignedIn
from ydan_service.accounts import links
from ydan_service.store.store import Store
from ydan_service.store.tables import ROLES

Browser = Callable[[], TestClient]


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """Method and pattern of every route of the pages."""
    return {
        (method, path)
        for path, methods in _paths(app.routes)
        for method in methods - {"HEAD"}
        if not path.startswith(tuple(FOR_PROGRAMS))
    }


def _paths(routes: Iterable[Any], prefix: str = "") -> Iterable[tuple[str, set[str]]]:
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is not None:
            yield from _paths(inner.routes, prefix)
        elif getattr(route, "methods", None):
            yield prefix + route.path, set(route.methods)


@pytest.fixture
def world(the_store: Store, a_commune: ACommune, a_person: APerson) -> dict[str, object]:
    """What the paths name: a commune with a village, an account that works there, a link to choose a password."""
    commune = a_commune("Tân Lập", villages=["Thôn 1"])
    account = a_person("secretary", communes=[commune.id], username="nguoi.kia")
    found: dict[str, object] = {"commune": commune.id, "village": commune.villages[0].id, "account": account.id}
    with the_store.begin() as session:
        found["link"] = links.issue(session, "", links.PASSWORD, account.id).rpartition("/")[2]
        for area in WORLDS:
            found |= area(session, commune.id)
    return found


def ask(browser: TestClient, row: Row, world: dict[str, object]) -> Response:
    url = (row.url or row.path).format(**world)
    body: dict[str, Any] = {} if row.method == "GET" else {"data": row.data} if row.json is None else {"json": row.json}
    return browser.request(row.method, url, **body)


def test_every_route_has_its_row(office_app: FastAPI) -> None:
    """And no row stands for a route that is gone."""
    listed = [(row.method, row.path) for row in TABLE]
    assert len(listed) == len(set(listed))
    assert set(listed) == routes_of(office_app)
    assert len(listed) > 20


@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_a_route_lets_in_whom_the_table_says(
    role: str, client: SignedIn, browser_of: Browser, world: dict[str, object], a_person: APerson
) -> None:
    """Not signed in: 401 (a program) and nothing done; without the right: 403. Each row is asked by a fresh sign-in."""
    names = (role,) if role in ROLES else ()
    commune = int(str(world["commune"]))
    people = {whole: a_person(*names, communes=() if whole else [commune], everywhere=whole) for whole in (False, True)}
    wrong = []
    for row in TABLE:
        browser = browser_of() if role == "nobody" else client(person=people[row.whole])
        status = ask(browser, row, world).status_code
        refused = 401 if role == "nobody" else 403
        if role in row.who:
            ok = status < 500 and (status not in (401, 403) or row.path in ("/sign-in", "/oidc/callback"))
        else:
            ok = status == refused
        if not ok:
            wrong.append((row.id, status))
    assert not wrong


@pytest.mark.parametrize("row", [row for row in TABLE if row.only_in_scope], ids=lambda row: row.id)
def test_another_communes_things_do_not_exist(
    row: Row, client: SignedIn, world: dict[str, object], a_commune: ACommune
) -> None:
    """404 for the same roles of another commune; for those of this one something else."""
    other = a_commune("Tân Phú")
    (role, *_) = sorted(row.who)
    assert ask(client(role, communes=[other.id]), row, world).status_code == 404
    assert ask(client(role, communes=[int(str(world["commune"]))]), row, world).status_code != 404
