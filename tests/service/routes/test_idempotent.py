"""``Idempotency-Key`` over HTTP: the work of one key is done once, whatever the network does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Request
from sqlalchemy import update
from starlette.responses import Response
from starlette.testclient import TestClient

from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.problems import Problem
from ydan_service.programs import idempotency
from ydan_service.programs.calling import Calling
from ydan_service.responses import Json
from ydan_service.routes.idempotent import Keep, run_once
from ydan_service.routes.needs import store_of
from ydan_service.security import requires
from ydan_service.settings import Settings
from ydan_service.store.store import Store
from ydan_service.store.tables import Caller, IdempotentRequest, now

KEY = {"Idempotency-Key": "8e03978e-40d5-43e8-bc93-6894a57f9324"}


class Work:
    """What a route does, and how often it was done."""

    def __init__(self, store: Store | None = None) -> None:
        self.done, self.store = 0, store
        self.do: Callable[[Keep], Response] = self.answer

    def answer(self, keep: Keep) -> Response:
        self.done += 1
        answer = Json({"lần": self.done}, 201, headers={"Location": f"/v1/viec/{self.done}"})
        if self.store is not None:
            with self.store.begin() as session:
                keep(session, answer)
        return answer


@pytest.fixture
def work(the_store: Store) -> Work:
    return Work(the_store)


def replica(predictor: Predictor, store: Store, work: Work) -> TestClient:
    app = create_app(Settings(serve_pages=False), predictor, store=store)

    @app.post("/v1/viec")
    async def route(request: Request, calling: Annotated[Calling, Depends(requires("jobs"))]) -> Response:
        return await run_once(request, calling, store_of(request), lambda keep: work.do(keep))

    @app.post("/v1/tep")
    async def read_by_hand(request: Request, calling: Annotated[Calling, Depends(requires("jobs"))]) -> Response:
        size = 0
        async for part in request.stream():
            size += len(part)
        return await run_once(request, calling, store_of(request), lambda keep: work.do(keep), content=str(size))

    routes = app.router.routes
    for _ in range(2):
        routes.insert(0, routes.pop())
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def at(predictor: Predictor, the_store: Store, work: Work) -> TestClient:
    return replica(predictor, the_store, work)


def send(client: TestClient, body: Any = None, path: str = "/v1/viec", **headers: str) -> Any:
    return client.post(path, json=body or {"a": 1}, headers={**KEY, **headers})


@pytest.mark.parametrize("path", ["/v1/viec", "/v1/tep"])
def test_the_same_again_is_answered_and_not_done(store: Store, at: TestClient, work: Work, path: str) -> None:
    """Status, body and headers as the first time; only the second says that it is one."""
    first, second = send(at, path=path), send(at, path=path)
    assert (first.status_code, second.status_code, work.done) == (201, 201, 1)
    assert first.content == second.content
    assert first.headers["location"] == second.headers["location"] == "/v1/viec/1"
    assert second.headers["content-type"] == "application/json"
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_the_key_may_stand_in_quotes(at: TestClient, work: Work) -> None:
    """As the draft writes it; it is the same key."""
    send(at)
    send(at, **{"Idempotency-Key": f'"{KEY["Idempotency-Key"]}"'})
    assert work.done == 1


def test_without_a_key_each_request_is_its_own(at: TestClient, work: Work) -> None:
    """As ever."""
    for _ in range(2):
        at.post("/v1/viec", json={"a": 1})
    assert work.done == 2


@pytest.mark.parametrize("key", ["", '""', " ", "a b", "khoá", "x" * 256])
def test_a_key_that_is_none_is_refused(at: TestClient, work: Work, key: str) -> None:
    """Before anything is done."""
    found = at.post("/v1/viec", json={}, headers={b"Idempotency-Key": key.encode()})
    assert (found.status_code, found.json()["code"], work.done) == (400, "idempotency_key_invalid", 0)


def test_the_same_key_for_something_else_is_refused(at: TestClient, work: Work) -> None:
    """Another body, another route, another query."""
    send(at)
    for found in (send(at, {"a": 2}), send(at, path="/v1/tep"), send(at, path="/v1/viec?x=1")):
        assert (found.status_code, found.json()["code"]) == (422, "idempotency_key_reused")
    assert work.done == 1


@pytest.mark.parametrize(
    ("error", "status"),
    [(Problem(422, "invalid_request", "Sai."), 422), (ZeroDivisionError(), 500), (None, 503)],
)
def test_what_was_not_done_may_be_sent_again(at: TestClient, work: Work, error: Exception | None, status: int) -> None:
    """A refusal, a failure, an answer of 500 and more: the key is free, also for the corrected body."""

    def fail(_keep: Keep) -> Response:
        if error is not None:
            raise error
        return Json({}, 503)

    work.do = fail
    assert send(at).status_code == status
    work.do = work.answer
    assert send(at, {"a": 2}).status_code == 201
    assert work.done == 1


def test_of_two_replicas_at_once_one_does_the_work(predictor: Predictor, store: Store, work: Work) -> None:
    """The other is told to come again, and then gets the answer of the first."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly(keep: Keep) -> Response:
        begun.set()
        go_on.wait(20)
        return work.answer(keep)

    work.do = slowly
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(send, replica(predictor, store, work))
        assert begun.wait(20)
        other = replica(predictor, store, work)
        meanwhile = send(other)
        go_on.set()
        assert first.result().status_code == 201
    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "idempotency_conflict")
    assert meanwhile.headers["retry-after"] == "2"
    assert send(other).json() == first.result().json()
    assert work.done == 1


