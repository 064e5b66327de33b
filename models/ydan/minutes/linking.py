"""Which opinions an answer speaks of: by number, by name, by its words, by its topic."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ydan.minutes.phrases import UPPER, choice, load_phrases
from ydan.text import fold, split

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
_STOP = frozenset(fold(word) for word in load_phrases()["linking"]["stop"])
_UNKNOWN = 0.7
"""Weight of a word that no opinion of the meeting has."""

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
    """The opinions of one meeting, ready to be asked which of them a text speaks of.

    ``topics`` are the classifier's topic probabilities of the opinions, shape ``(opinions, topics)``: an answer often
    shares no word with its opinion ("sẽ lắp thêm bóng" for a dark lane) but speaks of the same field.
    """

    def __init__(self, candidates: Sequence[Candidate], topics: npt.NDArray[np.float32]) -> None:
        self.candidates = candidates
        self._topics = topics
        self._weights = word_weights([one.text for one in candidates])
        self._keys = [_keys(one.text) for one in candidates]
        self._sizes = np.array([self._weight(keys) for keys in self._keys])
        holders: dict[str, list[int]] = {}
        for place, keys in enumerate(self._keys):
            for key in keys:
                holders.setdefault(key, []).append(place)
        self._called: dict[tuple[str, ...], list[int]] = {}
        for place, one in enumerate(candidates):
            parts = tuple(fold(one.speaker or "").split())
            for begin in range(len(parts)):
                self._called.setdefault(parts[begin:], []).append(place)
        self._holders = {key: np.array(places, dtype=np.intp) for key, places in holders.items()}

    def likelihoods(self, text: str, topic: npt.NDArray[np.float32], among: Collection[int] | None = None) -> Floats:
        """For each opinion the likelihood that ``text`` speaks of it, 0 outside ``among`` (places in the list)."""
        result = np.zeros(len(self.candidates))
        places = np.array(sorted(range(len(self.candidates)) if among is None else among), dtype=np.intp)
        if not len(places):
            return result
        keys = _keys(text)
        words = self._alike(keys, places)
        alike = np.minimum(self._topics[places], topic).sum(axis=1, dtype=np.float64)
        best = int(words.argmax())
        rest = self._alike(keys - self._keys[places[best]], places, size=self._weight(keys))
        rest[best] = words[best]
        own = np.zeros(len(places))
        for clause in _CLAUSE.split(text):
            inside = _keys(clause)
            if len(inside) >= 2:
                likeness = self._alike(inside, places)
                one = int(likeness.argmax())
                own[one] = max(own[one], likeness[one])
        named = self.named(text)
        total = (
            _NOBODY
            + _VOICES["words"] * words
            + _VOICES["words_rank"] * words / max(float(words.max()), 1e-6)
            + _VOICES["topic_rank"] * alike / max(float(alike.max()), 1e-6)
            + _VOICES["own_clause"] * own
            + _VOICES["own_words"] * rest
            + _VOICES["named"] * np.isin(places, list(named))
        )
        result[places] = 1 / (1 + np.exp(-total))
        return result

    def named(self, text: str) -> frozenset[int]:
        """The opinions of people whom a text names, also by the last syllables alone ("ông Tiệp")."""
        return frozenset(place for name in names_in(text) for place in self._called.get(name, ()))

    def _weight(self, keys: Collection[str]) -> float:
        return math.fsum(self._weights.get(key, _UNKNOWN) for key in keys)

    def _alike(self, keys: set[str], places: npt.NDArray[np.intp], size: float | None = None) -> Floats:
        """Resemblance of the keys to each opinion (:func:`resemblance`); ``size`` is the whole text's weight."""
        mine = self._weight(keys) if size is None else size
        shared = np.zeros(len(self.candidates))
        for key in sorted(keys):  # in one order: floating sums must not depend on that of a set
            if (holders := self._holders.get(key)) is not None:
                shared[holders] += self._weights[key]
        return shared[places] / np.sqrt(np.maximum(mine * self._sizes[places], 1e-9))

    def listed(self, text: str) -> frozenset[int]:
        """The opinions that a list names, a clause each: "các kiến nghị về đèn đường, nước sạch … xin tiếp thu".

        A clause of a few words names an opinion when much of its weight is in that opinion and in no other.
        """
        if not _LIST.search(fold(text)):
            return frozenset()
        found = set()
        for clause in _CLAUSE.split(text):
            keys = _keys(clause)
            size = self._weight(keys)
            if len(keys) < 2 or not size:
                continue
            shares = [self._weight(keys & own) / size for own in self._keys]
            first, second = sorted([0.0, 0.0, *shares])[:-3:-1]
            if first >= _NAMES_IT and second <= _NOT_ALONE * first:
                found.add(shares.index(first))
        return frozenset(found)


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
    wanted = {int(n) for hit in _NUMBERS.finditer(fold(text[:_LEAD])) for n in re.findall(r"\d{1,2}", hit[1])}
    return [one for one in candidates if one.number in wanted]


def names_in(text: str) -> list[tuple[str, ...]]:
    """The people whom a text names, folded, syllable by syllable.

    >>> names_in("Ông Tiệp và bà Nguyễn Thị Chi nêu")
    [('tiep',), ('nguyen', 'thi', 'chi')]
    """
    return [tuple(fold(part.rstrip(",.;:")) for part in hit[1].split()) for hit in _NAMED.finditer(text)]


def word_weights(texts: Sequence[str]) -> dict[str, float]:
    """How much a word or pair of words tells the opinions of one meeting apart (inverse document frequency)."""
    counts = Counter(key for text in texts for key in _keys(text))
    return {key: math.log((1 + len(texts)) / (0.5 + count)) for key, count in counts.items()}


def resemblance(answer: str, opinion: str, weights: dict[str, float]) -> float:
    """Shared weight over the geometric mean of both weights, 0 to 1."""
    a, b = _keys(answer), _keys(opinion)
    shared = math.fsum(weights.get(key, 0.0) for key in a & b)
    mine = math.fsum(weights.get(key, _UNKNOWN) for key in a)
    theirs = math.fsum(weights.get(key, _UNKNOWN) for key in b)
    return shared / math.sqrt(mine * theirs) if mine and theirs and shared else 0.0


def _keys(text: str) -> set[str]:
    """The words that carry meaning, and the pairs that hold one."""
    words = [fold(word) for word in split(text)[1::2]]
    single = {word for word in words if word not in _STOP and len(word) > 1}
    return single | {f"{a} {b}" for a, b in pairwise(words) if a not in _STOP or b not in _STOP}
