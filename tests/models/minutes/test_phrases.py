"""The lists of ``answers.toml``."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from ydan.minutes.phrases import load_phrases, phrase
from ydan.text import fold

LISTS = [(section, name) for section, lists in load_phrases().items() for name in lists]


@pytest.mark.parametrize(("section", "name"), LISTS)
def test_a_list_finds_each_of_its_phrases_whole(section: str, name: str) -> None:
    """With marks and without; never inside a longer syllable."""
    for words in load_phrases()[section][name]:
        assert phrase(section, name, False).fullmatch(words)
        assert phrase(section, name, True).fullmatch(fold(words))
        assert not phrase(section, name, False).match(f"x{words}", 1)


def test_no_list_names_a_phrase_twice() -> None:
    """A slip of the pen in the file."""
    raw = tomllib.loads(resources.files("ydan.minutes").joinpath("answers.toml").read_text(encoding="utf-8"))
    for section, lists in raw.items():
        for name, listed in lists.items():
            twice = [words for words, count in Counter(listed).items() if count > 1]
            assert twice == [], (section, name)
