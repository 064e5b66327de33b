"""Long lists: rows go through while others are still being read, and nothing else changes."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.models.cli.conftest import Run
from ydan.cli import classify as command
from ydan.cli.streaming import LONG

GOOD = "Đường xóm {} lầy lội, xin xã đổ bê tông"
WIDE = "x" * 500
"""Two thousand such lines are more than is read before the first is answered."""
linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")


def said(count: int, bad: int | None = None, more: str = "") -> str:
    """JSON Lines; the line ``bad`` is none, ``more`` makes each longer."""
    rows = [json.dumps({"id": f"r{n}", "text": GOOD.format(n), "more": more}, ensure_ascii=False) for n in range(count)]
    if bad is not None:
        rows[bad] = "{hỏng"
    return "\n".join(rows) + "\n"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty rows are already a long list."""
    monkeypatch.setattr(command, "LONG", 20)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_long_list_is_answered_like_a_short_one(classify: Run, processes: int) -> None:
    """Same lines, same order, the bad one in its place, exit status 1."""
    found = classify("-", "--format", "jsonl", "--processes", processes, said=said(50, bad=30))
    assert found.status == 1
    assert [row["id"] for row in found.rows] == [f"r{n}" if n != 30 else "31" for n in range(50)]
    assert [n for n, row in enumerate(found.rows) if "error" in row] == [30]
    alone = classify("-", "--format", "jsonl", said=said(5))
    assert found.rows[:5] == alone.rows


@pytest.mark.usefixtures("short")
def test_csv_in_gives_csv_out(classify: Run, tmp_path: Path) -> None:
    """A row a row, heading once."""
    path = tmp_path / "a.csv"
    path.write_text("STT;Nội dung\n" + "".join(f"{n};{GOOD.format(n)}\n" for n in range(60)), "utf-8")
    found = classify(path, "--format", "csv", "--processes", 1)
    rows = list(csv.reader(io.StringIO(found.out)))
    assert [row[0] for row in rows] == ["STT", *map(str, range(60))]


@pytest.mark.usefixtures("short")
def test_ids_of_long_and_short_files_name_the_file(classify: Run, tmp_path: Path) -> None:
    """As without streaming."""
    for name, count in (("sáng", 30), ("chiều", 2)):
        (tmp_path / f"{name}.jsonl").write_text(said(count), "utf-8")
    found = classify(tmp_path / "sáng.jsonl", tmp_path / "chiều.jsonl", "--format", "jsonl", "--processes", 1)
    assert [row["id"] for row in found.rows] == [*(f"sáng:r{n}" for n in range(30)), "chiều:r0", "chiều:r1"]


@pytest.mark.usefixtures("short")
def test_what_was_answered_before_the_input_broke_off_is_kept_beside_the_old_output(
    classify: Run, tmp_path: Path
) -> None:
    """A quote that is never closed in row 1,000,000 must cost neither yesterday's result nor today's."""
    path, kept = tmp_path / "a.csv", tmp_path / "ket-qua.csv"
    path.write_text("text\n" + f"{GOOD}\n" * 600 + '"mở ngoặc\n' + "Mất điện suốt tối qua\n" * 60_000, "utf-8")
    kept.write_text("kết quả hôm qua", "utf-8")
    found = classify(path, "--output", kept, "--processes", 1)
    assert found.status == 2
    assert "ngoặc kép" in found.err
    assert kept.read_text("utf-8") == "kết quả hôm qua"
    part = tmp_path / "ket-qua.csv.part"
    assert str(part) in found.err
    assert len(part.read_text("utf-8").splitlines()) == 501


@pytest.mark.usefixtures("short")
def test_a_finished_run_leaves_no_part(classify: Run, tmp_path: Path) -> None:
    """One file, with its own name."""
    path = tmp_path / "a.jsonl"
    path.write_text(said(30), "utf-8")
    assert classify(path, "--output", tmp_path / "b.jsonl", "--processes", 1).status == 0
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize("words", ["0", "-1", "hai", "1000"])
def test_a_wrong_number_of_processes_says_what_it_may_be(classify: Run, words: str) -> None:
    """Exit status 2."""
    found = classify("-", "--processes", words)
    assert found.status == 2
    assert "--processes 2" in found.err


def hears_ctrl_c() -> None:
    """As from a terminal; tests that run in the background inherit that it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*arguments: object, **pipes: object) -> subprocess.Popen[bytes]:
    """The command in a process group of its own, as a shell starts it."""
    line = [sys.executable, "-c", "import sys; from ydan.cli import main; sys.exit(main())"]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [*line, *map(str, arguments)], start_new_session=True, preexec_fn=hears_ctrl_c, **pipes
    )


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(word) for word in found.split()]


@linux
def test_ctrl_c_ends_the_run_and_its_workers_and_keeps_what_was_answered(tiny_bundle: Path, tmp_path: Path) -> None:
    """Status 130, one line, no traceback of anybody."""
    arguments = ("classify", "-", "--format", "jsonl", "--output", tmp_path / "b.jsonl", "--model", tiny_bundle)
    run = start(*arguments, "--processes", 2, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdin is not None
    run.stdin.write(said(LONG + 3_000, more=WIDE).encode())
    run.stdin.flush()
    part = tmp_path / "b.jsonl.part"
    deadline = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = children(run.pid)
    os.killpg(run.pid, signal.SIGINT)
    _, err = run.communicate(timeout=30)
    assert (run.returncode, len(workers)) == (130, 2)
    assert "Traceback" not in err.decode()
    assert str(part) in err.decode()
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert all("topic" in json.loads(line) for line in part.read_text("utf-8").splitlines()[:500])


@linux
def test_a_killed_worker_costs_nothing(tiny_bundle: Path, tmp_path: Path) -> None:
    """As when the system is short of memory: every line is answered once, in order."""
    out = tmp_path / "b.jsonl"
    arguments = ("classify", "-", "--output", out, "--model", tiny_bundle, "--processes", 2)
    run = start(*arguments, stdin=subprocess.PIPE)
    assert run.stdin is not None
    lines = said(LONG + 4_000, more=WIDE).encode().splitlines(keepends=True)
    run.stdin.write(b"".join(lines[: LONG + 1_000]))
    run.stdin.flush()
    deadline = time.monotonic() + 60
    while len(workers := children(run.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(workers[0], signal.SIGKILL)
    run.communicate(b"".join(lines[LONG + 1_000 :]), timeout=60)
    assert run.returncode == 0
    with out.open(encoding="utf-8") as answers:
        assert [json.loads(line)["id"] for line in answers] == [f"r{n}" for n in range(LONG + 4_000)]


@linux
@pytest.mark.heavy
def test_fifty_thousand_lines_through_a_pipe_take_no_more_memory_than_ten_thousand(tiny_bundle: Path) -> None:
    """Parent and workers together."""
    peaks = {}
    for count in (10_000, 50_000):
        arguments = ("classify", "-", "--format", "jsonl", "--model", tiny_bundle, "--processes", 2)
        run = start(*arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        assert run.stdin is not None
        peak = 0
        block = said(500, more=WIDE).encode()  # else the short run is all read before a worker is there
        for _ in range(count // 500):
            run.stdin.write(block)
            peak = max(peak, sum(map(_resident, [run.pid, *children(run.pid)])))
        run.stdin.close()
        assert run.wait(120) == 0
        peaks[count] = peak
    assert peaks[10_000] > 50_000, "measured nothing"
    assert peaks[50_000] < peaks[10_000] * 1.15, peaks


def _resident(process: int) -> int:
    """Kilobytes, what is shared counted by its share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except (OSError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
