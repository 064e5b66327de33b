"""What is too much is answered 503 at once; what is under way is bounded in requests and in bytes."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from benchmarks.load import Generator, Job, post
from benchmarks.servers import ydan_serve
from tests.service.conftest import GOOD, Serve
from ydan_service.admission import PLACE_BYTES, Admission, Admit
from ydan_service.settings import Settings

ONE = json.dumps({"opinions": [{"id": "1", "text": GOOD}]}).encode()


def test_a_large_body_takes_more_places_but_never_all() -> None:
    """A tiny server still takes the largest body."""
    assert Admission(Settings(most_waiting=64)).places(20 * PLACE_BYTES) == 16
    assert Admission(Settings(most_waiting=1)).places(10_000_000) == 1


def test_one_more_than_there_are_places_for_is_refused() -> None:
    """Until somebody leaves."""
    admission = Admission(Settings(most_waiting=2))
    assert admission.enter(10)
    assert admission.enter(10)
    assert not admission.has_room(10)
    assert not admission.enter(10)
    admission.leave(10)
    assert admission.has_room(10)
    assert admission.enter(10)
    assert (admission.under_way, admission.refused) == (2, 1)


def test_bodies_together_are_bounded() -> None:
    """In bytes, however many places there are."""
    admission = Admission(Settings(most_waiting=1000, most_bytes=100, most_file_bytes=100))
    assert [admission.hold(100) for _ in range(5)] == [True, True, True, True, False]


class _Held:
    """An app that reads the body, then waits until it may answer."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            more = (await receive()).get("more_body", False)
        await self.go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _ask(
    app: Any, path: str = "/v1/classify", parts: tuple[bytes, ...] = (), *, chunked: bool = False, length: int = 0
) -> Message:
    stated = str(length or sum(map(len, parts))).encode()
    headers = [(b"transfer-encoding", b"chunked")] if chunked else [(b"content-length", stated)]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    waiting: Iterator[bytes] = iter(parts)
    sent: list[Message] = []

    async def receive() -> Message:
        part = next(waiting, None)
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]


def test_health_is_answered_where_no_program_is() -> None:
    """And a place is free again after the answer."""

    async def full() -> None:
        admission, inner = Admission(Settings(most_waiting=1)), _Held()
        app = Admit(inner, admission)
        first = asyncio.create_task(_ask(app))
        await asyncio.sleep(0)
        refused = await _ask(app)
        assert refused["status"] == 503
        assert (b"retry-after", b"1") in refused["headers"]
        healthy = asyncio.create_task(_ask(app, "/health/live"))
        await asyncio.sleep(0)
        inner.go.set()
        assert (await healthy)["status"] == 200
        assert (await first)["status"] == 200
        assert (await _ask(app))["status"] == 200
        assert (admission.under_way, admission.bytes_held, admission.refused) == (0, 0, 1)

    asyncio.run(full())


def test_a_body_in_chunks_is_counted_as_it_comes() -> None:
    """And given back, also where it is cut off."""

    async def chunks() -> None:
        admission, inner = Admission(Settings(most_waiting=9, most_bytes=10, most_file_bytes=10)), _Held()
        inner.go.set()
        app = Admit(inner, admission)
        assert (await _ask(app, parts=(b"x" * 20, b"x" * 20), chunked=True))["status"] == 200
        with pytest.raises(Exception, match="YDAN_MOST_WAITING"):
            await _ask(app, parts=(b"x" * 20, b"x" * 20, b"x"), chunked=True)
        assert (admission.under_way, admission.bytes_held) == (0, 0)

    asyncio.run(chunks())


@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/classify/stream"])
def test_what_flows_through_is_let_in_whatever_its_length(path: str) -> None:
    """It takes one place and is never gathered."""

    async def endless() -> None:
        admission, inner = Admission(Settings(most_waiting=9, most_bytes=100, most_file_bytes=10)), _Held()
        asking = asyncio.create_task(_ask(Admit(inner, admission), path, length=10**9))
        await asyncio.sleep(0)
        assert (admission.bytes_held, admission.under_way) == (0, 1)
        inner.go.set()
        assert (await asking)["status"] == 200

    asyncio.run(endless())


