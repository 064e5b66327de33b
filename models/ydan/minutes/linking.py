"""Which opinions an answer speaks of: by number, by name, by its words, by its topic."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.minutes.likeness import UNKNOWN, key_weights, word_keys
from ydan.minutes.phrases import UPPER, choice
from ydan.text import fold

Floats = npt.NDArray[np.float64]

_AND = r"\s*(?:,|va|;|den|-)\s*(?:y kien\s*)?(?:so\s*)?"
_NUMBERS = re.compile(
    rf"(?:{choice('linking', 'items', True)}\s*(?:so|thu)?\s*|\(\s*)(\d{{1,2}}(?:{_AND}\d{{1,2}})*)(?=[\s):.,;]|$)"
)
_TITLES = "|".join(choice("linking", "titles", plain) for plain in (False, True))
_NAMED = re.compile(rf"(?<!\w)(?i:{_TITLES})\.?\s+((?:[{UPPER}][\w'’]*\s?){{1,5}})")
_CLAUSE = re.compile(r"[,;.:]\s+|\s+(?:và|va|cùng|còn|con)\s+|\s[-–]\s")
_LEAD = 200
"""Characters at the beginning of an answer in which a number names an opinion."""
_NOBODYS = re.compile(
    r"(?:nhung|cac|moi)\s+(?:y kien|kien nghi|noi dung|cau hoi)\s+(?:chua|con lai)"
    r"|(?:tung|moi|tat ca cac?)\s+(?:y kien|kien nghi|cong dan|cau hoi|ho dan)"
    r"|thong bao ket luan|ban hanh quyet dinh giai quyet"
)
_SEVERAL = re.compile(r"(?<!\w)(?:(?:ca|gom)\s+)?(?:hai|ba|bon|02|03|2|3)\s+(?:viec|noi dung|y kien|van de|kien nghi)")
_LIST = re.compile(
    r"(?<!\w)(?:(?:cac|nhung|mot so)\s+(?:y kien|kien nghi|noi dung|viec|van de)(?!\w)|kien nghi\s+(?:ve|cua)\s)"
    r"|(?:tiep thu|ghi nhan)\s*,"
)

_VOICES = {"words": 4.0, "words_rank": 2.1, "topic_rank": 3.0, "own_clause": 7.2, "own_words": 5.0, "named": 2.8}
_NOBODY = -5.9
"""A logistic model of "this answer speaks of this opinion", fitted on our own minutes (docs/minutes.md)."""
LIKELY = 0.4
"""Likelihood from which an answer is taken to speak of an opinion; chosen on the same minutes."""

_NAMES_IT = 0.4
"""Share of the weight of a clause that an opinion has when a list names it."""
_NOT_ALONE = 0.6
"""Of that share, what the next best opinion may have."""


class Candidate(NamedTuple):
    """An opinion as the linker sees it; ``number`` is the one its speaker's turn bears, from 1."""

    id: str
    text: str
    speaker: str | None
    number: int


