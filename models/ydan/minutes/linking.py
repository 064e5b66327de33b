"""Which opinions an answer speaks of: by number, by name, by its place, by its words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ydan.text import fold, split

ALIKE = 0.1
"""Resemblance from which an answer is taken to speak of an opinion; chosen on our own documents (docs/minutes.md)."""
_NEXT_BEST = 0.8

_NUMBERS = re.compile(
    r"(?:(?:y kien|kien nghi|cau hoi|cau|phan anh|muc|noi dung)\s*(?:so|thu)?\s*|\(\s*)((?:\d{1,2})(?:\s*(?:,|va|;|den|-)\s*(?:y kien\s*)?(?:so\s*)?\d{1,2})*)(?=[\s):.,;]|$)"
)
_NAMED = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|cô|chú|bác|cụ|ô|b|em|đ/c|đồng chí)\.?\s+((?:[^\W\d_]+\s?){1,5})", re.IGNORECASE
)
_STOP = frozenset(
    [
        "cua",
        "va",
        "la",
        "co",
        "cac",
        "cho",
        "da",
        "se",
        "duoc",
        "trong",
        "ve",
        "voi",
        "nay",
        "tai",
        "de",
        "nghi",
        "xa",
        "thon",
        "ubnd",
        "nhan",
        "dan",
        "ba",
        "con",
        "nguoi",
        "den",
        "khi",
        "thi",
        "ma",
        "o",
        "tu",
        "theo",
        "y",
        "kien",
        "kien",
        "nghi",
        "xin",
        "toi",
        "chung",
        "nhung",
        "mot",
        "so",
        "viec",
        "do",
        "ra",
        "len",
        "khong",
        "chua",
        "nam",
        "ngay",
        "thang",
        "hien",
        "kiem",
        "tra",
        "giao",
        "truoc",
        "dong",
        "chi",
        "ong",
        "xem",
        "xet",
        "giai",
        "quyet",
        "tra",
        "loi",
        "phan",
        "anh",
        "ho",
        "phai",
        "roi",
        "cung",
        "nhu",
        "lam",
    ]
)


class Candidate(NamedTuple):
    """An opinion as the linker sees it; ``number`` is the one its speaker's turn bears, from 1."""

    id: str
    text: str
    speaker: str | None
    number: int


def named_opinions(text: str, candidates: Sequence[Candidate], weights: dict[str, float]) -> tuple[str, ...]:
    """The opinions that an answer names itself: by their number, by who raised them.

    Of several opinions of the one named, those that the answer's words are like.
    """
    chosen: set[str] = set()
    folded = fold(text[:200])
    wanted = {int(n) for hit in _NUMBERS.finditer(folded) for n in re.findall(r"\d{1,2}", hit[1])}
    chosen |= {c.id for c in candidates if c.number in wanted}
    named = _by_name(text, candidates)
    scores = {c.id: resemblance(text, c.text, weights) for c in named}
    best = max(scores.values(), default=0.0)
    chosen |= {id_ for id_, score in scores.items() if score >= 0.4 * best}
    return tuple(c.id for c in candidates if c.id in chosen)


def resembling_opinions(text: str, candidates: Sequence[Candidate], weights: dict[str, float]) -> tuple[str, ...]:
    """The opinions that an answer's words are like; none when it resembles no one enough."""
    scored = [(resemblance(text, c.text, weights), c.id) for c in candidates]
    best = max((score for score, _id in scored), default=0.0)
    return tuple(id_ for score, id_ in scored if score >= ALIKE and score >= _NEXT_BEST * best)


def _by_name(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    names = []
    for hit in _NAMED.finditer(text):
        parts = []
        for part in hit[1].split():
            if not part[0].isupper():
                break
            parts.append(fold(part))
        if parts:
            names.append(parts)
    found = []
    for candidate in candidates:
        own = fold(candidate.speaker or "").split()
        if own and any(own[-len(parts) :] == parts for parts in names):
            found.append(candidate)
    return found


def word_weights(texts: Sequence[str]) -> dict[str, float]:
    """How much a word or pair of words tells the opinions of one meeting apart (inverse document frequency)."""
    counts = Counter(key for text in texts for key in _keys(text))
    return {key: math.log((1 + len(texts)) / (0.5 + count)) for key, count in counts.items()}


def resemblance(answer: str, opinion: str, weights: dict[str, float]) -> float:
    """Shared weight over the geometric mean of both weights, 0 to 1."""
    a, b = _keys(answer), _keys(opinion)
    shared = sum(weights.get(key, 0.0) for key in a & b)
    mine = sum(weights.get(key, 0.7) for key in a)
    theirs = sum(weights.get(key, 0.7) for key in b)
    return shared / math.sqrt(mine * theirs) if mine and theirs and shared else 0.0


def _keys(text: str) -> set[str]:
    words = [fold(word) for word in split(text)[1::2]]
    single = {word for word in words if word not in _STOP and len(word) > 1}
    return single | {f"{a} {b}" for a, b in zip(words, words[1:], strict=False) if a not in _STOP or b not in _STOP}
