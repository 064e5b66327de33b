"""Two replicas and a worker on PostgreSQL behind the shipped nginx: one replica is killed under load, no caller notices
more than an error it may repeat; a job handed to one is read from the other.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.service.conftest import an_empty_postgresql
from tests.service.faults.replicas import HEADERS, several
from tests.service.programs.jobbing import LINES, lines
from tests.service.test_cli import free_port

pytestmark = pytest.mark.heavy
CONF = Path(__file__).parents[3] / "deploy" / "nginx.conf"
TEXT = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"


@contextmanager
def nginx(folder: Path, replicas: list[int]) -> Iterator[int]:
    """The port of an nginx with our configuration, its addresses replaced by those of the test."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.skip("nginx is not installed")
    port = free_port()
    text = CONF.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    for fixed, here in zip((8001, 8002), replicas, strict=True):
        text = text.replace(f"127.0.0.1:{fixed}", f"127.0.0.1:{here}")
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{text}\n}}\n"
    )
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(conf), "-e", str(folder / "nginx.log")])
    try:
        end = time.monotonic() + 20
        while True:
            try:
                httpx2.get(f"http://127.0.0.1:{port}/health/live", timeout=2)
                break
            except httpx2.TransportError:
                assert process.poll() is None, (folder / "nginx.log").read_text()
                assert time.monotonic() < end
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def pid_of(port: int) -> int:
    """The process that listens there."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--port" in command and str(port).encode() in command:
            return int(process.name)
    raise AssertionError(port)


def test_a_killed_replica_is_left_out(postgresql_url: str, tmp_path: Path) -> None:
    """Of the requests under way at most a few get 502, which a caller may send again; all others are answered."""
    with (
        an_empty_postgresql(postgresql_url, "ydan_template") as url,
        several(url, tmp_path, 2) as ports,
        nginx(tmp_path, ports) as port,
    ):
        base = f"http://127.0.0.1:{port}"
        taken = httpx2.post(
            f"{base}/v1/jobs", content=lines(1_500), headers={**HEADERS, "content-type": LINES}, timeout=60
        )
        assert taken.status_code == 202, taken.text
        seen: Counter[int] = Counter()
        stopped = threading.Event()

        def call() -> None:
            with httpx2.Client(timeout=30) as client:
                while not stopped.is_set():
                    body = {"opinions": [{"id": "1", "text": TEXT}]}
                    seen[client.post(f"{base}/v1/classify", json=body, headers=HEADERS).status_code] += 1

        threads = [threading.Thread(target=call) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(2)
        os.kill(pid_of(ports[0]), signal.SIGKILL)
        time.sleep(4)
        stopped.set()
        for thread in threads:
            thread.join(60)
        assert set(seen) <= {200, 502, 503}, seen
        assert seen[502] + seen[503] <= 4, "no more than were under way on the killed one"
        assert seen[200] > 50
        self_link = taken.json()["links"]["self"]
        end = time.monotonic() + 120
        while httpx2.get(base + self_link, headers=HEADERS, timeout=30).json()["state"] != "done":
            assert time.monotonic() < end
            time.sleep(0.5)
        rows = httpx2.get(f"{base}{self_link}/result", headers=HEADERS, timeout=60).text.splitlines()
        assert [json.loads(row)["id"] for row in rows] == [f"k{number}" for number in range(1, 1_501)]
        assert httpx2.get(f"{base}/metrics", headers=HEADERS, timeout=10).status_code == 404


def test_the_two_configurations_differ_only_in_where_the_replicas_are() -> None:
    """What holds on a server holds in the containers."""

    def server_block(file: Path) -> str:
        text = file.read_text()
        return re.sub(r"listen [^;]+;", "listen;", text[text.index("server {") :])

    assert server_block(CONF) == server_block(CONF.parent / "compose" / "nginx.conf")
