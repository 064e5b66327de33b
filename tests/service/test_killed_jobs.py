"""The server, or a worker, is killed in the middle of a job: after the next start every opinion is answered once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from tests.service.conftest import an_empty_postgresql
from tests.service.programs.jobbing import LINES, lines
from tests.service.test_cli import COMMAND, free_port
from ydan_service.settings import Settings
from ydan_service.store.opening import open_store
from ydan_service.store.tables import BulkJob

pytestmark = [pytest.mark.heavy, pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")]
MANY = 20_001


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests."""
    for name in [name for name in os.environ if name.startswith("YDAN_")]:
        monkeypatch.delenv(name)


def serve(data: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    """The command, ready to answer."""
    with log.open("ab") as output:
        command = [str(COMMAND), "--data", str(data), "--port", str(port)]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        with suppress(httpx2.TransportError):
            if httpx2.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).status_code == 200:
                return process
        time.sleep(0.1)
    process.kill()
    process.wait()
    raise AssertionError(log.read_text(errors="replace")[-2000:])


def look(url: str, until: Any, seconds: float = 180.0) -> dict[str, Any]:
    """The job, as soon as it is as wanted."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        job: dict[str, Any] = httpx2.get(url, timeout=10).json()
        if until(job):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def everything_once(url: str) -> None:
    """In order, each with an answer."""
    rows = [json.loads(line) for line in httpx2.get(f"{url}/result", timeout=60).text.splitlines()]
    assert [row["id"] for row in rows] == [f"k{n}" for n in range(1, MANY + 1)]
    assert all("topic" in row for row in rows)


def hand_in(port: int) -> str:
    answer = httpx2.post(
        f"http://127.0.0.1:{port}/v1/jobs", content=lines(MANY), headers={"content-type": LINES}, timeout=60
    )
    assert answer.status_code == 202, answer.text
    return f"http://127.0.0.1:{port}{answer.json()['links']['self']}"


def test_a_killed_server_goes_on_with_the_job(tmp_path: Path) -> None:
    """Twice, while it is busy; its helpers are gone with it; nothing is missing, nothing twice."""
    data, log, port = tmp_path / "data", tmp_path / "log.txt", free_port()
    server = serve(data, port, log)
    url = hand_in(port)
    done = 0
    for _ in range(2):
        done = look(url, lambda job, done=done: job["done"] > done)["done"]
        assert done < MANY
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        server = serve(data, port, log)
        assert look(url, lambda _job: True)["done"] >= done, "what was answered stays answered"
    try:
        job = look(url, lambda job: job["state"] not in ("queued", "running"))
        assert (job["state"], job["total"], job["done"], job["failed"]) == ("done", MANY, MANY, 0)
        everything_once(url)
        begun = time.monotonic()
        other = hand_in(port)
        look(other, lambda job: job["done"] > 0)
        cancelled = httpx2.post(f"{other}/cancel", timeout=10).json()
        time.sleep(2)
        assert httpx2.get(other, timeout=10).json()["done"] == cancelled["done"], f"{time.monotonic() - begun}"
    finally:
        server.terminate()
        server.wait(30)
    store = open_store(Settings(data_dir=data))
    with store.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    store.engine.dispose()


def test_a_killed_worker_of_several_costs_nothing(postgresql_url: str, tmp_path: Path) -> None:
    """A server that works on nothing, two workers of which one is killed: its part goes to the other."""
    with an_empty_postgresql(postgresql_url, "ydan_template") as url:
        environment = {
            **os.environ,
            "YDAN_DATABASE_URL": url,
            "YDAN_DATA": str(tmp_path),
            "YDAN_WORKERS": "2",
            "YDAN_API_KEY": "mot-khoa-du-dai-de-thu",
        }
        settings = Settings(data_dir=tmp_path, database_url=url)
        store = open_store(settings)
        from tests.service.programs.bulk.test_parts import a_job

        job_id = a_job(store, 9_000)
        output = (tmp_path / "log.txt").open("wb")
        workers = [
            subprocess.Popen(
                [str(COMMAND), "worker", "--concurrency", "1"], env=environment, stdout=output, stderr=output
            )
            for _ in range(2)
        ]
        try:
            limit, killed = time.monotonic() + 180, False
            while True:
                with store.read() as session:
                    job = session.get_one(BulkJob, job_id)
                if not killed and 0 < job.done < job.total:
                    workers[0].kill()
                    killed = True
                if job.state not in ("queued", "running"):
                    break
                assert time.monotonic() < limit, (job.state, job.done)
                time.sleep(0.02)
            assert killed
            assert (job.state, job.done, job.failed) == ("done", 9_000, 0)
        finally:
            for worker in workers:
                worker.terminate()
            assert workers[1].wait(60) == 0, "an orderly stop"
            workers[0].wait(60)
            output.close()
            store.engine.dispose()
