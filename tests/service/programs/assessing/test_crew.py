"""Processes beside the server: same answers, replaced when they die, gone when nobody needs them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ydan.predictor import Predictor
from ydan_service.programs.assessing.crew import Crew, Died, Stopped
from ydan_service.programs.assessing.lines import Asked, assess, opinion_line, pack

MEETING = {"host_level": "commune", "date": "2026-03-01", "province": None}
ROWS = ['{"text": "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"}', "{bad", '{"id": 5, "text": ""}']
ASKED = Asked(501, MEETING, pack(opinion_line(row.encode()) for row in ROWS))


@pytest.fixture(scope="module")
def crew(predictor: Predictor) -> Iterator[Crew]:
    """Of one process, started when it is needed."""
    made = Crew(predictor, size=1)
    yield made
    made.close()
    assert made.ids == []


def test_a_short_list_starts_no_process(crew: Crew, predictor: Predictor) -> None:
    """It is done here."""
    assert crew.assess(ASKED, long=False) == assess(predictor, ASKED)
    assert crew.ids == []


def test_a_process_answers_what_the_server_would(crew: Crew, predictor: Predictor) -> None:
    """Errors, numbers and versions too; and it stays for the next part."""
    for _ in range(2):
        assert crew.assess(ASKED, long=True) == assess(predictor, ASKED)
    assert len(crew.ids) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_another_takes_the_place_of_one_that_was_killed(crew: Crew, predictor: Predictor) -> None:
    """The part at hand fails and can be tried again."""
    crew.assess(ASKED, long=True)
    (old,) = crew.ids
    os.kill(old, signal.SIGKILL)
    with pytest.raises(Died):
        crew.assess(ASKED, long=True)
    assert crew.assess(ASKED, long=True) == assess(predictor, ASKED)
    assert crew.ids != [old]


def test_an_idle_process_ends(crew: Crew) -> None:
    """And its memory is free."""
    crew.assess(ASKED, long=True)
    crew.tidy(idle=1000)
    assert len(crew.ids) == 1
    crew.tidy(idle=-1)
    assert crew.ids == []


def test_a_crew_that_is_closed_says_so(predictor: Predictor) -> None:
    """A part at hand is not taken for one that kills its process."""
    made = Crew(predictor, size=1)
    made.close()
    with pytest.raises(Stopped):
        made.assess(ASKED, long=True)


def test_where_no_process_starts_the_server_does_it(predictor: Predictor, tmp_path: Path) -> None:
    """The model's folder has gone since the start."""
    made = Crew(predictor, bundle=tmp_path / "gone", size=1)
    assert made.assess(ASKED, long=True) == assess(predictor, ASKED)
    assert made.ids == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_process_outlives_a_killed_server(tmp_path: Path) -> None:
    """It ends when its standard input does."""
    program = (
        "import time\nfrom ydan.predictor import Predictor\nfrom ydan_service.programs.assessing.crew import Crew\n"
        "from tests.service.programs.assessing.test_crew import ASKED\n"
        "crew = Crew(Predictor.load(), size=1)\ncrew.assess(ASKED, long=True)\n"
        "print(*crew.ids, flush=True)\ntime.sleep(60)\n"
    )
    server = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    child = int(server.stdout.readline())
    server.kill()
    server.wait()
    server.stdout.close()
    until = time.monotonic() + 10
    while _lives(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(child)


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
