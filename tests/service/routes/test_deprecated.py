"""An old route says in every answer since when, until when and what instead."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi import APIRouter, FastAPI
from starlette.testclient import TestClient

from ydan_service import problems
from ydan_service.problems import Problem
from ydan_service.responses import Json
from ydan_service.routes.deprecated import announce, deprecated

SINCE, SUNSET = date(2027, 1, 1), date(2028, 1, 1)


@pytest.fixture
def router() -> APIRouter:
    found = APIRouter(prefix="/v1")

    @found.get("/old", deprecated=True)
    @deprecated(since=SINCE, sunset=SUNSET, instead="/v1/new")
    def old(wrong: bool = False) -> Json:
        if wrong:
            raise Problem(409, "conflict", "Không được.")
        return Json({"old": True})

    @found.get("/new")
    def new() -> Json:
        return Json({"old": False})

    return found


def test_every_answer_of_an_old_route_says_so(router: APIRouter) -> None:
    """RFC 9745 and 8594, on success and on errors; other routes say nothing."""
    app = FastAPI()
    problems.install(app)
    app.include_router(router)
    assert announce(app, [router])
    client = TestClient(app)
    for found in (client.get("/v1/old"), client.get("/v1/old?wrong=true"), client.get("/v1/old?wrong=perhaps")):
        assert found.headers["deprecation"] == "@1798761600"
        assert found.headers["sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
        assert found.headers["link"] == '</v1/new>; rel="successor-version"'
    for path in ("/v1/new", "/v1/neither"):
        assert not {"deprecation", "sunset"} & set(client.get(path).headers)
    assert app.openapi()["paths"]["/v1/old"]["get"]["deprecated"]


def test_nothing_is_added_where_no_route_is_old() -> None:
    """The way of every request stays as short as it was."""
    app, router = FastAPI(), APIRouter()
    assert not announce(app, [router])
    assert app.user_middleware == []


def test_a_route_cannot_go_sooner_than_the_policy_promises() -> None:
    """A year."""
    with pytest.raises(ValueError, match="365"):
        deprecated(since=SINCE, sunset=date(2027, 12, 31), instead="/v1/new")


def test_a_marked_route_must_be_deprecated_in_the_document_too() -> None:
    """Else a client that is generated would not know."""
    router = APIRouter()

    @router.get("/old")
    @deprecated(since=SINCE, sunset=SUNSET, instead="/new")
    def old() -> Json:
        return Json({})

    with pytest.raises(ValueError, match="/old"):
        announce(FastAPI(), [router])
