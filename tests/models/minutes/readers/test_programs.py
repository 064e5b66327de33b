from __future__ import annotations

import subprocess
import sys
import time

import pytest

from ydan.minutes.readers.programs import find_program, run_program


def test_a_program_gets_its_input_and_gives_its_output() -> None:
    done = run_program([sys.executable, "-c", "print(input().upper())"], 30, b"bien ban\n", {"LANG": "C"})
    assert (done.returncode, done.stdout.strip()) == (0, b"BIEN BAN")


def test_a_program_that_runs_too_long_is_ended() -> None:
    start = time.perf_counter()
    with pytest.raises(subprocess.TimeoutExpired):
        run_program([sys.executable, "-c", "import time; time.sleep(60)"], 0.2)
    assert time.perf_counter() - start < 10


def test_the_first_program_that_is_there_is_found() -> None:
    assert find_program("khong-co-chuong-trinh-nay", "sh") == find_program("sh")
    assert find_program("khong-co-chuong-trinh-nay") is None
