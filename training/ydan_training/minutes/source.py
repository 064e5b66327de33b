"""One source file: header, body and gold, parted by lines of ``=====``; strict, so that no slip becomes gold."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ydan.taxonomy import Taxonomy, load_taxonomy
from ydan_training.corpus.record import DISTRICTS_ENDED, HOSTS
from ydan_training.minutes.blocks import Block, BodyError, read_body
from ydan_training.minutes.gold import Answer, Opinion, Row, Task, read_gold_row
from ydan_training.minutes.marks import Mark, squeeze

LAYOUTS = ("docx", "pdf", "txt", "md", "xlsx", "csv")
MEETING_TYPES = ("txdt", "txct", "tcd", "complaint_dialogue", "mixed")
WARNINGS = ("none", "voter_meeting", "citizen_reception", "complaint_dialogue")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1258", "tcvn3", "vni")
_REQUIRED = ("layout", "meeting_type", "host_level", "date", "place", "chair", "warning", "author")
_OPTIONAL = ("options", "secretary", "attendance", "invited")
_VALUED = {"hard_wrap", "encoding", "page_head"}
_FLAGS = {"auto_numbers", "text_box", "page_numbers", "strip_diacritics", "merged", "letterhead_table"}
_CHOICES = {"layout": LAYOUTS, "meeting_type": MEETING_TYPES, "host_level": HOSTS, "warning": WARNINGS}


class SourceError(Exception):
    """A source breaks the format; the message names the file, the line and what to mend."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be: how it looks, what it says, and what a reader must find in it."""

    name: str
    header: dict[str, str]
    options: dict[str, str]
    blocks: tuple[Block, ...]
    opinions: tuple[Opinion, ...]
    answers: tuple[Answer, ...]

    @property
    def layout(self) -> str:
        """The ending of the document."""
        return self.header["layout"]

    @property
    def day(self) -> date:
        """The day of the meeting, also the date that the document's own metadata bears."""
        return date.fromisoformat(self.header["date"])


def parse_source(path: Path) -> Source:
    """Read and check one source.

    :raises SourceError: anything that breaks the format, with file and line.
    """
    parts: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() == "=====":
            parts.append([])
        else:
            parts[-1].append((number, line))
    if len(parts) != 3:
        raise SourceError(f"{path}:1: {len(parts)} parts; header, body and gold are parted by two lines of =====.")
    header = _header(path, parts[0])
    try:
        body = read_body(parts[1])
    except BodyError as error:
        raise SourceError(f"{path}:{error.line}: {error}.") from error
    rows = []
    for number, line in parts[2]:
        if line.strip():
            try:
                rows.append((number, read_gold_row(line)))
            except ValueError as error:
                raise SourceError(f"{path}:{number}: {error}.") from error
    opinions, answers = _gold(path, body.marks, rows, header)
    source = Source(path.stem, header, _options(path, header), tuple(body.blocks), opinions, answers)
    _check_words(path, source, rows)
    return source


def words_of(source: Source) -> str:
    """Every word of the document as one line, marks removed."""
    texts = [text for block in source.blocks for text in (block.text, block.right)]
    texts += [cell for block in source.blocks for row in (*block.header, *block.rows) for cell in row]
    return squeeze(" ".join(texts).replace("\n", " "))


def _header(path: Path, lines: list[tuple[int, str]]) -> dict[str, str]:
    header: dict[str, str] = {}
    for number, line in lines:
        if not line.strip():
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        value = value.strip()
        if not colon or key not in (*_REQUIRED, *_OPTIONAL) or key in header:
            raise SourceError(f"{path}:{number}: “{key}” is no key here, or comes twice. Keys: {', '.join(_REQUIRED)}.")
        choices = _CHOICES.get(key)
        if choices and value not in choices:
            raise SourceError(f"{path}:{number}: {key} “{value}” is none of {', '.join(choices)}.")
        if key in ("attendance", "invited") and value and not value.isdecimal():
            raise SourceError(f"{path}:{number}: {key} “{value}” is no number; leave it empty when nothing is said.")
        if key == "date" and _day(value) is None:
            raise SourceError(f"{path}:{number}: date “{value}” is no date; write 2025-10-16.")
        header[key] = value
    missing = [key for key in _REQUIRED if not header.get(key) and key not in ("place", "chair")]
    if missing:
        raise SourceError(f"{path}:1: the header lacks {', '.join(missing)}.")
    if header["host_level"] == "district" and header["date"] >= DISTRICTS_ENDED:
        raise SourceError(f"{path}:1: a district after 2025-06-30.")
    if (header["meeting_type"] == "mixed") != (header["warning"] != "none"):
        raise SourceError(f"{path}:1: meeting_type mixed goes with a warning, and only mixed does.")
    return {key: header.get(key, "") for key in (*_REQUIRED, *_OPTIONAL)}


