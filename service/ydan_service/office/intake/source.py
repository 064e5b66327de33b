"""From the bytes that were handed in to minutes: a file, a pasted text, or a list of opinions."""

from __future__ import annotations

from pathlib import PurePath

from ydan.cli.recognising import reads_as_minutes
from ydan.minutes.reader import MinutesReader
from ydan.minutes.readers import Limits, read_bytes
from ydan.minutes.readers.limits import check_size
from ydan.minutes.records import Minutes
from ydan_service.office.intake.lists import has_text_column, read_list

LIMITS = Limits()


def read_source(data: bytes, name: str, reader: MinutesReader) -> Minutes:
    """The minutes in ``data``; a list of opinions becomes minutes without answers.

    ``.txt`` and ``.csv`` may be either: a text that does not read as one meeting is taken for a line an opinion.

    :raises ReadError: damaged, too large, scanned, of a kind that is not read …; the message says what to do.
    """
    check_size(len(data), name, LIMITS)
    suffix = PurePath(name).suffix.lower()
    if suffix == ".jsonl" or (suffix == ".csv" and has_text_column(data)):
        return read_list(data, name)
    extract = read_bytes(data, name, LIMITS)
    minutes = reader.read(extract)
    spoken = any(raised.speaker for raised in minutes.opinions)
    if suffix != ".txt" or spoken or reads_as_minutes(extract):
        return minutes
    return read_list(data, name)
