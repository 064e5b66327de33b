"""Retries, against a server that is in trouble."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.serving import running
from ydan_client import ApiError, Client


class Troubled:
    """Answers with what stands in ``answers``, one after the other, then well; notes what came."""

    def __init__(self) -> None:
        self.answers: list[Response] = []
        self.came: list[tuple[str, str, bytes]] = []
        self.url = ""

    async def answer(self, request: Request) -> Response:
        self.came.append((request.method, request.headers.get("idempotency-key", ""), await request.body()))
        return self.answers.pop(0) if self.answers else JSONResponse({"results": [], "label": "x"})


def refusal(status: int, code: str = "overloaded", wait: str | None = None) -> Response:
    headers = {"X-Request-Id": "yeu-cau-1"} | ({} if wait is None else {"Retry-After": wait})
    body = {"status": status, "code": code, "title": "Bận", "detail": "Hãy thử lại."}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


@pytest.fixture
def troubled() -> Iterator[Troubled]:
    found = Troubled()
    with running(Starlette(routes=[Route("/{path:path}", found.answer, methods=["GET", "POST"])])) as found.url:
        yield found


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def client(troubled: Troubled, pauses: list[float]) -> Iterator[Client]:
    with Client(troubled.url, retries=3, sleep=pauses.append) as found:
        yield found


def test_a_busy_server_is_asked_again_when_it_says(troubled: Troubled, client: Client, pauses: list[float]) -> None:
    """429 and 503, by seconds or by a date."""
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    troubled.answers = [refusal(429, "rate_limited", "7"), refusal(503, wait=at), refusal(503)]
    assert client.label("x")["label"] == "x"
    assert pauses[0] == 7
    assert 25 <= pauses[1] <= 31
    assert pauses[2] <= 1
    assert len({body for _method, _key, body in troubled.came}) == 1


def test_the_last_refusal_is_raised(troubled: Troubled, client: Client, pauses: list[float]) -> None:
    """With its code, words and id."""
    troubled.answers = [refusal(503)] * 9
    with pytest.raises(ApiError) as found:
        client.label("x")
    assert (found.value.code, found.value.request_id, found.value.title) == ("overloaded", "yeu-cau-1", "Bận")
    assert (len(troubled.came), len(pauses)) == (4, 3)


def test_a_long_wait_is_left_to_the_caller(troubled: Troubled, client: Client, pauses: list[float]) -> None:
    """An hour is not slept through."""
    troubled.answers = [refusal(429, "rate_limited", "3600")]
    with pytest.raises(ApiError, match="rate_limited"):
        client.label("x")
    assert pauses == []


@pytest.mark.parametrize(
    ("status", "code"), [(400, "invalid_json"), (422, "bad_date"), (500, "internal"), (503, "selftest_failed")]
)
def test_what_would_be_refused_again_is_not_sent_again(
    troubled: Troubled, client: Client, status: int, code: str
) -> None:
    """At once."""
    troubled.answers = [refusal(status, code)]
    with pytest.raises(ApiError, match=code):
        client.label("x")
    assert len(troubled.came) == 1


def test_a_retry_carries_the_same_idempotency_key(troubled: Troubled, client: Client) -> None:
    """Nothing is done twice; a twin that is still under way is waited for."""
    troubled.answers = [refusal(503), refusal(409, "idempotency_conflict", "1"), JSONResponse({"id": "job_1"})]
    assert client.jobs.submit(["x"])["id"] == "job_1"
    keys = {key for _method, key, _body in troubled.came}
    assert len(keys) == 1
    assert "" not in keys
    client.feedback([{"id": "1", "text": "x", "final": {"topic": "other"}}])
    assert troubled.came[-1][1] not in keys


def test_an_answer_that_is_no_problem_is_an_error_all_the_same(troubled: Troubled, client: Client) -> None:
    """A proxy's page, a redirect, an OAuth error."""
    troubled.answers = [
        Response("<html>Bad Gateway</html>", 502),
        Response(status_code=302, headers={"Location": "/"}),
        JSONResponse({"error": "invalid_scope", "error_description": "Không có"}, 400),
    ]
    for status, code in ((502, "http_502"), (302, "http_302"), (400, "invalid_scope")):
        with pytest.raises(ApiError) as found:
            client.label("x")
        assert (found.value.status, found.value.code) == (status, code)


def test_the_client_needs_neither_the_core_nor_the_server() -> None:
    """It is installed beside a portal, which has none of them."""
    missing = ("ydan", "ydan_service", "numpy", "fastapi", "sqlalchemy")
    code = f"import sys\nfor name in {missing!r}:\n    sys.modules[name] = None\nimport ydan_client; print('loaded')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (run.stdout.strip(), run.stderr) == ("loaded", "")