def test_who_sends_slowly_holds_no_place() -> None:
    """Only the bytes that came; once all is here it takes its place, or is refused where there is none left."""

    async def slow() -> None:
        admission, inner = Admission(Settings(most_waiting=1)), _Held()
        app = Admit(inner, admission)
        rest = asyncio.Event()
        said: list[Message] = []

        async def receive() -> Message:
            said.append({})
            if len(said) == 1:
                return {"type": "http.request", "body": b"x" * 7, "more_body": True}
            await rest.wait()
            return {"type": "http.request", "body": b"x" * 3, "more_body": False}

        async def send(_message: Message) -> None:
            """Nobody reads it."""

        scope = {"type": "http", "method": "POST", "path": "/v1/classify", "headers": [(b"content-length", b"10")]}
        dripping = asyncio.create_task(app(scope, receive, send))
        while len(said) < 2:
            await asyncio.sleep(0)
        assert (admission.under_way, admission.bytes_held) == (0, 7)
        other = asyncio.create_task(_ask(app, parts=(b"y",)))
        while admission.under_way == 0:
            await asyncio.sleep(0)
        rest.set()
        with pytest.raises(Exception, match="YDAN_MOST_WAITING"):
            await dripping
        inner.go.set()
        assert (await other)["status"] == 200
        assert (admission.under_way, admission.bytes_held) == (0, 0)

    asyncio.run(slow())


def test_who_falls_silent_is_told_and_dropped() -> None:
    """408, and nothing of it is held any longer."""

    async def silent() -> None:
        admission = Admission(Settings())
        app = Admit(_Held(), admission, silence=0.05)

        async def receive() -> Message:
            await asyncio.sleep(60)
            raise AssertionError

        scope = {"type": "http", "method": "POST", "path": "/v1/classify", "headers": [(b"content-length", b"10")]}
        with pytest.raises(Exception, match="im lặng"):
            await app(scope, receive, receive)
        assert (admission.under_way, admission.bytes_held) == (0, 0)

    asyncio.run(silent())


def test_a_chunked_body_over_the_room_is_a_503(serve: Serve) -> None:
    """Told as a problem, like every other refusal."""
    client = serve(most_bytes=1_000_000, most_file_bytes=10)
    client.app.state.admission.most_bytes = 100  # type: ignore[attr-defined]
    found = client.post(
        "/v1/classify", content=iter([b" " * 80, b" " * 80]), headers={"content-type": "application/json"}
    )
    assert (found.status_code, found.json()["code"]) == (503, "overloaded")
    assert found.headers["retry-after"] == "1"


@pytest.mark.parametrize("connections", [200, pytest.param(1000, marks=pytest.mark.heavy)])
def test_a_storm_is_answered_and_passes(connections: int) -> None:
    """All at once against eight places: 200 or 503, none hangs, memory stays; afterwards everything is 200."""
    request = post("/v1/classify", ONE)
    with ydan_serve(YDAN_MOST_WAITING="8") as server, Generator() as load:
        assert load.fire(Job(server.port, [request], 4, 0.2)).statuses.keys() == {200}
        before = server.megabytes()
        seen = load.fire(Job(server.port, [request], connections, 0.1, once=True))
        assert seen.broken == 0
        assert sum(seen.statuses.values()) == connections
        assert set(seen.statuses) == {200, 503}
        assert seen.percentile(1) < 10
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/health/ready", timeout=5) as answer:
            assert answer.status == 200
        assert server.megabytes() - before < 60
        after = load.fire(Job(server.port, [request], 8, 0.3))
        assert (set(after.statuses), after.broken) == ({200}, 0)
