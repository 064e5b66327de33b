"""Runs of syllables as numbers: a batch finds its runs in the vocabulary without joining a string."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt

LONGEST = 3
"""Syllables of a run, at most."""

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Runs:
    """The runs among a vocabulary's keys.

    A run's code is a number in a base larger than the count of syllables, with a digit for each syllable. Digits
    begin at one, so that no run is the beginning of another's code; nought is a syllable that no key has.
    """

    def __init__(self, index: Mapping[str, int]) -> None:
        """``index`` gives each key its number; keys that are no run are never asked for and do no harm."""
        runs = [key for key in index if key.count(" ") < LONGEST]
        lengths = np.array([key.count(" ") + 1 for key in runs], dtype=np.int64)
        syllables = " ".join(runs).split(" ")
        self._digits = {syllable: digit for digit, syllable in enumerate(dict.fromkeys(syllables), 1)}
        self._base = len(self._digits) + 1
        digits = np.fromiter(map(self._digits.__getitem__, syllables), np.int64, len(syllables))
        ends = np.cumsum(lengths)
        begins = ends - lengths
        codes = np.zeros(len(runs), np.int64)
        for place in range(LONGEST):
            longer = begins + place < ends
            codes[longer] = codes[longer] * self._base + digits[(begins + place)[longer]]
        numbers = np.fromiter(map(index.__getitem__, runs), np.int64, len(runs))
        self._tables = [_table(codes, numbers, ends - begins == length) for length in range(1, LONGEST + 1)]

    def find(self, texts: Sequence[Sequence[str]]) -> tuple[Numbers, Numbers, Floats]:
        """Every run that is a key: which text has it, and the key's number; both in step, unsorted, repeats kept.

        The third array is, for each text, the share of its syllables that are keys themselves.
        """
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        digits = np.fromiter(map(self._digits.get, chain.from_iterable(texts), repeat(0)), np.int64, int(lengths.sum()))
        owners = np.repeat(np.arange(len(texts)), lengths)
        whole, codes = digits > 0, digits
        found = []
        for place, (table, numbers) in enumerate(self._tables):
            if place:
                codes = codes[:-1] * self._base + digits[place:]
                same_text = owners[place:] == owners[: len(owners) - place]
                whole = whole[:-1] & (digits[place:] > 0) & same_text
            at = np.flatnonzero(whole)
            at = at[codes[at].argsort()]  # neighbours in the table are sought one after the other: a third of the time
            wanted = codes[at]
            nearest = table.searchsorted(wanted)
            known = table[nearest] == wanted
            found.append((owners[at[known]], numbers[nearest[known]]))
        known_share = np.bincount(found[0][0], minlength=len(texts)) / np.maximum(lengths, 1)
        return (
            np.concatenate([owner for owner, _ in found]),
            np.concatenate([number for _, number in found]),
            known_share,
        )


def _table(codes: Numbers, numbers: Numbers, chosen: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The chosen codes, sorted, with their numbers in step, and one above all that is no run."""
    order = codes[chosen].argsort()
    return np.append(codes[chosen][order], np.iinfo(np.int64).max), numbers[chosen][order]
