"""Opinions as rows of numbers, so that pairs are compared by products: words, names, what the model makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.alike.bags import Bags
from ydan.alike.items import AlikeItem, place_key
from ydan.alike.names import Names, find_names, villages_of
from ydan.alike.wording import load_wording
from ydan.cues import read
from ydan.opinion import Opinion, Session
from ydan.predictor import BATCH, Predictor, collector_paused
from ydan.text import fold

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
_WHEN = Session(date(2026, 1, 1))
WIDEST = 40
"""Different words of an opinion that are weighed one by one; what a longer one says after them counts as whole."""
_CENTRAL = 0.5
RARE = 9.0
"""What a word must weigh (the vocabulary's idf) before it tells one matter from another."""


@dataclass(slots=True)
class Vectors:
    """One row an opinion in each field.

    ``plain`` and ``marked``: words and pairs of words without and with diacritics, rows of length one; a text without
    diacritics has no ``marked``. ``words``: the words' weights. ``names``: the weights of what is named; ``said``:
    every syllable, ones. ``slots``: named things per kind; ``kinds`` which kinds there are. ``tokens`` and
    ``weights``: the first words by number, padded with -1 and 0. ``matter``, ``topic``: square roots of the heads'
    probabilities. ``wide``: names that mean the same in any commune;
    ``central``: the law or a ministry is at stake; ``places``: the commune's number, -1 unknown.
    """

    plain: sparse.csr_matrix
    marked: sparse.csr_matrix
    words: sparse.csr_matrix
    names: sparse.csr_matrix
    said: sparse.csr_matrix
    slots: dict[str, sparse.csr_matrix]
    kinds: Floats
    tokens: npt.NDArray[np.int32]
    weights: Floats
    matter: Floats
    topic: Floats
    wide: sparse.csr_matrix
    central: npt.NDArray[np.bool_]
    places: Integers
    likeness: Floats
    derived: dict[str, Any] = field(init=False)
    """What every comparison needs of the rows, worked out once: ``ones`` and ``rare`` words, sums of weights."""

    def __post_init__(self) -> None:
        ones, rare = self.words.copy(), self.words.copy()
        ones.data = np.ones_like(ones.data)
        rare.data = np.maximum(rare.data - RARE, 0)
        rare.eliminate_zeros()
        self.derived = {
            "ones": ones,
            "rare": rare,
            "words": np.asarray(self.words.sum(axis=1)).ravel(),
            "names": np.asarray(self.names.sum(axis=1)).ravel(),
            "size": np.diff(self.words.indptr).astype(np.float32),
            "marks": np.diff(self.marked.indptr) > 0,
            "rarest": max(float(self.names.data.max()) if self.names.nnz else 1.0, 1.0),
        }

    def __len__(self) -> int:
        return len(self.kinds)


def read_items(items: Sequence[AlikeItem], predictor: Predictor) -> Vectors:
    """The rows of ``items``; texts are read in batches, so memory grows by the rows alone."""
    bags = Bags(predictor.bundle.heads)
    marked_wording, plain_wording = load_wording()
    addresses: dict[str, tuple[tuple[str, str], ...]] = {}
    levels = predictor.bundle.heads.heads["level"].labels
    nothing = {name: np.zeros((0, len(head.labels)), np.float32) for name, head in predictor.bundle.heads.heads.items()}
    parts = [_of_model(nothing, levels)]
    for begin in range(0, len(items), BATCH):
        part = items[begin : begin + BATCH]
        with collector_paused():
            signals = predictor.signals([Opinion(item.id, item.text, _WHEN) for item in part])
            parts.append(_of_model(signals.probabilities, levels))
            for item, document in zip(part, signals.reading.documents, strict=True):
                names = _with_village(find_names(document), item.address, addresses)
                if document.undiacritized:
                    marked, plain = None, plain_wording.rewrite(document.plain)
                else:
                    marked = marked_wording.rewrite(document.words)
                    plain = [fold(word) for word in marked]
                bags.add(plain, marked, names, document.plain)
    places = {"": -1}
    numbers = [places.setdefault(place_key(item.place or ""), len(places) - 1) for item in items]
    matter, topic, central = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Vectors(
        **bags.matrices(WIDEST),
        matter=matter,
        topic=topic,
        central=central > _CENTRAL,
        places=np.array(numbers, dtype=np.int64),
        likeness=bags.likeness(),
    )


def _of_model(probabilities: dict[str, Floats], levels: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """Roots of the matter and topic probabilities, and the probability of the central level."""
    level = probabilities["level"]
    central = level[:, levels.index("central")] if "central" in levels else np.zeros(len(level), np.float32)
    return np.sqrt(probabilities["matter"]), np.sqrt(probabilities["topic"]), central


def _with_village(names: Names, address: str | None, known: dict[str, tuple[tuple[str, str], ...]]) -> Names:
    """``names`` with the village of the address where the text says "our village"."""
    if not names.own_village or not address:
        return names
    if address not in known:
        known[address] = villages_of(read(address))
    return names._replace(slots=names.slots + known[address])
