"""The words that decide are data, checked on load."""

from __future__ import annotations

import pytest

from ydan.errors import RuleError
from ydan.rules import load_level_cues, load_negation, words
from ydan.taxonomy import load_taxonomy


def test_every_level_cue_names_a_level_of_the_taxonomy() -> None:
    """A typing slip in a level would be a cue that never counts."""
    levels = load_taxonomy().levels
    assert {cue.level for cue in load_level_cues()} <= set(levels)


def test_every_road_class_has_words() -> None:
    """LABELS.md §3: the class that the words imply."""
    ids = {cue.id for cue in load_level_cues()}
    assert {"road.village", "road.commune", "road.district", "road.province", "road.national", "road.railway"} <= ids


def test_no_phrase_stands_in_two_owner_cues_of_different_levels() -> None:
    """An owner phrase must point one way."""
    seen: dict[str, str] = {}
    for cue in load_level_cues():
        if cue.strength == "owner":
            for phrase in cue.phrases:
                assert seen.setdefault(phrase, cue.level) == cue.level, phrase


def test_negators_reach_a_few_syllables() -> None:
    """A negator far away denies something else."""
    assert 2 <= load_negation().reach <= 6


@pytest.mark.parametrize("row", [{"strength": "sure", "phrases": ["x"]}, {"strength": "owner", "phrases": []}])
def test_a_wrong_cue_is_refused_with_its_id(row: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the cue to mend."""
    monkeypatch.setattr(words, "read_toml", lambda _: {"cue": [{"id": "road.moon", "level": "commune", **row}]})
    with pytest.raises(RuleError, match=r"road\.moon"):
        load_level_cues.__wrapped__()
