"""Clients that send slowly, stop halfway or go away: others do not notice, and nothing half sent is taken for whole."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx2
import pytest

from tests.service.programs.jobbing import app_of, lines
from tests.service.routes.serving import served
from ydan.predictor import Predictor
from ydan_service.store.store import Store

BODY = json.dumps({"opinions": [{"id": "1", "text": "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"}]}).encode()


@pytest.fixture
def port(predictor: Predictor, sqlite_store: Store) -> Iterator[int]:
    """Of a real server with a store."""
    with served(app_of(sqlite_store, predictor, most_waiting=8)) as found:
        yield found


_open: list[socket.socket] = []


@pytest.fixture(autouse=True)
def _hung_up() -> Iterator[None]:
    """Every connection is closed in the end."""
    yield
    while _open:
        _open.pop().close()


def begin(port: int, route: str, length: int, kind: str = "application/json", **headers: str) -> socket.socket:
    """A request whose body is yet to come."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"POST {route} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}\r\n"
    _open.append(connection)
    connection.sendall(head.encode())
    return connection


def classify(port: int) -> tuple[int, float]:
    """The status of a plain request and its seconds."""
    begun = time.monotonic()
    headers = {"content-type": "application/json"}
    answer = httpx2.post(f"http://127.0.0.1:{port}/v1/classify", content=BODY, headers=headers, timeout=20)
    return answer.status_code, time.monotonic() - begun


def test_a_slow_client_gets_its_answer_and_holds_nobody_up(port: int) -> None:
    """It sends a byte at a time, the others are served meanwhile."""
    slow = begin(port, "/v1/classify", len(BODY))

    def drip() -> None:
        for byte in BODY:
            slow.sendall(bytes([byte]))
            time.sleep(0.01)

    dripping = threading.Thread(target=drip)
    dripping.start()
    seen = []
    while dripping.is_alive():
        seen.append(classify(port))
    dripping.join()
    assert slow.recv(65536).startswith(b"HTTP/1.1 200")
    slow.close()
    assert len(seen) >= 3
    assert {status for status, _ in seen} == {200}
    assert max(seconds for _, seconds in seen) < 2


def test_many_clients_that_stop_halfway_do_not_lock_the_others_out(port: int) -> None:
    """More of them than may be under way at once: what only waits for a body holds no place."""
    halves = [begin(port, "/v1/classify", len(BODY)) for _ in range(20)]
    for half in halves:
        half.sendall(BODY[:30])
    time.sleep(0.3)
    assert classify(port)[0] == 200
    for half in halves:
        half.close()
    time.sleep(0.3)
    assert [classify(port)[0] for _ in range(5)] == [200] * 5


def test_a_half_sent_job_is_none(port: int) -> None:
    """The connection breaks in the middle of the opinions; the same key then does the whole."""
    body = lines(1_500)
    half = begin(port, "/v1/jobs", len(body), "application/x-ndjson", Idempotency_Key="mot-viec")
    half.sendall(body[: len(body) // 2])
    half.shutdown(socket.SHUT_WR)
    half.close()
    time.sleep(0.5)
    assert httpx2.get(f"http://127.0.0.1:{port}/v1/jobs", timeout=20).json()["items"] == []
    headers = {"content-type": "application/x-ndjson", "Idempotency-Key": "mot-viec"}
    whole = httpx2.post(f"http://127.0.0.1:{port}/v1/jobs", content=body, headers=headers, timeout=20)
    assert (whole.status_code, whole.json()["total"]) == (202, 1_500)
    assert len(httpx2.get(f"http://127.0.0.1:{port}/v1/jobs", timeout=20).json()["items"]) == 1


def test_a_client_that_does_not_read_costs_no_memory(port: int) -> None:
    """A stream whose answers nobody takes stands still; when it is dropped the server is as before."""
    body = lines(250_000)  # more than the buffers of the two systems hold
    deaf = begin(port, "/v1/classify/stream?date=2026-03-01", len(body), "application/x-ndjson")
    deaf.settimeout(1.0)
    sent = 0
    try:
        while sent < len(body):
            sent += deaf.send(body[sent : sent + 65536])
    except TimeoutError:
        pass
    assert sent < len(body), "the server went on reading what it could not answer"
    assert classify(port)[0] == 200
    deaf.close()
    time.sleep(0.5)
    assert classify(port)[0] == 200
