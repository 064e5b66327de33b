"""Two replicas get the same request at the same moment: it is done once, and both callers learn the one answer."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import psycopg
import pytest

from tests.service.conftest import an_empty_postgresql
from tests.service.faults.replicas import HEADERS, several

pytestmark = pytest.mark.heavy
KEYS = 40
ITEM = {"id": "7", "text": "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông", "final": {"topic": "transport_roads"}}


def test_two_replicas_racing_on_one_key_do_the_work_once(postgresql_url: str, tmp_path: Path) -> None:
    """Of each pair one does it; the other gets the same answer, or is told to come again and then gets it."""
    with an_empty_postgresql(postgresql_url, "ydan_template") as url, several(url, tmp_path, 2) as ports:

        def ask(port: int, key: str, together: threading.Barrier) -> httpx2.Response:
            together.wait()
            headers = {**HEADERS, "Idempotency-Key": key}
            return httpx2.post(f"http://127.0.0.1:{port}/v1/feedback", json=ITEM, headers=headers, timeout=60)

        seen = []
        with ThreadPoolExecutor(2) as pool:
            for number in range(KEYS):
                together = threading.Barrier(2)
                pair = [pool.submit(ask, port, f"viec-{number}", together) for port in ports]
                answers = [each.result() for each in pair]
                assert all(answer.status_code in (200, 409) for answer in answers), [each.text for each in answers]
                again = ask(ports[number % 2], f"viec-{number}", threading.Barrier(1))
                bodies = {answer.text for answer in [*answers, again] if answer.status_code == 200}
                assert len(bodies) == 1, bodies
                assert again.headers["Idempotency-Replayed"] == "true"
                seen += [answer.status_code for answer in answers]
        assert seen.count(200) >= KEYS
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT count(*) FROM feedback").fetchone() == (KEYS,)
