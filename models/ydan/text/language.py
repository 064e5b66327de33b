"""Is it Vietnamese at all, and was it typed without marks?"""

from __future__ import annotations

import re
from typing import Literal

from ydan.text.fold import VIETNAMESE, count_letters, fold
from ydan.text.normalize import normalize
from ydan.text.phonology import legal_folded

Language = Literal["vi", "vi-undiacritized", "other", "none"]

_WORD = re.compile(r"[^\W\d_]+")
_SHARED = "àáâãèéêìíòóôõùúý"  # French and Portuguese have these too
_OWN = "".join(c for c in VIETNAMESE if c not in _SHARED)
_ONLY_OURS = re.compile(f"[{_OWN}{_OWN.upper()}]")
_NOT_LATIN = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")

_VOWELS = frozenset("aeiouy")
_UNMARKED = 0.02  # a marked Vietnamese text has 0.25 to 0.45
_OURS = 0.03
_LEGAL = 0.7
_FOREIGN = 0.55
_FEW_WORDS = 4


def diacritic_share(text: str) -> float:
    """The share of letters that carry a Vietnamese diacritic (đ counts), 0 when there are no letters.

    >>> diacritic_share("đường"), diacritic_share("duong")
    (0.6, 0.0)
    """
    letters, marked = count_letters(text)
    return marked / letters if letters else 0.0


def is_undiacritized(text: str) -> bool:
    """Whether ``text`` is Vietnamese typed without marks: no marks to speak of, yet the syllables are legal.

    >>> is_undiacritized("de nghi xa sua duong"), is_undiacritized("đề nghị xã sửa đường")
    (True, False)
    """
    letters, marked = count_letters(text)
    if letters < 6 or marked > _UNMARKED * letters:
        return False
    plain = _plain_words(text)
    return len(plain) > 1 and _legal_share(plain) >= _LEGAL


def language_guess(text: str) -> Language:
    """``vi``, ``vi-undiacritized``, ``other`` or ``none`` (no letters at all).

    The guess serves to refuse what no secretary of ours can have meant to send, so doubt counts as
    Vietnamese: fewer than four words, abbreviations and names of the Central Highlands are never refused.

    >>> [language_guess(t) for t in ("Sửa đường", "sua duong lang", "Please repair our street", "123")]
    ['vi', 'vi-undiacritized', 'other', 'none']
    """
    text = normalize(text).text
    letters, marked = count_letters(text)
    if not letters:
        return "none"
    if not text.isascii():
        if len(_NOT_LATIN.findall(text)) * 2 > letters:
            return "other"
        if marked and len(_ONLY_OURS.findall(text)) >= _OURS * letters:
            return "vi"
    if is_undiacritized(text):
        return "vi-undiacritized"
    plain = _plain_words(text)
    if len(plain) < _FEW_WORDS or _legal_share(plain) >= _FOREIGN:
        return "vi"
    return "other"


def _plain_words(text: str) -> list[str]:
    """The words that say something about the language: no single letters, no abbreviations; folded."""
    shouting = text.isupper()
    words = [word for word in _WORD.findall(text) if len(word) > 1 and (shouting or not word[1:].isupper())]
    return [word for word in fold(" ".join(words)).split() if not _VOWELS.isdisjoint(word)]


def _legal_share(words: list[str]) -> float:
    return sum(map(legal_folded().__contains__, words)) / len(words) if words else 0.0
