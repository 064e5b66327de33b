"""Several processes on one port: figures of all, a dead one replaced, a stop that ends every request."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.service.conftest import GOOD
from tests.service.models_at_hand import another
from tests.service.test_cli import COMMAND, free_port
from ydan_service.settings import Settings, SettingsError
from ydan_service.supervisor import Supervisor, environment_of, open_port

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def wait_until(true: object, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.1)


def test_the_command_line_reaches_every_process() -> None:
    """As variables."""
    settings = Settings(port=8123, serve_pages=False, workers=3, data_dir=Path("/srv/ydan"))
    found = environment_of(settings)
    assert (found["YDAN_PORT"], found["YDAN_PAGES"], found["YDAN_WORKERS"]) == ("8123", "off", "3")
    assert found["YDAN_DATA"] == str(Path("/srv/ydan"))


def test_a_port_that_is_taken_is_said_so() -> None:
    """Before anything is started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="--port"):
            open_port(Settings(port=taken.getsockname()[1], serve_pages=False))


def test_answers_do_not_wait_for_more_to_send() -> None:
    """asyncio switches Nagle's algorithm off only on sockets that name their protocol; else each answer takes 40 ms."""
    with open_port(Settings(port=free_port(), serve_pages=False)) as opened:
        assert opened.proto == socket.IPPROTO_TCP


def die() -> None:
    """A process that is never well."""


@pytest.mark.heavy
def test_one_that_dies_at_once_is_started_ever_more_slowly(tmp_path: Path) -> None:
    """A broken server must not keep the machine busy with starting."""
    started: list[float] = []

    def start() -> BaseProcess:
        started.append(time.monotonic())
        process = get_context("spawn").Process(target=die)
        process.start()
        return process

    supervisor = Supervisor(1, start, tmp_path, young=3600)
    supervisor.places = [supervisor._filled()]
    pauses = []
    for _ in range(3):
        wait_until(lambda: not supervisor.places[0].process.is_alive())
        supervisor.look()
        pauses.append(supervisor.places[0].pause)
        assert len(started) == len(pauses)  # not yet
        supervisor.places[0].due = 0.0
        supervisor.look()
    assert pauses == [1, 2, 4]
    wait_until(lambda: not supervisor.places[0].process.is_alive())
    supervisor.end()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``ydan-serve --workers 2`` as an administrator starts it, and its address."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    environment |= {"YDAN_LOG_FORMAT": "json", "PYTHONIOENCODING": "utf-8"}
    command = [str(COMMAND), "--no-pages", "--workers", "2", "--port", str(port), "--data", str(tmp_path / "data")]
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment, encoding="utf-8")
    url = f"http://127.0.0.1:{port}"
    wait_until(lambda: len(answering(url, tmp_path / "log")) == 2, 120)
    yield process, url
    if process.poll() is None:
        process.terminate()
        process.wait(60)
    assert process.stdout is not None
    process.stdout.close()


def metric(url: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", httpx2.get(f"{url}/metrics", timeout=30).text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def lines_of(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def answering(url: str, log: Path) -> set[int]:
    """The processes that answered something so far."""
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: httpx2.get(f"{url}/v1/taxonomy", timeout=30), range(16)))
    except httpx2.TransportError:
        return set()
    return {line["pid"] for line in lines_of(log) if line["logger"] == "ydan.access"}


def children(process: subprocess.Popen[str]) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(process.pid), "-f", "spawn_main"], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


@pytest.mark.heavy
def test_two_processes_answer_count_together_and_replace_a_dead_one(
    served: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    """From start to stop: sums over both, a kill, a switch of both, the stop; the greeting is said once."""
    process, url = served
    with ThreadPoolExecutor(8) as pool:
        body = {"opinions": [{"text": GOOD}]}
        answers = list(pool.map(lambda _: httpx2.post(f"{url}/v1/classify", json=body, timeout=30), range(40)))
    assert {answer.status_code for answer in answers} == {200}
    wait_until(lambda: metric(url, "ydan_opinions_assessed_total") == 40)
    wait_until(lambda: httpx2.get(f"{url}/v1/drift", timeout=30).json()["opinions"] == 40)

    before = children(process)
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: len(children(process)) == 2 and before[0] not in children(process))
    assert httpx2.post(f"{url}/v1/classify", json=body, timeout=60).status_code == 200
    wait_until(lambda: metric(url, "ydan_opinions_assessed_total") == 41)  # what the dead one counted still counts

    environment = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    switch = [str(COMMAND), "model", "--data", str(tmp_path / "data"), "switch", str(another(tmp_path / "new"))]
    subprocess.run(switch, check=True, env=environment, capture_output=True)
    process.send_signal(signal.SIGHUP)

    def all_new() -> bool:
        ready = [httpx2.get(f"{url}/health/ready", timeout=30).json()["model"]["version"] for _ in range(12)]
        return set(ready) == {"1.0.1"}

    wait_until(all_new, 120)
    left = children(process)
    process.terminate()
    out, _ = process.communicate(timeout=90)
    assert process.returncode == 0
    assert out.count("Ý Dân nhận ý kiến") == 1
    assert not any(Path(f"/proc/{pid}").exists() for pid in left)
    told = lines_of(tmp_path / "log")
    # the fresh one may have started with the new model already
    assert sum("the model is now" in line["message"] for line in told) in (1, 2)
    assert sum("ended with" in line["message"] for line in told) == 1


@pytest.mark.heavy
def test_nothing_is_left_when_the_one_that_started_them_is_killed(served: tuple[subprocess.Popen[str], str]) -> None:
    """No process goes on answering by itself."""
    process, _url = served
    left = children(process)
    process.kill()
    process.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left), 60)


@pytest.mark.heavy
def test_a_stop_ends_what_is_in_hand(served: tuple[subprocess.Popen[str], str]) -> None:
    """A long call that began before is answered whole."""
    process, url = served
    body = {"opinions": [{"text": f"{GOOD} {number}" * 20} for number in range(1000)]}
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(httpx2.post, f"{url}/v1/classify", json=body, timeout=120)
        time.sleep(0.3)
        process.terminate()
        answer = asked.result()
    assert answer.status_code == 200
    assert len(answer.json()["results"]) == 1000
    assert process.wait(60) == 0
