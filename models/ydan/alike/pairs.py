"""What is weighed of a pair of opinions, a column each; fitted and served by the same function."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ydan.alike.names import AREA, FAMILY_OF, KINDS
from ydan.alike.vectors import Vectors

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
FEATURES = (
    "overlap",
    "overlap_plain",
    "contained",
    "shared",
    "shared_rare",
    "soft_less",
    "soft_more",
    "matter",
    "topic",
    "named",
    "names_shared",
    "names_apart",
    "area_apart",
    "thing_apart",
    "slot_shared",
    "length",
    "marks",
)
_BLOCK = 2048
"""Pairs at once, for each compares words with words."""


def pair_features(vectors: Vectors, first: Integers, second: Integers) -> Floats:
    """Shape ``(pairs, features)``; the order within a pair does not matter.

    * ``overlap``: cosine of words and pairs of words, with diacritics where both have them; ``overlap_plain`` without;
    * ``contained``: the share of the shorter one's words that the longer one has; ``shared``: how much both say,
      however long they are (logarithm of the weights); ``shared_rare``: of that what is rare;
    * ``soft_less``, ``soft_more``: each word with the likest word of the other opinion, the worse and the better side;
    * ``matter``, ``topic``: overlap of the heads' probabilities;
    * ``names_shared``: the share of all that is named that both say; ``names_apart``: what either names and the other
      does not, the lesser of both; ``area_apart``, ``thing_apart``: another village, another road; ``slot_shared``:
      the same one; ``length``, ``marks``: how far the two can be compared.
    """
    parts = [_block(vectors, first[at : at + _BLOCK], second[at : at + _BLOCK]) for at in range(0, len(first), _BLOCK)]
    return np.vstack(parts) if parts else np.zeros((0, len(FEATURES)), np.float32)


def _block(v: Vectors, a: Integers, b: Integers) -> Floats:
    plain = _dot(v.plain, v.plain, a, b)
    marks = v.derived["marks"][a] & v.derived["marks"][b]
    overlap = np.where(marks, _dot(v.marked, v.marked, a, b), plain)
    shared = _dot(v.words, v.derived["ones"], a, b)
    total = v.derived["words"]
    less, more = _soft(v, a, b)
    named, both_say, apart = _names(v, a, b)
    area, thing, slot = _slots(v, a, b)
    size = v.derived["size"]
    columns = {
        "overlap": overlap,
        "overlap_plain": plain,
        "contained": shared / np.maximum(np.minimum(total[a], total[b]), 1e-9),
        "shared": np.log1p(shared),
        "shared_rare": np.log1p(_dot(v.derived["rare"], v.derived["ones"], a, b)),
        "soft_less": less,
        "soft_more": more,
        "matter": (v.matter[a] * v.matter[b]).sum(axis=1),
        "topic": (v.topic[a] * v.topic[b]).sum(axis=1),
        "named": named,
        "names_shared": both_say,
        "names_apart": apart,
        "area_apart": area,
        "thing_apart": thing,
        "slot_shared": slot,
        "length": np.minimum(size[a], size[b]) / np.maximum(np.maximum(size[a], size[b]), 1),
        "marks": marks,
    }
    return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)


def _dot(left: Any, right: Any, a: Integers, b: Integers) -> Floats:
    """Row by row products of two sparse matrices."""
    result: Floats = np.asarray(left[a].multiply(right[b]).sum(axis=1)).ravel()
    return result


def contained(v: Vectors, a: Integers, b: Integers) -> Floats:
    """The share of the shorter one's words, by weight, that the longer one has too; cheap, so it sifts pairs."""
    total = v.derived["words"]
    result: Floats = _dot(v.words, v.derived["ones"], a, b) / np.maximum(np.minimum(total[a], total[b]), 1e-9)
    return result


def _soft(v: Vectors, a: Integers, b: Integers) -> tuple[Floats, Floats]:
    """How well each side's words are found in the other, the worse and the better side."""
    left, right = _trimmed(v.tokens[a])[:, :, None], _trimmed(v.tokens[b])[:, None, :]
    last = len(v.likeness) - 1
    alike = v.likeness[np.minimum(left, last), np.minimum(right, last)]
    alike[left == right] = 1
    alike *= (left >= 0) & (right >= 0)
    sides = []
    for axis, rows in ((2, a), (1, b)):
        weights = v.weights[rows, : alike.shape[3 - axis]]
        sides.append((alike.max(axis=axis) * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9))
    return np.minimum(*sides), np.maximum(*sides)


def _trimmed(tokens: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Without the columns that are padding in every row, but one."""
    return tokens[:, : max(int((tokens >= 0).sum(axis=1).max()), 1)]


def _names(v: Vectors, a: Integers, b: Integers) -> tuple[Floats, Floats, Floats]:
    total = v.derived["names"]
    left, right = _dot(v.names, v.said, a, b), _dot(v.names, v.said, b, a)
    shared = (left + right) / np.maximum(total[a] + total[b], 1e-9)
    apart = np.minimum(total[a] - left, total[b] - right) / v.derived["rarest"]
    return (total[a] > 0) & (total[b] > 0), shared, np.minimum(apart, 2)


def _slots(v: Vectors, a: Integers, b: Integers) -> tuple[Floats, Floats, Floats]:
    """Whether another area, another thing, the same one is named."""
    found = np.zeros((3, len(a)), np.float32)
    both = v.kinds[a] * v.kinds[b] > 0
    for number, kind in enumerate(KINDS):
        at = np.flatnonzero(both[:, number])
        if not len(at):
            continue
        shared = _dot(v.slots[kind], v.slots[kind], a[at], b[at]) > 0
        found[2, at[shared]] = 1
        found[0 if FAMILY_OF[kind] == AREA else 1, at[~shared]] = 1
    return found[0], found[1], found[2]
