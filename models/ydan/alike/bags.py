"""Words of many opinions gathered into matrices, with the weights and the likeness of words that the model knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.alike.names import KINDS, Names
from ydan.features.keys import PLAIN
from ydan.model.heads import LinearHeads
from ydan.text import fold

Floats = npt.NDArray[np.float32]
STRANGERS = 1 << 24
"""Numbers from here on are words that the vocabulary does not know; they are told by their folded spelling."""
_PAIR = 0.3
"""The weight of two words in a row, as a share of their own weights."""
_STRANGE = 0.8
"""The weight of a word that the vocabulary does not know, as a share of the rarest word's."""
_OTHER_MARKS = 0.7
"""How alike are two words that differ in their diacritics only: slips are commoner than such pairs of words."""


class Bags:
    """Gathers opinions one by one; :meth:`matrices` then gives the rows in the same order."""

    def __init__(self, heads: LinearHeads) -> None:
        self._vocabulary = heads.vocabulary
        self._heads = heads
        self._strange = float(heads.vocabulary.idf.max()) * _STRANGE if len(heads.vocabulary) else 1.0
        self._weights: dict[str, float] = {}
        self._rows: dict[str, list[Mapping[str, float]]] = {
            name: [] for name in ("plain", "marked", "words", "names", "said", "wide", *KINDS)
        }
        self._tokens: dict[str, int] = {}
        self._known: dict[str, tuple[int, float]] = {}
        self._strangers: dict[str, int] = {}
        self._sequences: list[list[tuple[int, float]]] = []

    def add(self, plain: Sequence[str], marked: Sequence[str] | None, names: Names, said: Iterable[str]) -> None:
        """One opinion: its words without and with diacritics (``None``: it has none), names, and all syllables."""
        rows = self._rows
        bare = [PLAIN + word for word in plain]
        rows["plain"].append(self._bag(bare))
        rows["marked"].append({} if marked is None else self._bag(marked))
        rows["words"].append({word: self._weight(key) for word, key in zip(plain, bare, strict=True)})
        rows["names"].append({word: self._weight(PLAIN + word) for word in sorted(names.words)})
        rows["said"].append(dict.fromkeys(said, 1.0))
        villages = {part for kind, name in names.slots if kind == "village" for part in name.split()}
        rows["wide"].append(
            {w: 1.0 for w in sorted(names.words) if w not in villages and (not w.isdigit() or len(w) > 1)}
        )
        for kind in KINDS:
            rows[kind].append({name: 1.0 for of, name in names.slots if of == kind})
        words = bare if marked is None else marked
        self._sequences.append([self._numbered(word) for word in dict.fromkeys(words)])

    def matrices(self, widest: int) -> dict[str, Any]:
        """The fields of ``Vectors`` that come of words; ``names`` has the columns of ``said``."""
        rows, columns = self._rows, {}
        said: dict[str, int] = {}
        for name in ("said", "names", "wide"):
            columns[name] = said
        made = {name: _matrix(rows[name], columns.get(name, {})) for name in ("said", "names", "wide")}
        for name in made:  # all the columns are known only now
            made[name].resize((made[name].shape[0], len(said)))
        made |= {name: _matrix(rows[name], {}) for name in ("plain", "marked", "words")}
        tokens = np.full((len(self._sequences), widest), -1, np.int32)
        weights = np.zeros(tokens.shape, np.float32)
        for row, sequence in enumerate(self._sequences):
            kept = sequence[:widest]
            tokens[row, : len(kept)] = [number for number, _ in kept]
            weights[row, : len(kept)] = [weight for _, weight in kept]
        slots = {kind: _matrix(rows[kind], {}) for kind in KINDS}
        kinds = np.array([[bool(rows[kind][row]) for kind in KINDS] for row in range(len(tokens))], np.float32)
        return {
            **{name: _unit(made[name]) if name in ("plain", "marked") else made[name] for name in made},
            "slots": slots,
            "kinds": kinds.reshape(len(tokens), len(KINDS)),
            "tokens": tokens,
            "weights": weights,
        }

    def likeness(self) -> Floats:
        """How alike the heads treat each two words, 0 to 1, shape ``(words + 1, words + 1)``; a word is like itself.

        The last row and column are the words that the vocabulary does not know: like nothing but themselves.
        """
        columns = np.r_[self._heads.columns["matter"], self._heads.columns["topic"]]
        known = [self._vocabulary.index[str(self._key(token))] for token in self._tokens]
        vectors = np.zeros((len(known) + 1, len(columns)), np.float32)
        vectors[:-1] = self._heads.weights[known][:, columns]
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        alike: Floats = np.clip(vectors @ vectors.T, 0, 1)
        folded: dict[str, list[int]] = {}
        for token, number in self._tokens.items():
            folded.setdefault(fold(token.removeprefix(PLAIN)), []).append(number)
        tokens = list(self._tokens)
        for numbers in folded.values():
            for first, second in product(numbers, numbers):
                bare = tokens[first].startswith(PLAIN) or tokens[second].startswith(PLAIN)
                alike[first, second] = max(alike[first, second], 1.0 if bare or first == second else _OTHER_MARKS)
        return alike

    def _bag(self, words: Sequence[str]) -> dict[str, float]:
        weights = [self._weight(word) for word in words]
        bag = dict(zip(words, weights, strict=True))
        for (first, second), (weight, other) in zip(pairwise(words), pairwise(weights), strict=True):
            if first != second:
                bag[f"{first} {second}"] = _PAIR * (weight + other)
        return bag

    def _numbered(self, token: str) -> tuple[int, float]:
        found = self._known.get(token)
        if found is None:
            found = self._known[token] = (self._number(token), self._weight(token))
        return found

    def _number(self, token: str) -> int:
        """A word's row in :meth:`likeness`; a word that the model does not know has a number from ``STRANGERS`` on."""
        if self._key(token) is None:
            bare = fold(token.removeprefix(PLAIN))
            return self._strangers.setdefault(bare, STRANGERS + len(self._strangers))
        return self._tokens.setdefault(token, len(self._tokens))

    def _key(self, token: str) -> str | None:
        """The vocabulary's key for a word, else for its other spelling."""
        bare = token.removeprefix(PLAIN)
        index = self._vocabulary.index
        return next((key for key in (token, bare, PLAIN + fold(bare)) if key in index), None)

    def _weight(self, token: str) -> float:
        found = self._weights.get(token)
        if found is None:
            key = self._key(token)
            found = self._strange if key is None else float(self._vocabulary.idf[self._vocabulary.index[key]])
            self._weights[token] = found
        return found


def _matrix(rows: Sequence[Mapping[str, float]], columns: dict[str, int]) -> sparse.csr_matrix:
    """The rows as a sparse matrix; new keys are added to ``columns``."""
    indices = [columns.setdefault(key, len(columns)) for row in rows for key in row]
    values = np.array([value for row in rows for value in row.values()], np.float32)
    bounds = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
    made = sparse.csr_matrix((values, np.array(indices, np.int64), bounds), shape=(len(rows), max(len(columns), 1)))
    made.sort_indices()
    return made


def _unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows scaled to length one; an empty row stays empty."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(rows.indptr)).astype(np.float32)
    return rows
