"""``ydan read``: minutes in, the meeting and its opinions out, nothing classified."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from ydan.assessment import dump_json
from ydan.cli.classify import spare_input
from ydan.minutes.reader import MinutesReader
from ydan.minutes.records import Minutes
from ydan.parallel import usable_processes


def read(options: argparse.Namespace) -> int:
    """Print the meeting, then every opinion; with ``--answers`` and ``--rest`` also what else was found."""
    spare_input([str(options.file)], options.output)
    minutes = MinutesReader.load(processes=usable_processes()).read_file(options.file, ocr=options.ocr)
    lines = list(_rows(minutes, answers=options.answers, rest=options.rest))
    text = "\n".join(dump_json(line) for line in lines) + "\n"
    if options.output is None:
        sys.stdout.write(text)
    else:
        options.output.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _rows(minutes: Minutes, *, answers: bool, rest: bool) -> Iterator[dict[str, Any]]:
    yield minutes.meeting.to_json()
    for opinion in minutes.opinions:
        yield opinion.to_json()
    if answers:
        for answer in minutes.answers:
            yield {"answer": answer.to_json()}
    if rest:
        for piece in minutes.rest:
            yield {"rest": piece.to_json()}
