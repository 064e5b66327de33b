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
        order = codes.argsort()
        self._codes = np.append(codes[order], np.iinfo(np.int64).max)  # one above all that is no run
        self._numbers = numbers[order]

    def find(self, texts: Sequence[Sequence[str]]) -> tuple[Numbers, Numbers, Floats]:
        """Every run that is a key: which text has it, and the key's number; both in step, unsorted, repeats kept.

        The third array is, for each text, the share of its syllables that are keys themselves.
        """
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        digits = np.fromiter(map(self._digits.get, chain.from_iterable(texts), repeat(0)), np.int64, int(lengths.sum()))
        owners = np.repeat(np.arange(len(texts)), lengths)
        whole, codes = digits > 0, digits
        of_length = [(codes[whole], owners[whole])]
        for place in range(1, LONGEST):
            codes = codes[:-1] * self._base + digits[place:]
            same_text = owners[place:] == owners[: len(owners) - place]
            whole = whole[:-1] & (digits[place:] > 0) & same_text
            of_length.append((codes[whole], owners[: len(codes)][whole]))
        wanted = np.concatenate([codes for codes, _ in of_length])
        order = wanted.argsort()  # neighbours in the table are sought one after the other: a third of the time
        wanted = wanted[order]
        nearest = self._codes.searchsorted(wanted)
        known = self._codes[nearest] == wanted
        found = np.concatenate([owners for _, owners in of_length])[order][known]
        single = found[: wanted[known].searchsorted(self._base)]
        known_share = np.bincount(single, minlength=len(texts)) / np.maximum(lengths, 1)
        return found, self._numbers[nearest[known]], known_share
