"""The phrase lists of ``answers.toml``: what answers are linked and tasks are read by."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources

from ydan.minutes.words import either
from ydan.text import fold, lower, unify_tones

UPPER = "".join(chr(code) for code in range(0x41, 0x1F00) if chr(code).isupper())
"""Every capital letter of Vietnamese and its neighbours, for a class of characters."""


@functools.cache
def load_phrases() -> dict[str, dict[str, tuple[str, ...]]]:
    """Section → list → phrases in lower case, the longest first."""
    raw = tomllib.loads(resources.files("ydan.minutes").joinpath("answers.toml").read_text(encoding="utf-8"))
    return {
        section: {
            name: tuple(sorted({unify_tones(lower(phrase)) for phrase in listed}, key=len, reverse=True))
            for name, listed in lists.items()
        }
        for section, lists in raw.items()
    }


@functools.cache
def choice(section: str, name: str, plain: bool) -> str:
    """A list as a part of a larger pattern for the ``low`` of a :class:`~ydan.minutes.words.Line` that is ``plain`` or
    not."""
    words = load_phrases()[section][name]
    return either(sorted(set(map(fold, words)), key=len, reverse=True) if plain else words)


@functools.cache
def phrase(section: str, name: str, plain: bool) -> re.Pattern[str]:
    """A list as a pattern of whole syllables."""
    return re.compile(rf"(?<!\w){choice(section, name, plain)}(?!\w)")
