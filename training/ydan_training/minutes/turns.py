"""Speakers' turns with their matters marked: what the splitter learns from, without a document around it.

A line is ``C text`` (a citizen's turn, ``⟦words⟧`` around each matter) or ``O text`` (official or secretary, no
marks); ``@`` opens a remark, an empty line says nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ydan_training.minutes.marks import MarkError, read_marks
from ydan_training.minutes.source import SourceError


class Turn(NamedTuple):
    """One turn without marks; ``opinions`` are half-open character offsets into ``text``, in order."""

    file: str
    line: int
    is_citizen: bool
    text: str
    opinions: tuple[tuple[int, int], ...]


def read_turns(folder: Path) -> list[Turn]:
    """Every turn of the ``.txt`` files of a folder, by file name and line.

    :raises SourceError: another beginning of a line, a wrong mark, a mark in an official's words.
    """
    turns = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            line = line.strip()
            if not line or line.startswith("@"):
                continue
            try:
                turns.append(_turn(path.stem, number, line))
            except MarkError as error:
                raise SourceError(f"{path}:{number}: {error}.") from error
    return turns


def _turn(file: str, number: int, line: str) -> Turn:
    who, _, text = line.partition(" ")
    if who not in ("C", "O") or not text.strip():
        raise MarkError("a turn begins with “C ” or “O ”, a remark with “@”")
    if "⟨" in text or "⟩" in text or "⟦|" in text:
        raise MarkError("turns know only ⟦words⟧")
    # numbered here, so that one reader serves both files
    clean, marks = read_marks(text.strip().replace("⟦", "⟦0|"))
    if marks and who == "O":
        raise MarkError("an official's words hold no opinion")
    return Turn(file, number, who == "C", clean, tuple((mark.start, mark.end) for mark in marks))
