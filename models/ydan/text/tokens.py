"""Syllables, numbers and their places."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import NamedTuple, cast


class Token(NamedTuple):
    """A syllable or a number and its half-open span in the text."""

    text: str
    start: int
    end: int


# Letters as ranges: faster than \w, and the marks of NFD and of Khmer or Thai stay with their letters.
_LETTER = (
    "[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u1fff\u2c00-\u2dff\u3005-\ud7ff\uf900-\ufdff\ufe70-\ufefe\U00010000-\U0001efff]"
)
# One group, so that split() hands back gaps and tokens in turn, in C.
_TOKEN = re.compile(rf"({_LETTER}++(?:['’]{_LETTER}++)*+|\d++(?:[.,]\d++)*+)")
_make = partial(tuple.__new__, Token)


def split(text: str) -> list[str]:
    """Gaps and tokens in turn, a gap (perhaps empty) first and last; end to end they are ``text``.

    What :func:`syllables` finds, without an object for each: few of the places are ever asked for.

    >>> split("Sửa ĐT390!")
    ['', 'Sửa', ' ', 'ĐT', '', '390', '!']
    """
    return _TOKEN.split(text)


def syllables(text: str) -> list[Token]:
    """The syllables and numbers of ``text``, which should be normalized.

    Vietnamese writes every syllable apart, so the blank is no word boundary and the hyphen of ``ô-tô`` no
    bond: both part syllables. Letters part from digits, because ``ĐT390`` is a kind of road and a name; the
    apostrophe of ``H'leo`` and the points of ``1.200.000`` hold together.

    >>> [token.text for token in syllables("ô-tô đi ĐT390, QL.5 km3+200 mất 1.200.000đ")]
    ['ô', 'tô', 'đi', 'ĐT', '390', 'QL', '5', 'km', '3', '200', 'mất', '1.200.000', 'đ']
    >>> syllables("xã Ea H'leo")[2]
    Token(text="H'leo", start=6, end=11)
    """
    parts = split(text)
    bounds = list(accumulate(map(len, parts)))
    return cast(list[Token], list(map(_make, zip(parts[1::2], bounds[0::2], bounds[1::2], strict=False))))
