"""The phrase lists of ``answers.toml``: what answers are linked and tasks are read by."""

from __future__ import annotations

import functools
import re

from ydan.minutes.words import Lists, either, load_lists
from ydan.text import fold

UPPER = "".join(chr(code) for code in range(0x41, 0x1F00) if chr(code).isupper())
"""Every capital letter of Vietnamese and its neighbours, for a class of characters."""


def load_phrases() -> Lists:
    """The lists of ``answers.toml``."""
    return load_lists("answers.toml")


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
