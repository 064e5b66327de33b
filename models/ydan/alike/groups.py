"""Alike opinions: grouped within a meeting and across meetings, and found for one opinion ("raised before?")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ydan.alike.candidates import candidate_pairs
from ydan.alike.items import AlikeItem, count_people, count_places
from ydan.alike.linkage import LARGEST, link, score_inside
from ydan.alike.pairs import contained
from ydan.alike.vectors import Floats, Integers, Vectors, read_items
from ydan.alike.weigh import load_grades, weigh
from ydan.predictor import Predictor
from ydan.text import diacritic_share

_LEAST_CONTAINED = 0.3
"""No labelled pair of the same matter shares less of its words (0.39); pairs below are not weighed."""
_CLEAR = (12, 60)
"""Syllables of an opinion that can stand for its group: shorter ones leave things out, longer ones tell more."""


class Member(NamedTuple):
    """An opinion of a group; ``similarity`` is the mean probability that it and the others are one matter."""

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Group:
    """Opinions of one matter (``same``) or one kind (``similar``), in the order in which they came.

    ``representative`` is the most central of those that are clear. ``people``: how many spoke; ``places``: how many
    addresses they gave; ``sessions``: the meetings, in order.
    """

    representative: str
    grade: str
    members: tuple[Member, ...]
    people: int
    places: int
    sessions: tuple[str, ...]

    @property
    def recurring(self) -> bool:
        """Whether it came up at more than one meeting."""
        return len(self.sessions) > 1

    def to_json(self) -> dict[str, Any]:
        """What the command and the service show."""
        return {
            "representative": self.representative,
            "grade": self.grade,
            "members": [{"id": member.id, "similarity": round(member.similarity, 3)} for member in self.members],
            "people": self.people,
            "places": self.places,
            "sessions": list(self.sessions),
        }


class Found(NamedTuple):
    """An earlier opinion that is alike; ``probability`` is that of its grade."""

    id: str
    grade: str
    probability: float


def group_alike(
    items: Sequence[AlikeItem],
    predictor: Predictor,
    *,
    grade: str = "same",
    threshold: float | None = None,
    vectors: Vectors | None = None,
) -> tuple[Group, ...]:
    """The groups of two and more among ``items``, the largest first; what stands alone is in none.

    ``threshold`` is the least mean probability inside a group, by default the measured one of the ``grade``;
    ``vectors`` are those of ``items`` if :func:`read_items` was asked before. The same items in the same order give
    the same groups.

    :raises KeyError: a grade other than ``same`` and ``similar``.
    """
    grades = load_grades()
    limit = grades[grade].threshold if threshold is None else threshold
    which = {"same": 0, "similar": 1}[grade]
    rows = read_items(items, predictor) if vectors is None else vectors

    def score(first: Integers, second: Integers) -> Floats:
        return weigh(rows, first, second, grades)[which]

    first, second = candidate_pairs(rows)
    kept = contained(rows, first, second) >= _LEAST_CONTAINED
    first, second = first[kept], second[kept]
    labels = link(len(items), first, second, score(first, second), limit, score)
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    parts = [part for part in parts if len(part) > 1]
    # of a very large group (copies) the first ones stand for all
    squares = score_inside([part[:LARGEST] for part in parts], score)
    groups = [
        _group([items[at] for at in part], _central(square, len(part)), grade)
        for part, square in zip(parts, squares, strict=True)
    ]
    places = {item.id: number for number, item in enumerate(items)}
    return tuple(sorted(groups, key=lambda group: (-len(group.members), places[group.members[0].id])))


def recurring(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups that more than one meeting has, those of most meetings first."""
    return tuple(sorted((group for group in groups if group.recurring), key=lambda group: -len(group.sessions)))


def find_alike(
    item: str | AlikeItem, items: Sequence[AlikeItem], predictor: Predictor, *, most: int = 10
) -> tuple[Found, ...]:
    """Which of ``items`` say the same as ``item`` or something similar, the likest first: was it raised before?"""
    asked = AlikeItem("", item) if isinstance(item, str) else item
    if not items:
        return ()
    grades = load_grades()
    rows = read_items([asked, *items], predictor)
    others = np.arange(1, len(items) + 1)
    others = others[contained(rows, np.zeros_like(others), others) >= _LEAST_CONTAINED]
    same, similar = weigh(rows, np.zeros_like(others), others, grades)
    found = [
        Found(items[at - 1].id, "same", float(p))
        if p >= grades["same"].threshold
        else Found(items[at - 1].id, "similar", float(q))
        for at, p, q in zip(others.tolist(), same.tolist(), similar.tolist(), strict=True)
        if p >= grades["same"].threshold or q >= grades["similar"].threshold
    ]
    return tuple(sorted(found, key=lambda one: (one.grade != "same", -one.probability))[:most])


def _central(square: Floats, count: int) -> Floats:
    """The mean probability of each member with the others; what lies beyond the square has the mean of all."""
    means = (square.sum(axis=1) - 1) / (len(square) - 1)
    return np.concatenate((means, np.full(count - len(square), means.mean(), np.float32)))


def _group(members: Sequence[AlikeItem], central: Floats, grade: str) -> Group:
    best = max(range(len(members)), key=lambda at: (round(float(central[at]) * _clarity(members[at].text), 6), -at))
    return Group(
        representative=members[best].id,
        grade=grade,
        members=tuple(Member(item.id, float(value)) for item, value in zip(members, central, strict=True)),
        people=count_people(members),
        places=count_places(members),
        sessions=tuple(dict.fromkeys(item.session for item in members)),
    )


def _clarity(text: str) -> float:
    """One for a text of ordinary length with diacritics; less for what is cut short, drawn out or unmarked."""
    length, (least, most) = len(text.split()), _CLEAR
    clear = min(1.0, length / least) * min(1.0, (most / length) ** 0.5 if length else 1.0)
    return clear * (1.0 if diacritic_share(text) > 0.05 else 0.6)