def _options(path: Path, header: dict[str, str]) -> dict[str, str]:
    options = {}
    for item in shlex.split(header["options"]):
        name, equals, value = item.partition("=")
        if (name not in _VALUED or not value) if equals else name not in _FLAGS:
            raise SourceError(f"{path}:1: option “{item}” is none of {', '.join(sorted(_VALUED))} (=…) or "
                              f"{', '.join(sorted(_FLAGS))}.")  # fmt: skip
        options[name] = value
    if "encoding" in options and options["encoding"] not in ENCODINGS:
        raise SourceError(f"{path}:1: encoding “{options['encoding']}” is none of {', '.join(ENCODINGS)}.")
    if "hard_wrap" in options and not options["hard_wrap"].isdecimal():
        raise SourceError(f"{path}:1: hard_wrap “{options['hard_wrap']}” is no number of characters.")
    return options


def _gold(
    path: Path, marks: list[tuple[int, Mark]], rows: list[tuple[int, Row]], header: dict[str, str]
) -> tuple[tuple[Opinion, ...], tuple[Answer, ...]]:
    opinions = [(line, mark) for line, mark in marks if mark.answer is None]
    answers = [(line, mark) for line, mark in marks if mark.answer is not None]
    for wanted, (line, mark) in enumerate(opinions, 1):
        if mark.number != wanted:
            raise SourceError(f"{path}:{line}: opinion {mark.number} stands where {wanted} is due.")
    for wanted, (line, mark) in enumerate(answers, 1):
        if mark.number != wanted:
            raise SourceError(f"{path}:{line}: answer a{mark.number} stands where a{wanted} is due.")
        unknown = sorted(set(mark.opinions) - set(range(1, len(opinions) + 1)))
        if unknown:
            raise SourceError(f"{path}:{line}: answer a{wanted} speaks of opinion {unknown[0]}, which is not there.")
    referred = Counter(number for _, mark in answers for number in mark.opinions)
    known = load_taxonomy()
    labelled: list[Opinion] = []
    tasks: dict[int, list[Task]] = {}
    for line, row in rows:
        if isinstance(row, Task):
            if not 1 <= row.answer <= len(answers):
                raise SourceError(f"{path}:{line}: answer a{row.answer} is not in the text.")
            tasks.setdefault(row.answer, []).append(row)
            continue
        if row.number != len(labelled) + 1 or row.number > len(opinions):
            raise SourceError(f"{path}:{line}: gold row {row.number} stands where {len(labelled) + 1} of "
                              f"{len(opinions)} marked opinions is due.")  # fmt: skip
        fault = _fault(row, header, bool(referred[row.number]), known)
        if fault:
            raise SourceError(f"{path}:{line}: {fault}.")
        labelled.append(row.with_text(opinions[row.number - 1][1].text))
    if len(labelled) != len(opinions):
        line = opinions[len(labelled)][0]
        raise SourceError(f"{path}:{line}: opinion {len(labelled) + 1} has no gold row.")
    return tuple(labelled), tuple(
        Answer(mark.text, mark.opinions, tuple(tasks.get(mark.number, ()))) for _, mark in answers
    )


def _fault(row: Opinion, header: dict[str, str], is_referred: bool, known: Taxonomy) -> str | None:
    if row.topic not in known.topics:
        return f"topic “{row.topic}” is unknown; one of {', '.join(known.topics)}"
    if row.level not in known.levels:
        return f"level “{row.level}” is unknown; one of {', '.join(known.levels)}"
    if row.level == "district" and header["date"] >= DISTRICTS_ENDED:
        return "level district after 2025-06-30"
    if known.is_above(row.level, header["host_level"]) and not row.escalate:
        return f"{row.level} is above the host ({header['host_level']}), so escalate is yes"
    if row.answered != is_referred:
        return "answered goes with an answer that refers to the opinion" + (", none does" if row.answered else "")
    return None


def _check_words(path: Path, source: Source, rows: list[tuple[int, Row]]) -> None:
    """Names that the gold expects must stand in the text: nobody could read them out of it otherwise."""
    words = words_of(source).casefold()
    for key in ("chair", "secretary", "place"):
        for name in source.header[key].split("; "):
            if squeeze(name).casefold() not in words:
                raise SourceError(f"{path}:1: {key} “{name}” does not stand in the text as written.")
    for line, row in rows:
        names = (row.body,) if isinstance(row, Task) else (row.speaker, row.address)
        for name in names:
            if squeeze(name).casefold() not in words:
                raise SourceError(f"{path}:{line}: “{name}” does not stand in the text as written.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
