"""Sharing a job out to processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence

import pytest

from ydan.parallel import in_parts


def who(items: Sequence[int]) -> list[tuple[int, int]]:
    return [(item, os.getpid()) for item in items]


def test_every_item_is_answered_once_in_order() -> None:
    """Whatever the number of processes, also more than items."""
    for processes in (1, 2, 3, 7):
        assert [item for item, _pid in in_parts(who, range(20), processes, 1)] == list(range(20))
    assert in_parts(who, [], 4, 1) == []


def alone(code: str) -> str:
    """What a process of its own prints: the test run has threads, and a threaded process never forks."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


forks = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="only where the system can fork safely"
)


@forks
def test_the_parts_are_done_by_different_processes() -> None:
    """One part each."""
    code = "import os; from ydan.parallel import in_parts\n"
    code += "print(len(set(in_parts(lambda part: [os.getpid() for _ in part], range(20), 2, 10))))"
    assert alone(code) == "2"


def test_little_work_stays_here() -> None:
    """A process for fewer than the least is not worth its start."""
    assert {pid for _item, pid in in_parts(who, range(19), 2, 10)} == {os.getpid()}


def test_a_threaded_process_never_forks() -> None:
    """A lock that another thread holds would stay shut in the child."""
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert {pid for _item, pid in in_parts(who, range(20), 2, 1)} == {os.getpid()}
    finally:
        wait.set()
        thread.join()


def test_an_error_in_a_part_is_raised_as_it_would_be_without_children() -> None:
    """With its own type and words."""

    def refuse(items: Sequence[int]) -> list[int]:
        if 15 in items:
            raise ValueError("15 is too many")
        return list(items)

    with pytest.raises(ValueError, match="15 is too many"):
        in_parts(refuse, range(20), 2, 1)


@forks
def test_the_part_of_a_killed_child_is_done_here() -> None:
    """Nothing is lost when the system kills one for memory."""
    code = """
import os, signal
from ydan.parallel import in_parts
parent = os.getpid()
def dying(part):
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * item for item in part]
print(in_parts(dying, range(4), 2, 2))
"""
    assert alone(code) == "[0, 2, 4, 6]"


@forks
def test_long_minutes_are_read_the_same_by_several_processes() -> None:
    """Turns and answers enough for two processes; whoever reads them, the minutes are equal."""
    code = """
from ydan.minutes import answers, reading
from ydan.minutes.extract import Piece, build_extract
from ydan.minutes.reader import MinutesReader
def pieces(count):
    yield "II. Ý KIẾN CỦA NHÂN DÂN"
    for n in range(count):
        yield f"- Ông Tạ Văn Mão (thôn {n}): Đèn đường xóm {n} hỏng {n} tháng nay. Với lại mương thôn {n} bị lấp."
        yield f"Trả lời: Đèn đường xóm {n} sẽ thay bóng. Giao Công an xã xong trước 15/5."
extract = build_extract([Piece(line) for line in pieces(2 * max(answers._LEAST, reading._LEAST))], "txt")
alone, together = (MinutesReader.load(processes=count).read(extract) for count in (1, 2))
print(alone == together, len(alone.opinions) > 200, len(alone.answers) > 200)
"""
    assert alone(code) == "True True True"
