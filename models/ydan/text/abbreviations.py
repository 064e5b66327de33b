"""Abbreviations written out. All of them are in ``abbreviations.csv``; no other code holds one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ydan.text.aligned import AlignedText, Edit
from ydan.text.fold import fold
from ydan.text.phonology import legal_folded

_FILE = Path(__file__).with_name("abbreviations.csv")
_LETTER = "[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u02af\u1e00-\u1eff]"
_CANDIDATE = re.compile(rf"{_LETTER}++(?:[&/.\-]{_LETTER}++)*+")
_PIECE = re.compile(rf"{_LETTER}++(?:[&\-]{_LETTER}++)*+")
_LETTERS = re.compile(rf"{_LETTER}++")
_WINDOW = 30


class Meaning(NamedTuple):
    """One row: what an abbreviation stands for, and when.

    ``before`` and ``after`` are the row's ``context``, cut at ``~``, which stands for the abbreviation.
    ``dotted`` takes the full stop along (``TP. Huế``). ``case`` is the case that the whole text must have:
    ``lower`` for the lower-case shadow of ``UBND``, ``mixed`` for ``CA``, which in a text of capitals may be
    the word ``ca``.
    """

    expansion: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    dotted: bool
    case: str


@cache
def meanings() -> dict[str, tuple[Meaning, ...]]:
    """The meanings of every spelling, in the order of the file: the first that fits the context holds."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, restval=""))
    written: dict[str, list[Meaning]] = {}
    shadows: dict[str, list[Meaning]] = {}
    for row in rows:
        key, dotted = row["abbreviation"].removesuffix("."), row["abbreviation"].endswith(".")
        before, after = _context(row["context"])
        meaning = Meaning(row["expansion"], before, after, dotted, "")
        if key == key.lower():
            written.setdefault(key, []).append(meaning)
            if len(key) > 1:
                title = meaning.expansion[0].upper() + meaning.expansion[1:]
                written.setdefault(key[0].upper() + key[1:], []).append(meaning._replace(expansion=title))
            continue
        if fold(key) in legal_folded():
            meaning = meaning._replace(case="mixed")
        written.setdefault(key, []).append(meaning)
        if fold(key).upper() not in (key, key.upper()):
            shadows.setdefault(fold(key).upper(), []).append(meaning)
        for shadow in {key.lower(), fold(key)}:
            if len(shadow) > 1 and fold(shadow) not in legal_folded():
                shadows.setdefault(shadow, []).append(meaning._replace(case="lower"))
    return {key: tuple(found) for key, found in (shadows | written).items()}


def expand(aligned: AlignedText) -> AlignedText:
    """``aligned`` with its abbreviations written out, whole tokens only.

    A secretary writes ``UBND``, ``GPMB`` and ``đg`` for what the citizen said in full, so the full words are
    what phrases and models know. A spelling with several meanings (``CT``, ``TH``, ``ĐT``) is written out
    only where its neighbour decides, else left; codes of documents (``1738/QĐ-UBND``) are left too.
    Idempotent.

    >>> expand(AlignedText.of("ĐN CT UBND xã sửa đg ĐT390")).text
    'đề nghị chủ tịch uỷ ban nhân dân xã sửa đường đường tỉnh 390'
    """
    text, known = aligned.text, meanings()
    words = _CANDIDATE.findall(text)
    if known.keys().isdisjoint(words) and "".join(words).isalpha():
        return aligned
    case = "lower" if text.islower() else "upper" if text.isupper() else "mixed"
    edits = []
    for found in _CANDIDATE.finditer(text):
        word, start = found[0], found.start()
        if word not in known and word.isalpha():
            continue
        if start > 1 and text[start - 1] == "/" and text[start - 2].isdigit():
            continue
        for piece, place in ((word, start),) if word in known else _pieces(word, start, known):
            if edit := _written_out(text, piece, place, case, known[piece]):
                edits.append(edit)
    return aligned.apply(edits)


def _pieces(token: str, start: int, known: dict[str, tuple[Meaning, ...]]) -> Iterator[tuple[str, int]]:
    """The known parts of a run of letters and joints, the longest first (``UBND/HĐND``, ``xã.ĐN``)."""
    for piece in _PIECE.finditer(token):
        if piece[0] in known:
            yield piece[0], start + piece.start()
            continue
        for word in _LETTERS.finditer(piece[0]):
            if word[0] in known:
                yield word[0], start + piece.start() + word.start()


def _written_out(text: str, word: str, start: int, case: str, choices: tuple[Meaning, ...]) -> Edit | None:
    for meaning in choices:
        end = start + len(word)
        if meaning.case and (case == "upper" if meaning.case == "mixed" else case != "lower"):
            continue
        if meaning.dotted:
            if not text.startswith(".", end):
                continue
            end += 1
        if meaning.after and not meaning.after.match(text, end):
            continue
        if meaning.before and not meaning.before.search(text, max(0, start - _WINDOW), start):
            continue
        left = " " if text[start - 1 : start].isalnum() else ""
        right = " " if text[end : end + 1].isalnum() else ""
        return Edit(start, end, f"{left}{meaning.expansion}{right}")
    return None


def _context(pattern: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The two sides of ``before~after``; a side that is empty asks nothing.

    :raises ValueError: a context without exactly one ``~``.
    """
    if not pattern:
        return None, None
    if pattern.count("~") != 1:
        raise ValueError(f"{_FILE.name}: context {pattern!r} needs one ~ where the abbreviation stands.")
    before, after = pattern.split("~")
    return (re.compile(f"(?:{before})\\Z") if before else None), (re.compile(after) if after else None)
