"""Runs found by number are the runs that strings would find."""

from __future__ import annotations

import pytest

from ydan.features.runs import Runs

KEYS = ("a", "b", "a b", "a b c", "c a", "x y z", "^a")
INDEX = {key: number for number, key in enumerate(KEYS)}


def found(*texts: str) -> list[list[str]]:
    """The runs of each text, repeats dropped."""
    owners, numbers, _known = Runs(INDEX).find([text.split() for text in texts])
    pairs = set(zip(owners.tolist(), numbers.tolist(), strict=True))
    return [sorted(KEYS[number] for owner, number in pairs if owner == text) for text in range(len(texts))]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a b c", ["a", "a b", "a b c", "b"]),
        ("a q b", ["a", "b"]),
        ("q a b", ["a", "a b", "b"]),
        ("x y", []),
        ("x y z", ["x y z"]),
        ("a a a", ["a"]),
        ("q", []),
        ("", []),
    ],
)
def test_a_run_is_found_where_its_syllables_stand_together(text: str, runs: list[str]) -> None:
    """An unknown syllable between them, or before them, makes no other run of them."""
    assert found(text) == [runs]


def test_a_run_does_not_reach_into_the_next_text() -> None:
    """One opinion ends with "c", its neighbour begins with "a"."""
    assert found("b c", "a") == [["b"], ["a"]]


def test_the_known_share_counts_syllables_that_are_keys() -> None:
    """ "c" is only ever a part of a run; a text without words knows none."""
    assert Runs(INDEX).find([["a", "b", "c", "q"], []])[2].tolist() == [0.5, 0.0]


@pytest.mark.parametrize("texts", [[], [[]], [["a"]]])
def test_nothing_to_find_is_no_error(texts: list[list[str]]) -> None:
    """Neither without texts nor without keys."""
    assert not Runs({}).find(texts)[0].size
