"""How many opinions ask for the same."""

from __future__ import annotations

import pytest

from ydan.documents import Dossier
from ydan.documents.repeats import count_alike, same_words
from ydan.minutes.likeness import word_weights


@pytest.mark.parametrize(
    ("groups", "alike"),
    [
        ([], {}),
        ([("1", "2")], {"1": 1, "2": 1}),
        ([("1", "2"), ("2", "3")], {"1": 1, "2": 2, "3": 1}),
        ([("1", "2"), ("2", "1")], {"1": 1, "2": 1}),
        ([("1", "6")], {}),
        ([("1", "2", "6"), ("99",)], {"1": 1, "2": 1}),
    ],
)
def test_others_of_the_group_are_counted_once_each(
    dossier: Dossier, groups: list[tuple[str, ...]], alike: dict[str, int]
) -> None:
    """6 is confidential: that it asks for the same would tell of it."""
    assert {item.id: item.alike for item in count_alike(dossier.items, groups) if item.alike} == alike


def test_the_words_of_one_topic_make_pairs_once_each(dossier: Dossier) -> None:
    """In the order of the minutes, none with itself; opinions about something else make none."""
    assert same_words(dossier.items, word_weights([item.raised.text for item in dossier.items])) == []
    twice = [item for item in dossier.items if item.topic != "other"][:2]
    words = [item.raised.text for item in twice]
    assert same_words([twice[0], twice[0]], word_weights(words)) == [(twice[0].id, twice[0].id)]
