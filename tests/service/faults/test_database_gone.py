"""PostgreSQL goes away under load and comes back: what callers see; nothing acknowledged is lost or done twice."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from pathlib import Path

import httpx2
import psycopg
import pytest

from tests.service import postgresql
from tests.service.faults.replicas import HEADERS, running
from tests.service.programs.jobbing import LINES, lines

pytestmark = pytest.mark.heavy
TEXT = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"
MANY = 6_000


class Load:
    """Callers that give feedback, each item until it is acknowledged, and callers that only classify."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.stopped = threading.Event()
        self.seen: Counter[tuple[str, int | str]] = Counter()
        self.acknowledged: list[str] = []
        self.slowest = 0.0
        workers = [(self.give, (number,)) for number in range(3)] + [(self.classify, ())]
        self.threads = [threading.Thread(target=target, args=args) for target, args in workers]

    def ask(self, route: str, body: object, **headers: str) -> int:
        """The status, counted."""
        begun = time.monotonic()
        answer = httpx2.post(f"{self.base}{route}", json=body, headers={**HEADERS, **headers}, timeout=60)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.seen[route, answer.status_code] += 1
        if answer.status_code in (409, 503):
            assert int(answer.headers["Retry-After"]) >= 1
            assert answer.headers["Content-Type"] == "application/problem+json"
        return answer.status_code

    def give(self, number: int) -> None:
        """One item after the other; the same key until it is taken."""
        count = 0
        while not self.stopped.is_set():
            name, count = f"{number}-{count}", count + 1
            item = {"id": name, "text": TEXT, "final": {"topic": "transport_roads"}}
            while self.ask("/v1/feedback", item, **{"Idempotency-Key": name}) != 200:
                time.sleep(0.2)
            self.acknowledged.append(name)

    def classify(self) -> None:
        """Needs no database."""
        while not self.stopped.is_set():
            self.ask("/v1/classify", {"opinions": [{"id": "1", "text": TEXT}]})
            time.sleep(0.01)


def test_postgresql_restarted_under_load(tmp_path: Path) -> None:
    """While it is away: 503 with Retry-After, at once; classify goes on; afterwards all goes on without a restart."""
    try:
        server_here = postgresql.stopped_server()
        with server_here as server:
            server.start()
            try:
                under_load(server, tmp_path)
            finally:
                server.stop()
    except postgresql.NotHere as reason:
        pytest.skip(str(reason))


def under_load(server: postgresql.Server, folder: Path) -> None:
    url = server.url.format(database="postgres").replace("+psycopg", "")
    with running(url, folder) as port:
        load = Load(port)
        for thread in load.threads:
            thread.start()
        time.sleep(2)
        headers = {**HEADERS, "content-type": LINES, "Idempotency-Key": "mot-viec-dai"}
        job = httpx2.post(f"{load.base}/v1/jobs", content=lines(MANY), headers=headers, timeout=60)
        assert job.status_code == 202, job.text
        self_link = job.json()["links"]["self"]
        for _ in range(2):
            before = len(load.acknowledged)
            server.stop()
            time.sleep(4)
            server.start()
            end = time.monotonic() + 60
            while len(load.acknowledged) < before + 10:
                assert time.monotonic() < end, load.seen
                time.sleep(0.1)
        load.stopped.set()
        for thread in load.threads:
            thread.join(90)
            assert not thread.is_alive()
        end = time.monotonic() + 150
        while (found := httpx2.get(load.base + self_link, headers=HEADERS, timeout=60).json())["state"] != "done":
            assert found["state"] in ("queued", "running"), found
            assert time.monotonic() < end, found
            time.sleep(0.5)
        rows = httpx2.get(f"{load.base}{self_link}/result", headers=HEADERS, timeout=60).text.splitlines()
        again = httpx2.post(f"{load.base}/v1/jobs", content=lines(MANY), headers=headers, timeout=60)
    assert [json.loads(row)["id"] for row in rows] == [f"k{number}" for number in range(1, MANY + 1)]
    assert again.json()["id"] == job.json()["id"]
    assert {status for route, status in load.seen if route == "/v1/classify"} == {200}
    given = {status for route, status in load.seen if route == "/v1/feedback"}
    assert 503 in given
    assert given <= {200, 409, 503}
    assert load.slowest < 15, "a caller is told at once, not left waiting"
    with psycopg.connect(url) as connection:
        kept = [id_ for (id_,) in connection.execute("SELECT opinion_id FROM feedback")]
    assert sorted(kept) == sorted(load.acknowledged), "what was acknowledged is there, once; nothing else is"
