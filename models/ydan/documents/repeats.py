"""How many opinions ask for the same: by groups that are known, or by the words that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ydan.documents.item import Item
from ydan.minutes.likeness import resemblance

_ALIKE = 0.45
"""Resemblance from which two opinions of one topic are taken for the same request."""


def same_words(items: Sequence[Item], weights: dict[str, float]) -> list[tuple[str, str]]:
    """Pairs of opinions of one topic that share most of their words."""
    topics: dict[str, list[Item]] = {}
    for item in items:
        if item.judged is not None and item.topic != "other":
            topics.setdefault(item.topic, []).append(item)
    return [
        (one.id, other.id)
        for group in topics.values()
        for at, one in enumerate(group)
        for other in group[at + 1 :]
        if resemblance(one.raised.text, other.raised.text, weights) >= _ALIKE
    ]


def count_alike(items: Sequence[Item], groups: Iterable[Sequence[str]]) -> list[Item]:
    """The items, each with the number of other public opinions in its groups."""
    public = {item.id for item in items if not item.confidential}
    others: dict[str, set[str]] = {}
    for group in groups:
        together = public.intersection(group)
        for id_ in together:
            others.setdefault(id_, set()).update(together - {id_})
    return [replace(item, alike=len(others[item.id])) if others.get(item.id) else item for item in items]
