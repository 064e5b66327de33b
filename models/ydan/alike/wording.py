"""Which words say the same, read from ``words.toml``: dialect, near-synonyms, and what every opinion says."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ydan.text import fold, normalize

_FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Wording:
    """``same`` leads from a phrase (syllables) to the one that stands for it, ``()`` for filler.

    ``longest`` is the length of the longest phrase that begins with a syllable.

    Kept twice, with diacritics and without: ``ốm`` is no ``om``, but who types without marks means either.
    """

    same: dict[tuple[str, ...], tuple[str, ...]]
    longest: dict[str, int]

    def rewrite(self, words: Sequence[str]) -> list[str]:
        """``words`` without filler, each phrase as the one that stands for it; the longest phrase wins.

        >>> load_wording()[0].rewrite("xin sửa chữa cái tỉnh lộ bị hư".split())
        ['sửa', 'đường', 'tỉnh', 'hỏng']
        """
        out: list[str] = []
        at = 0
        while at < len(words):
            longest = self.longest.get(words[at])
            if longest is None:
                out.append(words[at])
                at += 1
                continue
            for length in range(min(longest, len(words) - at), 0, -1):
                found = self.same.get(tuple(words[at : at + length]))
                if found is not None:
                    out += found
                    at += length
                    break
            else:
                out.append(words[at])
                at += 1
        return out


@cache
def load_wording() -> tuple[Wording, Wording]:
    """The wording with diacritics and the one without."""
    with _FILE.open("rb") as file:
        raw = tomllib.load(file)
    marked: dict[tuple[str, ...], tuple[str, ...]] = {}
    for phrase in raw["filler"].replace("\n", "|").split("|"):
        if phrase.strip():
            marked[_syllables(phrase)] = ()
    for chosen, phrases in raw["same"].items():
        marked.update(dict.fromkeys(map(_syllables, (chosen, *phrases)), _syllables(chosen)))
    plain: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words, chosen_words in marked.items():  # what is filler only with other marks stays a word
        key, value = _fold(words), _fold(chosen_words)
        plain[key] = key if plain.get(key, value) != value else value
    return _wording(marked), _wording(plain)


def _wording(same: dict[tuple[str, ...], tuple[str, ...]]) -> Wording:
    longest: dict[str, int] = {}
    for phrase in same:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return Wording(same, longest)


def _syllables(phrase: str) -> tuple[str, ...]:
    return tuple(normalize(phrase).text.lower().split())


def _fold(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(fold, words))
