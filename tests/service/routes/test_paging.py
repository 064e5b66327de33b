"""Lists in pages: every row once, whatever comes or goes meanwhile."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI, Request
from sqlalchemy import select, tuple_
from starlette.testclient import TestClient

from ydan_service import problems
from ydan_service.responses import Json
from ydan_service.routes import paging
from ydan_service.routes.paging import WantedPage
from ydan_service.store.store import Store
from ydan_service.store.tables import Webhook, now

BEGIN = now()


def hook(number: int) -> Webhook:
    moment = BEGIN + timedelta(seconds=number // 3)  # several at one moment: the id decides
    return Webhook(id=f"w{number:02}", url=f"https://may/{number}", events=[], created_at=moment)


@pytest.fixture
def at(the_store: Store) -> TestClient:
    """A list of webhooks, ten to begin with."""
    store = the_store
    app = FastAPI()
    problems.install(app)
    with store.begin() as session:
        session.add_all(hook(number) for number in range(10))

    @app.get("/v1/webhooks")
    def webhooks(request: Request, wanted: WantedPage) -> Json:
        rows = select(Webhook).order_by(Webhook.created_at, Webhook.id).limit(wanted.limit + 1)
        if wanted.after is not None:
            moment, id_ = wanted.after_types(datetime, str)
            rows = rows.where(tuple_(Webhook.created_at, Webhook.id) > tuple_(moment, id_))
        with store.read() as session:
            found = list(session.scalars(rows))
        return paging.answer(
            request, wanted, found, after=lambda row: (row.created_at, row.id), shown=lambda row: row.id
        )

    return TestClient(app)


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_every_row_is_shown_once_in_order(store: Store, at: TestClient, limit: int) -> None:
    """By following ``next`` until it is null; other questions of the address stay."""
    seen: list[str] = []
    path: str | None = f"/v1/webhooks?limit={limit}&x=%26"
    while path is not None:
        found = at.get(path)
        seen += found.json()["items"]
        path = found.json()["next"]
        assert found.headers.get("link") == (None if path is None else f'<{path}>; rel="next"')
        assert path is None or "x=%26" in path
    assert seen == [f"w{number:02}" for number in range(10)]


def test_rows_that_come_or_go_meanwhile_shift_nothing(at: TestClient, the_store: Store) -> None:
    """Neither repeated nor passed over."""
    first = at.get("/v1/webhooks?limit=5").json()
    with the_store.begin() as session:
        session.delete(session.get_one(Webhook, "w04"))
        session.add(Webhook(id="early", url="x", events=[], created_at=BEGIN - timedelta(days=1)))
    assert at.get(first["next"]).json()["items"] == ["w05", "w06", "w07", "w08", "w09"]


@pytest.mark.parametrize("limit", ["0", "201", "-1", "nhiều", ""])
def test_a_page_has_between_one_and_two_hundred_rows(at: TestClient, limit: str) -> None:
    """The message names what is wrong."""
    found = at.get("/v1/webhooks", params={"limit": limit})
    assert (found.status_code, found.json()["code"]) == (422, "invalid_request")
    assert "limit" in found.json()["detail"]


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "cursor",
    ["", "ờ", "####", "W", encoded({}), encoded([]), encoded(["x"]), encoded([1, 2]), encoded(["2026-03-01", "w"]),
     encoded(["hôm nay", "w"]), encoded(["2026-03-01T00:00:00+00:00", 5]), encoded([None, "w"]), encoded([True, "w"]),
     encoded(["2026-03-01T00:00:00+00:00", "\0"]), encoded(["2026-03-01T00:00:00+00:00", "\ud800"]),
     encoded([[[]]]), encoded([1.5]), "W" * 2000],
)  # fmt: skip
def test_a_cursor_that_is_none_of_ours_is_refused(at: TestClient, cursor: str) -> None:
    """Whatever somebody makes up: no error of the database, no trace of it."""
    found = at.get("/v1/webhooks", params={"cursor": cursor})
    assert (found.status_code, found.json()["code"]) == (422, "invalid_request")
    assert "cursor" in found.json()["detail"]


def test_a_number_that_no_database_holds_is_no_place_in_a_list() -> None:
    """Else it would be answered 500."""
    with pytest.raises(problems.Problem):
        paging.Wanted(10, (2**63,)).after_types(int)
    assert paging.Wanted(10, (17,)).after_types(int) == (17,)
