"""Counts of what nobody has reviewed yet, corrected for what the model is known to take for something else.

The model's counts are biased where it confuses labels: of fifty roads it may call three drains. What it confused on
held-out opinions says how to undo that. Solving the table (adjusted counts, Forman 2008) swings wildly with twenty
labels and few cases, so it is done the Bayesian way (Ziegler and Czyż 2023): each row of the table is drawn from what
the held-out counts allow, the shares of the labels from a weak prior and the model's answers, and then what each of
the answers may truly be. The spread of the draws is the interval; it holds the doubt about the table, about the
shares, and about these very opinions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ydan.measured import Confusion

Floats = npt.NDArray[np.float64]
DRAWS = 200
SWEEPS = 4
ROUNDS = 12
SEED = 20261124
_BOUNDS = (0.02, 0.98)
"""A little outside of 2.5 % and 97.5 %: two hundred draws seldom reach the ends, and a table is never quite known."""
_ELSEWHERE = 5.0
"""Held-out cases added to each row, spread over the other labels as the model errs on the whole."""
_SHARES = 5.0
"""Opinions added to the shares, spread as in the held-out set: they only matter where there are few."""


class Estimate(NamedTuple):
    """How many there truly are: the middle of the draws and the bounds that hold 95 % of them."""

    middle: float
    low: float
    high: float

    @property
    def shown(self) -> tuple[int, int, int]:
        """Whole opinions: the bounds outwards."""
        return round(self.middle), int(np.floor(self.low + 1e-9)), int(np.ceil(self.high - 1e-9))


@dataclass(frozen=True, slots=True)
class Corrector:
    """The prepared table of one head; ``rows[true, said]`` are weights of a Dirichlet, ``shares`` the prior's."""

    labels: tuple[str, ...]
    rows: Floats
    shares: Floats

    @classmethod
    def of(cls, confusion: Confusion) -> Corrector:
        """The corrector that a measured confusion table makes."""
        counts = np.asarray(confusion.counts, dtype=float)
        said, size = counts.sum(axis=0), len(counts)
        wrong = (said - counts.diagonal() + 0.5) / (said - counts.diagonal() + 0.5).sum()
        right = (counts.diagonal().sum() + 1) / (counts.sum() + 2)
        spread = np.tile(wrong, (size, 1))
        np.fill_diagonal(spread, 0)
        spread *= (1 - right) / spread.sum(axis=1, keepdims=True)
        np.fill_diagonal(spread, right)
        truth = counts.sum(axis=1) + 1
        return cls(confusion.labels, counts + _ELSEWHERE * spread, _SHARES * truth / truth.sum())

    def correct(self, said: Sequence[int], reviewed: Sequence[int], seed: int = SEED) -> tuple[Estimate, ...]:
        """How many opinions there are of each label, with those ``reviewed`` by people counted exactly.

        ``said``: of the others, what the model said; both in the order of ``labels``. The same counts always give the
        same answer.
        """
        return _corrected(self._key(), tuple(said), tuple(reviewed), seed)

    def _key(self) -> tuple[tuple[str, ...], bytes, bytes]:
        return self.labels, self.rows.tobytes(), self.shares.tobytes()


@lru_cache(maxsize=512)
def _corrected(
    key: tuple[tuple[str, ...], bytes, bytes], said: tuple[int, ...], reviewed: tuple[int, ...], seed: int
) -> tuple[Estimate, ...]:
    size = len(key[0])
    rows, shares = np.frombuffer(key[1]).reshape(size, size), np.frombuffer(key[2])
    exact = np.asarray(reviewed, dtype=float)
    if not sum(said):
        return tuple(Estimate(n, n, n) for n in exact.tolist())
    drawn = exact + _draw(rows, shares + 0.3 * exact / max(1.0, exact.sum()), np.asarray(said), seed)
    low, high = np.quantile(drawn, _BOUNDS, axis=0, method="inverted_cdf")
    middle = drawn.mean(axis=0)
    return tuple(Estimate(float(m), float(a), float(b)) for m, a, b in zip(middle, low, high, strict=True))


def _draw(rows: Floats, shares: Floats, said: npt.NDArray[np.int64], seed: int) -> Floats:
    """Draws of how many of each true label are among the answers ``said``: shape ``(DRAWS, labels)``.

    Each draw has a table of its own, starts at the likeliest shares for it and takes a few steps of Gibbs' sampler;
    the model is mostly right, so that few steps forget the start.
    """
    dice = np.random.default_rng(seed)
    asked = np.flatnonzero(said)
    table = dice.standard_gamma(np.broadcast_to(rows, (DRAWS, *rows.shape)))
    table /= table.sum(axis=2, keepdims=True)
    table = table[:, :, asked]
    here = said[asked].astype(float)
    part = np.broadcast_to(shares / shares.sum(), (DRAWS, len(shares)))
    for _ in range(ROUNDS):
        mixed = table * part[:, :, None]
        mixed *= (here / np.maximum(mixed.sum(axis=1, keepdims=True)[:, 0], 1e-300))[:, None, :]
        part = mixed.sum(axis=2) + shares
        part /= part.sum(axis=1, keepdims=True)
    for _ in range(SWEEPS):
        mixed = table * part[:, :, None]
        mixed /= np.maximum(mixed.sum(axis=1, keepdims=True), 1e-300)
        truly = dice.multinomial(said[asked], np.swapaxes(mixed, 1, 2)).sum(axis=1)
        part = dice.standard_gamma(truly + shares) + 1e-12
        part /= part.sum(axis=1, keepdims=True)
    counts: Floats = truly.astype(float)
    return counts
