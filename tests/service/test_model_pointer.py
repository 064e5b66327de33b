"""Which model was chosen, and those before."""

from __future__ import annotations

from pathlib import Path

import pytest

from ydan_service.model_pointer import MOST, Choice, Pointer, PointerError


def test_nothing_chosen_is_the_default(tmp_path: Path) -> None:
    """And there is nothing to go back to."""
    pointer = Pointer(tmp_path)
    assert pointer.read().all == (Choice(),)
    assert pointer.stamp() is None
    with pytest.raises(PointerError, match="model switch"):
        pointer.go_back()


def test_the_latest_choice_holds_and_can_be_taken_back(tmp_path: Path) -> None:
    """Step by step, to the default."""
    pointer = Pointer(tmp_path / "data")
    pointer.choose(tmp_path / "a", "m", "1")
    pointer.choose(tmp_path / "b", "m", "2")
    assert [each.version for each in Pointer(tmp_path / "data").read().all] == ["2", "1", ""]
    assert pointer.go_back().current.version == "1"
    assert pointer.go_back().current.folder is None
    with pytest.raises(PointerError):
        pointer.go_back()


def test_every_choice_shows_in_the_stamp(tmp_path: Path) -> None:
    """The same model chosen again too."""
    pointer = Pointer(tmp_path)
    stamps = set()
    for _ in range(5):
        pointer.choose(tmp_path / "a", "m", "1")
        stamps.add(pointer.stamp())
    assert len(stamps) == 5


def test_only_some_choices_are_remembered(tmp_path: Path) -> None:
    """The file stays small."""
    pointer = Pointer(tmp_path)
    for number in range(MOST + 5):
        pointer.choose(tmp_path, "m", str(number))
    assert len(pointer.read().previous) == MOST


@pytest.mark.parametrize("text", ["", "[]", "null", '{"format": 2}', '{"format": 1, "current": 3, "previous": []}'])
def test_a_damaged_file_is_said_so_and_can_be_chosen_over(tmp_path: Path, text: str) -> None:
    """The next choice makes it whole."""
    pointer = Pointer(tmp_path)
    pointer.file.write_text(text, encoding="utf-8")
    with pytest.raises(PointerError, match="model switch"):
        pointer.read()
    pointer.choose(tmp_path, "m", "1")
    assert pointer.read().current.version == "1"
