"""Opinions cut and joined by hand: which words each has then, and where in the minutes they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ydan.errors import EditError
from ydan.minutes.records import Raised, Source


def cut(old: Raised, at: Sequence[int], text: str) -> list[Raised]:
    """An opinion cut before each of the character offsets into its words; ``text`` is that of the minutes.

    Parts of corrected words keep the whole opinion's source: which of its words they were, cannot be told.

    :raises EditError: no offset, one outside, or a part without words.
    """
    cuts = [0, *sorted(set(at)), len(old.text)]
    if len(cuts) < 3 or cuts[1] <= 0 or cuts[-2] >= len(old.text):
        raise EditError(f"Vị trí tách phải nằm giữa 1 và {len(old.text) - 1} của ý kiến {old.id}.")
    spans = list(pairwise(cuts))
    if not all(has_words(old.text[begin:end]) for begin, end in spans):
        raise EditError(f"Một phần của ý kiến {old.id} không có chữ nào. Hãy chọn vị trí tách khác.")
    exact = _is_exact(old, text)
    parts = []
    for begin, end in spans:
        words = old.text[begin:end].strip()
        start = old.source.start + begin + len(old.text[begin:end]) - len(old.text[begin:end].lstrip())
        source = Source(old.source.place, start, start + len(words)) if exact else old.source
        parts.append(replace(old, text=words, source=source))
    return parts


def join(olds: Sequence[Raised], text: str) -> Raised:
    """One opinion of several, given in the order of the minutes, whose ``text`` it is.

    Opinions that touch in the minutes keep what stands between them; others, and those whose words were corrected,
    are joined by a blank. The source spans from the first to the last.
    """
    first = olds[0]
    start, end = first.source.start, max(old.source.end for old in olds)
    return replace(
        first,
        text=text[start:end] if _touch(olds, text) else " ".join(old.text for old in olds),
        source=Source(first.source.place, start, end),
        speaker=_everybody([old.speaker for old in olds]),
        address=_everybody([old.address for old in olds]),
        answers=tuple(dict.fromkeys(answer for old in olds for answer in old.answers)),
    )


def has_words(text: str) -> bool:
    """Whether anything but marks and blanks stands in it."""
    return any(sign.isalnum() for sign in text)


def _is_exact(opinion: Raised, text: str) -> bool:
    """Whether its words still are those of the minutes."""
    return text[opinion.source.start : opinion.source.end] == opinion.text


def _touch(olds: Sequence[Raised], text: str) -> bool:
    """Whether nothing but marks and blanks of one place stands between uncorrected opinions."""
    return all(_is_exact(old, text) for old in olds) and all(
        one.source.place == other.source.place
        and one.source.end <= other.source.start
        and not has_words(text[one.source.end : other.source.start])
        for one, other in pairwise(olds)
    )


def _everybody(values: Sequence[str | None]) -> str | None:
    """Everybody named, once each."""
    named = [value for value in dict.fromkeys(values) if value]
    return "; ".join(named) or None
