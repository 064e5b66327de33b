"""Minutes as a run of speeches: a stretch of one block that one person says, or that is nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ydan.minutes.extract import Block, Extract
from ydan.minutes.headings import Heading, read_heading
from ydan.minutes.speakers import Intro, read_intro, read_marker
from ydan.minutes.title import find_title
from ydan.minutes.words import Line, loose, spelled

_STARTS = re.compile(r"(?<=[.;!?…])\s+(?=\S)(?![.;!?]\s)|\n\s{0,500}")
_LABELS = re.compile(
    rf"{spelled('replies', 'labels')}\s*(?:\([^()]{{1,60}}\)\s*)?:"
    rf"|{spelled('replies', 'short_officials')}\s*{spelled('replies', 'short_verbs')}?\s*:"
)
_VERBS = loose("replies", "verbs")
_NEAR = 110
_HEAD = 25
_SENTENCE = re.compile(r"[.;!?]\s")


@dataclass(frozen=True, slots=True)
class Speech:
    """``extract.text[start:end]``; the words themselves begin at ``words`` (after number, name, address, colon).

    ``section`` is the part of the minutes that the last heading opened, ``group`` the village or field under whose
    heading it stands, ``reply`` whether it opens as an official's answer.
    """

    block: int
    start: int
    words: int
    end: int
    intro: Intro | None
    heading: Heading | None
    section: str | None
    group: str | None
    reply: bool
    marked: bool


def read_speeches(extract: Extract) -> list[Speech]:
    """The speeches of everything outside tables, in reading order."""
    found: list[Speech] = []
    section: str | None = None
    group: str | None = None
    named = find_title(extract, len(extract.text)) or ""
    title = {n for n, block in enumerate(extract.blocks[:_HEAD]) if " ".join(extract.of(block).split()) in named}
    for number, block in enumerate(extract.blocks):
        if block.cell is not None:
            continue
        line = Line.of(extract.of(block))
        intro = read_intro(line)
        heading = None if intro is not None and intro.end < len(line.text) else read_heading(line, block.kind)
        if heading is not None and heading.section is not None and number in title:
            heading = None  # "Biểu tổng hợp ý kiến …" names the document, not a part of it
        if heading is not None and heading.section is not None:
            section, group = heading.section, None
        elif heading is not None and number > max(title, default=-1):  # the letterhead and the title head no group
            group = _title_of(line, heading)
            if section == "answers" and heading.strong and _names_place(group):
                section = "opinions"  # village by village, each with its own answers
        found.extend(_parts(number, block, line, heading, section, group))
    return found


def _names_place(group: str | None) -> bool:
    line = Line.of(group or "")
    return line.pattern("people", "places").match(line.low) is not None and not line.finds("people", "officials")


def _title_of(line: Line, heading: Heading) -> str | None:
    return line.text[read_marker(line.text) : heading.end].strip(" :.–-") or None


def _parts(
    number: int, block: Block, line: Line, heading: Heading | None, section: str | None, group: str | None
) -> Iterator[Speech]:
    """A block cut where another person begins to speak."""
    cuts: list[tuple[int, Intro | None, bool]] = []
    begin = 0
    if heading is not None and heading.end < len(line.text):
        yield Speech(
            number, block.start, block.start, block.start + heading.end, None, heading, section, group, False, False
        )
        begin, heading = heading.end, None
        while line.text[begin : begin + 1] == " ":
            begin += 1
    cuts.append((begin, read_intro(line, begin), _is_reply(line, begin)))
    if heading is None:
        for gap in _STARTS.finditer(line.text, read_marker(line.text, begin)):
            at = gap.end()
            reply = _is_reply(line, at)
            intro = read_intro(line, at, strict=True)
            if reply or intro is not None:
                cuts.append((at, intro, reply))
    for (start, intro, reply), following in zip(cuts, [*cuts[1:], None], strict=True):
        end = len(line.text) if following is None else following[0]
        marker = read_marker(line.text, start)
        words = intro.end if intro is not None else marker
        stop = start + len(line.text[start:end].rstrip())
        yield Speech(
            number,
            block.start + start,
            block.start + min(words, stop),
            block.start + stop,
            intro,
            heading,
            section,
            group,
            reply,
            marker > start,
        )


def _is_reply(line: Line, at: int) -> bool:
    """Whether an official's answer begins here: "Trả lời: …", "Đ/c Chủ tịch UBND xã trả lời …"."""
    at = read_marker(line.text, at)
    if _LABELS.match(line.low, at):
        return True
    said = _VERBS.search(line.low, at, at + _NEAR)
    if said is None:
        return False
    official = line.pattern("people", "officials").search(line.low, at, said.start())
    return official is not None and not _SENTENCE.search(line.text[at : said.start()])