class Linker:
    """The opinions of one meeting, ready to be asked which of them texts speak of.

    ``topics`` are the classifier's topic probabilities of the opinions, shape ``(opinions, topics)``: an answer often
    shares no word with its opinion ("sẽ lắp thêm bóng" for a dark lane) but speaks of the same field.
    """

    def __init__(self, candidates: Sequence[Candidate], topics: npt.NDArray[np.float32]) -> None:
        self.candidates = candidates
        self._topics = topics
        keys = [word_keys(one.text) for one in candidates]
        weights = key_weights(keys)
        self._columns = {key: column for column, key in enumerate(weights)}
        self._weights = np.array(list(weights.values()))
        self._held, self._sizes = self._rows(keys)
        self._weighted = self._held.multiply(self._weights).tocsr()
        self._called: dict[tuple[str, ...], list[int]] = {}
        for place, one in enumerate(candidates):
            parts = tuple(fold(one.speaker or "").split())
            for begin in range(len(parts)):
                self._called.setdefault(parts[begin:], []).append(place)

    def likelihoods(
        self, texts: Sequence[str], topics: Sequence[npt.NDArray[np.float32]], among: Collection[int] | None = None
    ) -> Floats:
        """The likelihood that each text speaks of each opinion, shape ``(texts, opinions)``.

        ``topics`` are the classifier's of the texts; outside ``among`` (places in the list) the likelihood is 0.
        """
        result = np.zeros((len(texts), len(self.candidates)))
        places = np.array(sorted(range(len(self.candidates)) if among is None else among), dtype=np.intp)
        if not len(places) or not texts:
            return result
        row = np.arange(len(texts))
        keys, sizes = self._rows([word_keys(text) for text in texts])
        words = self._alike(keys, sizes, places)
        best = words.argmax(axis=1)
        rest = self._alike(keys - keys.multiply(self._held[places[best]]), sizes, places)
        rest[row, best] = words[row, best]
        alike = np.array([np.minimum(self._topics[places], topic).sum(axis=1, dtype=np.float64) for topic in topics])
        named = np.array([np.isin(places, list(self.named(text))) for text in texts])
        total = (
            _NOBODY
            + _VOICES["words"] * words
            + _VOICES["words_rank"] * _ranked(words)
            + _VOICES["topic_rank"] * _ranked(alike)
            + _VOICES["own_clause"] * self._own_clauses(texts, places)
            + _VOICES["own_words"] * rest
            + _VOICES["named"] * named
        )
        result[:, places] = 1 / (1 + np.exp(-total))
        return result

    def named(self, text: str) -> frozenset[int]:
        """The opinions of people whom a text names, also by the last syllables alone ("ông Tiệp")."""
        return frozenset(place for name in names_in(text) for place in self._called.get(name, ()))

    def listed(self, text: str) -> frozenset[int]:
        """The opinions that a list names, a clause each: "các kiến nghị về đèn đường, nước sạch … xin tiếp thu".

        A clause of a few words names an opinion when much of its weight is in that opinion and in no other.
        """
        if not _LIST.search(fold(text)) or not self.candidates:
            return frozenset()
        keys, sizes = self._rows(_clauses(text))
        found = set()
        for shares in (keys @ self._weighted.T).toarray() / sizes[:, None]:
            first = int(shares.argmax())
            second = np.delete(shares, first).max(initial=0.0)
            if shares[first] >= _NAMES_IT and second <= _NOT_ALONE * shares[first]:
                found.add(first)
        return frozenset(found)

    def _own_clauses(self, texts: Sequence[str], places: npt.NDArray[np.intp]) -> Floats:
        """How like each opinion a clause of a text is that is like no other opinion more."""
        own = np.zeros((len(texts), len(places)))
        clauses = [_clauses(text) for text in texts]
        owners = np.repeat(np.arange(len(texts)), [len(found) for found in clauses])
        if len(owners):
            likeness = self._alike(*self._rows([*chain.from_iterable(clauses)]), places)
            one = likeness.argmax(axis=1)
            np.maximum.at(own, (owners, one), likeness[np.arange(len(one)), one])
        return own

    def _rows(self, texts: Sequence[Collection[str]]) -> tuple[sparse.csr_matrix, Floats]:
        """Which known keys each text has, shape ``(texts, keys)``, and the weight of all its keys."""
        known = [sorted(self._columns[key] for key in keys if key in self._columns) for keys in texts]
        counts = np.array([len(columns) for columns in known], dtype=np.int64)
        bounds = np.concatenate(([0], np.cumsum(counts)))
        columns = np.fromiter(chain.from_iterable(known), np.int64, int(bounds[-1]))
        rows = sparse.csr_matrix((np.ones(len(columns)), columns, bounds), shape=(len(known), len(self._columns)))
        unknown = np.array([len(keys) for keys in texts], dtype=np.float64) - counts
        return rows, rows @ self._weights + UNKNOWN * unknown

    def _alike(self, keys: sparse.csr_matrix, sizes: Floats, places: npt.NDArray[np.intp]) -> Floats:
        """Shared weight over the geometric mean of both weights, 0 to 1, shape ``(texts, places)``."""
        shared: Floats = (keys @ self._weighted[places].T).toarray()
        return shared / np.sqrt(np.maximum(np.outer(sizes, self._sizes[places]), 1e-9))


def _clauses(text: str) -> list[set[str]]:
    """The keys of each clause that has at least two."""
    return [keys for clause in _CLAUSE.split(text) if len(keys := word_keys(clause)) >= 2]


def _ranked(values: Floats) -> Floats:
    """Of each row the share of its highest value."""
    ranked: Floats = values / np.maximum(values.max(axis=1, keepdims=True), 1e-6)
    return ranked


def speaks_of_none(text: str) -> bool:
    """Whether an answer is about what the meeting does next, not about any one opinion.

    >>> speaks_of_none("Những ý kiến chưa trả lời, phường trả lời bằng văn bản.")
    True
    """
    return _NOBODYS.search(fold(text)) is not None


def speaks_of_several(text: str) -> bool:
    """Whether an answer says that it takes several matters together ("Hai việc ông Hiếu nêu …")."""
    return _SEVERAL.search(fold(text)) is not None


def numbered_opinions(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The opinions whose number an answer begins with.

    >>> numbered_opinions("Trả lời ý kiến số 2 và 3: xã sẽ làm.", [Candidate("7", "Đường lầy.", None, 3)])[0].id
    '7'
    """
    if not _NUMBERS.search(lead := fold(text[:_LEAD])):
        return []
    wanted = {int(n) for hit in _NUMBERS.finditer(lead) for n in re.findall(r"\d{1,2}", hit[1])}
    return [one for one in candidates if one.number in wanted]


def names_in(text: str) -> list[tuple[str, ...]]:
    """The people whom a text names, folded, syllable by syllable.

    >>> names_in("Ông Tiệp và bà Nguyễn Thị Chi nêu")
    [('tiep',), ('nguyen', 'thi', 'chi')]
    """
    return [tuple(fold(part.rstrip(",.;:")) for part in hit[1].split()) for hit in _NAMED.finditer(text)]
