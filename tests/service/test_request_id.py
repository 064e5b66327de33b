"""Every answer says its request's id, and so does everything that is said about the request."""

from __future__ import annotations

import logging

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.service.conftest import KEY, Serve
from ydan_service import request_id

MINE = "cong-dich-vu:2026-03-01.17"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health/live", 200),
        ("GET", "/v1/model", 401),
        ("GET", "/v1/khong-co", 404),
        ("GET", "/v1/classify", 405),
        ("POST", "/v1/oauth/token", 501),
        ("GET", "/hong", 500),
    ],
)
def test_every_answer_has_the_callers_id(serve: Serve, method: str, path: str, status: int) -> None:
    """Also to an error that nobody foresaw; a problem names it as its instance."""
    client = serve(api_key=KEY)
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/hong")
    def fail() -> None:
        raise ZeroDivisionError

    found = client.request(method, path, headers={"X-Request-Id": MINE})
    assert (found.status_code, found.headers["x-request-id"]) == (status, MINE)
    if status >= 400:
        assert found.json()["instance"] == f"urn:ydan:request:{MINE}"


@pytest.mark.parametrize("given", [None, "", "ngắn", "a" * 129, "có dấu cách", "x\ty-and-more", "<script>alert"])
def test_an_id_that_is_not_sane_is_replaced(client: TestClient, given: str | None) -> None:
    """None, too short or too long, signs that a log could take for something else: a new one each time."""
    headers = {} if given is None else {b"X-Request-Id": given.encode()}
    found = [client.get("/health/live", headers=headers).headers["x-request-id"] for _ in range(2)]
    assert found[0] != found[1]
    assert all(len(each) == 32 and each.isalnum() for each in found)


def test_what_is_logged_meanwhile_knows_the_id(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """In a thread as well as on the event loop; outside of a request there is none."""
    client = serve()
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/thread")
    def in_thread() -> None:
        logging.getLogger("thu").warning("thread %s", request_id.current())

    @app.get("/loop")
    async def on_loop() -> None:
        logging.getLogger("thu").warning("loop %s", request_id.current())

    for path in ("/thread", "/loop"):
        client.get(path, headers={"X-Request-Id": MINE})
    said = [record.getMessage() for record in caplog.records if record.name == "thu"]
    assert said == [f"thread {MINE}", f"loop {MINE}"]
    assert request_id.current() == ""