def test_a_work_that_is_long_is_not_taken_over(
    predictor: Predictor, sqlite_store: Store, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It shows that it goes on, however long it takes."""
    monkeypatch.setattr(idempotency, "RENEW_EVERY", timedelta(seconds=0.05))
    begun, go_on = threading.Event(), threading.Event()

    def slowly(keep: Keep) -> Response:
        with sqlite_store.begin() as session:  # as if it had begun long ago
            row = session.query(IdempotentRequest).one()
        begun.set()
        go_on.wait(20)
        with sqlite_store.read() as session:
            assert session.query(IdempotentRequest).one().created_at > row.created_at
        return work.answer(keep)

    work.do = slowly
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(send, replica(predictor, sqlite_store, work))
        assert begun.wait(20)
        threading.Event().wait(0.3)
        go_on.set()
        assert first.result().status_code == 201
    assert send(replica(predictor, sqlite_store, work)).headers["idempotency-replayed"] == "true"


def test_what_a_dead_process_left_is_taken_over(at: TestClient, sqlite_store: Store, work: Work) -> None:
    """After half a minute of silence."""
    mark = "0" * 64
    assert isinstance(idempotency.begin(sqlite_store, "anyone", KEY["Idempotency-Key"], mark), idempotency.Claim)
    assert send(at).json()["code"] == "idempotency_key_reused"
    with sqlite_store.begin() as session:
        session.execute(update(IdempotentRequest).values(fingerprint=fingerprint_of_the_request()))
    assert send(at).json()["code"] == "idempotency_conflict"
    with sqlite_store.begin() as session:
        session.execute(update(IdempotentRequest).values(created_at=now() - timedelta(minutes=3)))
    assert send(at).status_code == 201
    assert work.done == 1


def test_what_is_done_and_what_is_answered_stand_or_fall_together(store: Store, at: TestClient, work: Work) -> None:
    """The transaction fails after the answer was kept: neither is there, and the key is free."""

    def half(keep: Keep) -> Response:
        with store.begin() as session:
            session.add(Caller(client_id="c", name="Cổng tỉnh"))
            keep(session, Json({}, 201))
            raise ZeroDivisionError

    work.do = half
    assert send(at).status_code == 500
    with store.read() as session:
        assert session.query(Caller).count() == session.query(IdempotentRequest).count() == 0
    work.do = work.answer
    assert send(at).status_code == 201


def test_who_was_taken_over_undoes_its_work(at: TestClient, sqlite_store: Store, work: Work) -> None:
    """It was thought dead, and comes to its end after all: 409, and the other one's answer stands."""

    def late(keep: Keep) -> Response:
        with sqlite_store.begin() as session:
            session.execute(update(IdempotentRequest).values(created_at=now() + timedelta(seconds=1)))
        return work.answer(keep)

    work.do = late
    assert (send(at).status_code, send(at).status_code) == (409, 409)


def fingerprint_of_the_request() -> str:
    """What ``send`` is known by."""
    from ydan_service.routes.idempotent import _fingerprint

    scope = {"type": "http", "method": "POST", "path": "/v1/viec", "query_string": b"", "headers": [],
             "server": ("testserver", 80), "scheme": "http", "root_path": ""}  # fmt: skip
    return _fingerprint(Request(scope), b'{"a":1}')


def test_where_nothing_is_kept_the_work_is_simply_done(predictor: Predictor) -> None:
    """For routes that need no store, like reading minutes: doing it twice changes nothing."""
    app, work = FastAPI(), Work()

    @app.post("/")
    async def route(request: Request) -> Response:
        return await run_once(request, Calling(None, "", "", frozenset()), None, work.answer)

    client = TestClient(app)
    assert [client.post("/", headers=KEY).json() for _ in range(2)] == [{"lần": 1}, {"lần": 2}]
