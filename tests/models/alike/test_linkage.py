"""Groups that do not chain."""

from __future__ import annotations

import numpy as np
import pytest

from ydan.alike import linkage
from ydan.alike.linkage import link


def links(square: np.ndarray, threshold: float) -> list[int]:
    first, second = np.triu_indices(len(square), 1)

    def weigh(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return square[a, b]

    return link(len(square), first, second, square[first, second], threshold, weigh).tolist()


def test_a_chain_of_neighbours_is_no_group() -> None:
    square = np.eye(4, dtype=np.float32)
    for at in range(3):
        square[at, at + 1] = square[at + 1, at] = 0.9
    labels = links(square, 0.6)
    assert len(set(labels)) == 2, "pairs, not one chain of four"


def test_one_pair_that_shares_little_does_not_part_a_group() -> None:
    square = np.full((4, 4), 0.9, np.float32)
    square[0, 3] = square[3, 0] = 0.1
    assert len(set(links(square, 0.6))) == 1


def test_nothing_alike_leaves_everyone_alone() -> None:
    assert len(set(links(np.eye(5, dtype=np.float32), 0.6))) == 5


def test_no_opinions_give_no_labels() -> None:
    assert link(0, *(np.zeros(0, np.int64),) * 2, np.zeros(0, np.float32), 0.6, lambda a, b: a * 0.0).tolist() == []


def test_a_part_too_large_to_compare_is_cut_stricter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkage, "LARGEST", 3)
    square = np.full((6, 6), 0.7, np.float32)
    square[:3, :3] = square[3:, 3:] = 0.95
    assert links(square, 0.6) == [1, 1, 1, 2, 2, 2]


def test_copies_stay_one_group_however_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkage, "LARGEST", 3)
    assert len(set(links(np.ones((10, 10), np.float32), 0.6))) == 1
