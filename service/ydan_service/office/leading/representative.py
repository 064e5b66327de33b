"""Which few opinions speak for a topic: central ones that differ from each other.

Chosen so that together they are as near as can be to all the others (facility location, greedily, which comes within
63 % of the best: Nemhauser, Wolsey and Fisher 1978). The first is the most central; each further one speaks for what
those before leave out. Two opinions are near by the words they share, weighed as the model weighs them, with dialect
and near-synonyms taken for one word as where alike opinions are sought (:mod:`ydan.alike`), and by being of one matter.
The same opinions always give the same choice, in whatever order they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.alike.wording import load_wording
from ydan.features.keys import PLAIN
from ydan.features.vocabulary import Vocabulary
from ydan_service.office.masking import SIGN

Floats = npt.NDArray[np.float32]
MOST_COMPARED = 800
"""Different wordings that are compared, at most: of more, those said most often, then every so many-th."""
_SAME_MATTER = 0.25
_NEAR = 0.5
"""From this likeness of words on, two opinions are too much the same to be shown both."""
_CLEAR = (12, 60)
"""Syllables of an opinion that can speak for others: shorter ones leave things out, longer ones tell more."""
_WORD = re.compile(r"[^\W_]+")


class Candidate(NamedTuple):
    """An opinion: folded words, its matter, whether it has diacritics (``marked``), whether a person looked at it."""

    id: int
    plain: str
    matter: str | None
    marked: bool
    reviewed: bool


def choose(candidates: Iterable[Candidate], vocabulary: Vocabulary, most: int = 3) -> tuple[int, ...]:
    """The ids of at most ``most`` opinions, the most central first."""
    one_each, times = _wordings(candidates)
    if not one_each:
        return ()
    spoken = [_WORD.findall(one.plain) for one in one_each]
    words = [load_wording()[1].rewrite(syllables) for syllables in spoken]
    rows = _rows(words, vocabulary)
    alike: Floats = (rows @ rows.T).toarray()
    numbers = {matter: at for at, matter in enumerate(dict.fromkeys(one.matter for one in one_each))}
    matters = np.array([numbers[one.matter] for one in one_each])
    near = (1 - _SAME_MATTER) * alike + _SAME_MATTER * (matters[:, None] == matters[None, :])
    worth = np.array(
        [
            _clarity(one, len(syllables)) if own else 0
            for one, syllables, own in zip(one_each, spoken, words, strict=True)
        ],
        np.float32,
    )
    near *= worth[None, :]
    reached = np.zeros(len(one_each), np.float32)
    free = worth > 0
    chosen: list[int] = []
    while len(chosen) < most and free.any():
        gains = np.maximum(near - reached[:, None], 0).T @ times
        best = int(np.argmax(np.where(free, np.round(gains, 4), -1)))
        chosen.append(best)
        reached = np.maximum(reached, near[:, best])
        free &= alike[:, best] < _NEAR
        free[best] = False
    return tuple(one_each[at].id for at in chosen)


def _wordings(candidates: Iterable[Candidate]) -> tuple[list[Candidate], Floats]:
    """One candidate for each wording (with diacritics, reviewed, the latest), and how often it was said."""
    found: dict[str, Candidate] = {}
    often: dict[str, int] = {}
    for one in sorted(candidates):
        often[one.plain] = often.get(one.plain, 0) + 1
        known = found.get(one.plain)
        if known is None or (one.marked, one.reviewed) >= (known.marked, known.reviewed):
            found[one.plain] = one
    ordered = sorted(found, key=lambda words: (-often[words], found[words].id))
    if len(ordered) > MOST_COMPARED:
        said = [words for words in ordered if often[words] > 1][: MOST_COMPARED // 2]
        rest = ordered[len(said) :]
        left = MOST_COMPARED - len(said)
        ordered = said + [rest[at * len(rest) // left] for at in range(left)]
    return [found[words] for words in ordered], np.array([often[words] for words in ordered], np.float32)


def _rows(documents: Sequence[Sequence[str]], vocabulary: Vocabulary) -> sparse.csr_matrix:
    """Words and pairs of words by weight, rows of length one."""
    strange = float(vocabulary.idf.max()) * 0.8 if len(vocabulary) else 1.0
    weights: dict[str, float] = {}
    columns: dict[str | tuple[str, str], int] = {}
    indices: list[int] = []
    values: list[float] = []
    bounds = [0]
    for words in documents:
        for word in dict.fromkeys(words):
            if word not in weights:
                at = vocabulary.index.get(PLAIN + word, vocabulary.index.get(word))
                weights[word] = strange if at is None else float(vocabulary.idf[at])
            indices.append(columns.setdefault(word, len(columns)))
            values.append(weights[word])
        for pair in dict.fromkeys(pairwise(words)):
            indices.append(columns.setdefault(pair, len(columns)))
            values.append(0.3 * (weights[pair[0]] + weights[pair[1]]))
        bounds.append(len(indices))
    made = sparse.csr_matrix(
        (np.array(values, np.float32), np.array(indices, np.int32), np.array(bounds, np.int32)),
        shape=(len(documents), max(len(columns), 1)),
    )
    lengths = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    made.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(made.indptr)).astype(np.float32)
    return made


def _clarity(one: Candidate, length: int) -> float:
    """One for an opinion of ordinary length, as it should be written, that a person has looked at; less for others."""
    least, most = _CLEAR
    clear = min(1.0, length / least) * min(1.0, (most / length) ** 0.5) if length else 0.0
    covered = one.plain.count(SIGN) / len(one.plain) if one.plain else 0.0
    return float(clear) * (1 - covered) * (1.0 if one.marked else 0.6) * (1.0 if one.reviewed else 0.95)
