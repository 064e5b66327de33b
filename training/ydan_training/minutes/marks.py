"""The marks in a line: ``⟦3|words of opinion 3⟧`` and ``⟨a2>1,3|words of an answer to 1 and 3⟩``.

They are read before the line is cut into table cells, because both hold a ``|`` of their own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OPEN = re.compile(r"⟦(?P<opinion>[^|⟦⟧⟨⟩]*)\||⟨(?P<answer>a[^|⟦⟧⟨⟩>]*)>(?P<of>[^|⟦⟧⟨⟩]*)\|")
_CLOSE = {"⟦": "⟧", "⟨": "⟩"}
_NUMBERING = re.compile(r"(?:[-+*•–]|\d+[.)]|[a-zđ]\))\s")
BREAK = r"\n"
"""Typed in a cell for a new line."""


class MarkError(ValueError):
    """What is wrong with a mark; whoever knows the file and the line adds them."""


class Mark(NamedTuple):
    """An opinion (``answer`` is None) or an answer; ``start`` and ``end`` count in the line without marks."""

    number: int
    answer: str | None
    opinions: tuple[int, ...]
    start: int
    end: int
    text: str


def read_marks(line: str) -> tuple[str, list[Mark]]:
    """The line without marks, and its marks in order.

    :raises MarkError: unbalanced, overlapping, empty, or with a number that is none.

    >>> read_marks("- Ông A: ⟦1|Đường hỏng.⟧")
    ('- Ông A: Đường hỏng.', [Mark(number=1, answer=None, opinions=(1,), start=9, end=20, text='Đường hỏng.')])
    """
    clean, marks = "", []
    opened: tuple[str, re.Match[str], int] | None = None
    at = 0
    while at < len(line):
        sign = line[at]
        if sign in _CLOSE:
            if opened is not None:
                raise MarkError(f"{sign} opens inside another mark; marks may not overlap")
            head = _OPEN.match(line, at)
            if head is None:
                raise MarkError(f"“{line[at : at + 12]}…” opens no mark; write ⟦3|…⟧ or ⟨a2>1,3|…⟩")
            opened, at = (sign, head, len(clean)), head.end()
        elif sign in _CLOSE.values():
            if opened is None or _CLOSE[opened[0]] != sign:
                raise MarkError(f"{sign} closes a mark that was not opened in this line")
            marks.append(_mark(opened[1], opened[2], clean))
            opened, at = None, at + 1
        else:
            clean, at = clean + sign, at + 1
    if opened is not None:
        raise MarkError(f"{opened[0]} is not closed in this line; a mark stays in one paragraph or cell")
    return clean, marks


def squeeze(text: str) -> str:
    """Text as the gold holds it: typed line breaks and runs of blanks are one space."""
    return " ".join(text.replace(BREAK, " ").split())


def _mark(head: re.Match[str], start: int, clean: str) -> Mark:
    text = squeeze(clean[start:])
    if not text:
        raise MarkError(f"mark {head[0]} holds no words")
    if _NUMBERING.match(text):
        raise MarkError(f"“{text[:20]}…”: the number or bullet belongs in front of the mark")
    if head["opinion"] is not None:
        number = _number(head["opinion"], head[0])
        return Mark(number, None, (number,), start, len(clean), text)
    opinions = tuple(_number(part, head[0]) for part in head["of"].split(",") if head["of"].strip())
    return Mark(_number(head["answer"][1:], head[0]), head["answer"].strip(), opinions, start, len(clean), text)


def _number(text: str, mark: str) -> int:
    if not text.strip().isdecimal():
        raise MarkError(f"“{text}” in {mark} is no number; write ⟦3|…⟧ or ⟨a2>1,3|…⟩")
    return int(text)
