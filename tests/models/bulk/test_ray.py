"""The same on a real cluster of Ray on this machine, one of whose nodes is lost midway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.heavy
LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_USAGE_STATS_ENABLED": "0"}
"""The first makes Ray take 127.0.0.1 for its address, and no other."""

START = """
import json, os, signal, subprocess, sys, time
from datetime import date
from pathlib import Path
import ray
from ray.cluster_utils import Cluster
from ydan.bulk.ray import classify_dataset, ray_engine
from ydan.bulk.run import Order, run_bulk
from ydan.opinion import Session
from ydan.predictor import Predictor

folder, model = Path(sys.argv[1]), Path(sys.argv[2])
session = Session(date(2026, 3, 1))
small = {"num_cpus": 1, "object_store_memory": 100_000_000}
cluster = Cluster(initialize_head=True, head_node_args={**small, "include_dashboard": False})
"""
NODE_LOST = (
    START
    + """
lost = cluster.add_node(**small)
order = Order(folder / "in", folder / "out", session, form="jsonl", model=model, piece=500)
killed = False
for progress in run_bulk(order, Predictor.load(model), ray_engine(cluster.address, 2)):
    if progress.done >= 4 and not killed:
        killed = True
        cluster.remove_node(lost, allow_graceful=False)
print(json.dumps([killed, progress.done, progress.rows, progress.failed]))
ray.shutdown()
cluster.shutdown()
"""
)
WORKER_KILLED = (
    START
    + """
ray.init(address=cluster.address, log_to_driver=False)
raylet = cluster.head_node.all_processes["raylet"][0].process.pid
rows = [{"so": n, "id": f"r{n}", "text": f"Đường xóm {n} lầy lội" if n % 100 else ""} for n in range(6000)]
found = classify_dataset(
    ray.data.from_items(rows, override_num_blocks=12), session=session, model=model, keep=["so"], actors=1
)
seen, killed = [], False
for row in found.iter_rows():
    seen.append([row["so"], row["id"], (row["error"] or {}).get("code"), row["topic"] is not None])
    if not killed:
        for line in subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout.splitlines():
            pid, parent, name = line.split(None, 2)
            if "_Batches" in name and parent == str(raylet):
                os.kill(int(pid), signal.SIGKILL)
                killed = True
print(json.dumps([killed, seen]))
ray.shutdown()
cluster.shutdown()
"""
)


@pytest.fixture
def ray_installed() -> None:
    pytest.importorskip("ray", reason='needs the extra: pip install "ydan[ray]"')
    pytest.importorskip("ray.data", reason='needs the extra: pip install "ydan[ray]"')


def alone(code: str, *arguments: object) -> Any:
    """What a process of its own says at last: Ray starts threads and processes that no other test should meet.

    A machine that is busy with something else may not start Ray within the half minute that Ray allows itself.
    """
    line = [sys.executable, "-c", code, *map(str, arguments)]
    for _ in range(3):
        done = subprocess.run(line, env={**os.environ, **LOOPBACK}, capture_output=True, text=True, timeout=300)
        if "timed out during startup" not in done.stderr:
            break
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def write_lines(path: Path, count: int, bad: int) -> None:
    rows = [json.dumps({"id": f"r{n}", "text": f"Đường xóm {n} lầy lội"}, ensure_ascii=False) for n in range(count)]
    rows[bad] = "{hỏng"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(rows) + "\n", "utf-8")


@pytest.mark.usefixtures("ray_installed")
def test_every_row_is_answered_once_though_a_node_is_lost(tmp_path: Path, tiny_bundle: Path) -> None:
    """Two nodes, one killed while it works: its pieces are done by the other."""
    write_lines(tmp_path / "in" / "a.jsonl", 9_000, bad=4_321)
    write_lines(tmp_path / "in" / "b.jsonl", 1_000, bad=0)
    assert alone(NODE_LOST, tmp_path, tiny_bundle) == [True, 20, 10_000, 2]
    parts = sorted((tmp_path / "out").glob("part-*"))
    rows = [json.loads(line) for part in parts for line in part.read_text("utf-8").splitlines()]
    wanted = [("a.jsonl", n) for n in range(1, 9_001)] + [("b.jsonl", n) for n in range(1, 1_001)]
    assert [(row["source"], row["row"]) for row in rows] == wanted
    assert [(row["source"], row["row"]) for row in rows if "error" in row] == [("a.jsonl", 4_322), ("b.jsonl", 1)]
    assert not list((tmp_path / "out").glob("_part-*"))


@pytest.mark.usefixtures("ray_installed")
def test_a_dataset_is_answered_once_though_its_actor_is_killed(tmp_path: Path, tiny_bundle: Path) -> None:
    """The actor comes back; a kept column tells which row is which."""
    killed, seen = alone(WORKER_KILLED, tmp_path, tiny_bundle)
    assert killed
    assert sorted(seen) == [
        [n, f"r{n}", None, True] if n % 100 else [n, f"r{n}", "empty_text", False] for n in range(6_000)
    ]


@pytest.mark.usefixtures("ray_installed")
def test_the_command_starts_ray_by_itself(tmp_path: Path, tiny_bundle: Path) -> None:
    """And writes one file, in order."""
    write_lines(tmp_path / "a.jsonl", 300, bad=7)
    code = "import sys; from ydan.cli import main; print(main(sys.argv[1:]))"
    words = ("bulk", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--engine", "ray", "--processes", 1)
    assert alone(code, *words, "--model", tiny_bundle) == 1
    rows = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text("utf-8").splitlines()]
    assert [row["row"] for row in rows] == list(range(1, 301))


def test_without_ray_the_message_names_the_extra(tmp_path: Path) -> None:
    """Before anything is loaded or written."""
    code = (
        "import sys; sys.modules['ray'] = None\nfrom ydan.cli import main\n"
        "sys.exit(main(['bulk', 'a.jsonl', 'b.jsonl', '--engine', 'ray']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert 'pip install "ydan[ray]"' in done.stderr
