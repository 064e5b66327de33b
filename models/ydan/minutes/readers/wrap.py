"""Lines that were wrapped by hand or by the page, joined to paragraphs again.

The test is that of the typesetter turned around: where the first word of the next line would still have fitted on
this one, the line was ended on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ydan.minutes.readers.marks import ends_sentence, is_bullet, is_item, is_speaker, is_title


class Line(NamedTuple):
    """A line with its place across the page, in characters or points; ``first`` is the width of its first word.

    ``gap``: there is more room above than between the lines of a paragraph. ``alone``: never joined to another.
    ``across``: the line is the first of its page or column, so that its gap says nothing.
    """

    text: str
    left: float
    right: float
    first: float
    page: int | None = None
    gap: bool = False
    alone: bool = False
    across: bool = False
    size: float = 0.0


class Measure(NamedTuple):
    """The column that lines are set in: its edges, the width of a blank, and how exact these are."""

    left: float
    right: float
    blank: float
    slack: float
    marked: bool = True


def join(lines: Iterable[Line], measure: Measure) -> list[list[Line]]:
    """The lines of each paragraph, in order.

    ``measure.marked`` tells that paragraphs are told apart by a gap or an indent; then a full line that ends a
    sentence still goes on.
    """
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and continues(paragraphs[-1], line, measure):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def continues(paragraph: list[Line], line: Line, measure: Measure) -> bool:
    """Whether ``line`` goes on with ``paragraph``."""
    before = paragraph[-1]
    if line.text == "NAM" and before.text.endswith("CHỦ NGHĨA VIỆT"):  # the state's name in a narrow letterhead
        return True
    if line.alone or before.alone or (line.gap and not line.across):
        return False
    if line.size and before.size and abs(line.size - before.size) > 0.15 * before.size:
        return False
    ended = ends_sentence(before.text)
    if is_title(line.text) != is_title(before.text) and (ended or is_title(before.text) or len(line.text) > 12):
        return False
    lower = line.text[:1].islower()
    if is_item(line.text) and not (lower and not ended and line.text[1:2] not in ".)"):
        return is_bullet(line.text) and not ended and line.text.lstrip("-–— ")[:1].isdigit()
    full = before.right + measure.blank + line.first > measure.right - measure.slack
    if not full:
        wide = before.right > measure.left + 0.75 * (measure.right - measure.left)
        return lower and not ended and wide and not is_title(before.text)
    if is_speaker(line.text) and ended:
        return False
    if lower or not ended:
        return True
    if _is_indented(paragraph, line, measure):
        return False
    return measure.marked or before.right >= measure.right - measure.slack / 2


def _is_indented(paragraph: list[Line], line: Line, measure: Measure) -> bool:
    """Whether ``line`` starts further in than the lines before it go on."""
    if len(paragraph) > 1:
        return line.left > paragraph[-1].left + 1.5 * measure.blank
    first = paragraph[0]
    hangs = is_item(first.text) and line.left > first.left
    return not hangs and line.left > measure.left + 1.5 * measure.blank and line.left >= first.left - measure.blank
