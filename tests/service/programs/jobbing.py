"""An app with jobs at work, for tests: opinions to hand in, waiting until they are done."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.programs.calling import Calling
from ydan_service.security import requires
from ydan_service.settings import Settings
from ydan_service.store.store import Store

GOOD = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"
LINES = "application/x-ndjson"


def app_of(store: Store | None, predictor: Predictor, **settings: Any) -> FastAPI:
    """An app without pages."""
    return create_app(Settings(serve_pages=False, **settings), predictor, store)


@contextmanager
def at_work(store: Store, predictor: Predictor, **settings: Any) -> Iterator[TestClient]:
    """A client of an app whose background runs."""
    with TestClient(app_of(store, predictor, **settings), raise_server_exceptions=True) as client:
        yield client


def act_as(client: TestClient, caller_id: int | None) -> None:
    """Let every request come from this caller."""
    calling = Calling(caller_id, f"c{caller_id}", f"c{caller_id}", frozenset(("jobs", "webhooks")))
    app: Any = client.app
    for scope in ("jobs", "webhooks"):
        app.dependency_overrides[requires(scope)] = lambda: calling


def lines(count: int, text: str = GOOD) -> bytes:
    """So many opinions, ``k1``, ``k2``, …"""
    rows = (json.dumps({"id": f"k{n}", "text": text}, ensure_ascii=False) for n in range(1, count + 1))
    return "\n".join(rows).encode()


def hand_in(client: TestClient, body: bytes, kind: str = LINES, **headers: str) -> Any:
    """The answer to a new job."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/v1/jobs?date=2026-03-01", content=body, headers={"content-type": kind, **more})


def wait(client: TestClient, job: dict[str, Any], seconds: float = 60.0) -> dict[str, Any]:
    """The job when it has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(job["links"]["self"]).json()
        if found["state"] not in ("queued", "running"):
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def rows_of(client: TestClient, job: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    """The result in JSON Lines."""
    answer = client.get(job["links"]["result"] + query)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]
