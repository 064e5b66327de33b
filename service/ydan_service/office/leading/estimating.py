"""Counts corrected for the model's known error, label by label."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ydan.measured import Confusion
from ydan_service.office.leading.correcting import Corrector, Estimate


def estimate(table: Confusion | None, parts: Mapping[str | None, tuple[int, int]]) -> dict[str | None, Estimate]:
    """Label → how many there truly are; ``parts``: label → all, unreviewed. What people reviewed counts as it stands.

    Empty where everything was reviewed, or where the model's error was not measured.
    """
    if table is None:
        return {}
    here = [parts.get(label, (0, 0)) for label in table.labels]
    if not any(unreviewed for _all, unreviewed in here):
        return {}
    said = [unreviewed for _all, unreviewed in here]
    reviewed = [n - unreviewed for n, unreviewed in here]
    return dict(zip(table.labels, _corrector(table).correct(said, reviewed), strict=True))


def without(table: Confusion | None, label: str) -> Confusion | None:
    """The table without one label, in truth and in answers.

    >>> without(Confusion(("a", "b"), ((5, 1), (2, 7))), "b")
    Confusion(labels=('a',), counts=((5,),))
    """
    if table is None or label not in table.labels:
        return table
    kept = [at for at, each in enumerate(table.labels) if each != label]
    counts = tuple(tuple(table.counts[true][said] for said in kept) for true in kept)
    return Confusion(tuple(table.labels[at] for at in kept), counts)


@lru_cache(maxsize=16)
def _corrector(table: Confusion) -> Corrector:
    return Corrector.of(table)
