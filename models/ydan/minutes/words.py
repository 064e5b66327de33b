"""The phrase lists of ``words.toml`` and where they stand in a line."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from ydan.text import fold, is_undiacritized, lower, unify_tones


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text ready to be searched; ``low`` is as long as ``text``.

    ``low`` is lower case with one way of placing tone marks, or without any marks (``plain``) when the writer used
    none: *chủ* must not be taken for *chú* where the marks are there to tell them apart.
    """

    text: str
    low: str
    plain: bool

    @classmethod
    def of(cls, text: str) -> Line:
        """The line of NFC text."""
        plain = is_undiacritized(text)
        return cls(text, fold(text) if plain else unify_tones(lower(text)), plain)

    def pattern(self, section: str, name: str) -> re.Pattern[str]:
        """The pattern of a list, in this line's spelling."""
        return phrases(section, name, self.plain)

    def finds(self, section: str, name: str) -> bool:
        """Whether a phrase of the list stands anywhere in the line."""
        return self.pattern(section, name).search(self.low) is not None


Lists = dict[str, dict[str, tuple[str, ...]]]
"""Section → list → phrases in lower case, the longest first."""


@functools.cache
def load_lists(name: str) -> Lists:
    """The phrase lists of a file of this package."""
    raw = tomllib.loads(resources.files("ydan.minutes").joinpath(name).read_text(encoding="utf-8"))
    return {
        section: {
            name: tuple(sorted({unify_tones(lower(phrase)) for phrase in listed}, key=len, reverse=True))
            for name, listed in lists.items()
        }
        for section, lists in raw.items()
    }


def load_words() -> Lists:
    """The lists of ``words.toml``."""
    return load_lists("words.toml")


@functools.cache
def phrases(section: str, name: str, plain: bool = False) -> re.Pattern[str]:
    """One pattern for a list; the longest phrase first, whole syllables only."""
    words = load_words()[section][name]
    return any_of(map(fold, words) if plain else words)


@functools.cache
def loose(section: str, *names: str) -> re.Pattern[str]:
    """A pattern for lists, every phrase with or without its marks: notes taken in haste have both on one line.

    It is looked for in lower case with one way of placing tone marks, where *cụ Trí* is no *cử tri*.
    """
    return re.compile(rf"(?<!\w){spelled(section, *names)}(?!\w)")


def folded(section: str, *names: str) -> str:
    """The phrases of lists without marks, as a part of a larger pattern for folded text."""
    return spelled(section, *names, plain=True)


@functools.cache
def spelled(section: str, *names: str, plain: bool | None = None) -> str:
    """The phrases of lists as a part of a larger pattern: with marks, without (``plain``), or either way."""
    words = {word for name in names for word in load_words()[section][name]}
    bare = set(map(fold, words))
    return either(
        sorted(words | bare if plain is None else bare if plain else words, key=lambda word: (-len(word), word))
    )


def either(words: Iterable[str]) -> str:
    """A part of a pattern that is one of the phrases: blanks of any width, ``…`` for a few words on the same line.

    >>> bool(re.search(either(["quyết định số … bị"]), "quyết định  số 12/QĐ bị khiếu nại"))
    True
    """
    choices = (re.escape(word).replace(r"\ …\ ", r"\s[^\n]{0,60}?").replace(r"\ ", r"\s+") for word in words)
    return f"(?:{'|'.join(choices)})"


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of whole-syllable phrases, blanks of any width.

    >>> any_of(["ý kiến", "ý"]).search("các ý  kiến").group()
    'ý  kiến'
    """
    return re.compile(rf"(?<!\w){either(words)}(?!\w)")


def section_of(line: Line) -> str | None:
    """The part of the minutes that a heading announces.

    What is named first is the subject ("Trả lời ý kiến của Nhân dân" announces answers); a conclusion is one wherever
    the word stands.

    >>> section_of(Line.of("Trả lời ý kiến, kiến nghị")), section_of(Line.of("Tiếp thu các ý kiến và kết luận"))
    ('answers', 'conclusion')
    """
    if line.finds("sections", "conclusion"):
        return "conclusion"
    first: tuple[int, int, str] | None = None
    for name in load_words()["sections"]:
        hit = line.pattern("sections", name).search(line.low)
        if hit is not None:
            found = (hit.start(), -len(hit[0]), name)
            first = found if first is None else min(first, found)
    return None if first is None else first[2]
