"""Which topics are raised more than before, beyond what chance alone would bring.

A topic's opinions are counted for each session held. Two Poisson rates are compared by their conditional binomial
(Przyborowski and Wilenski 1940); since one session's opinions come in clumps (a whole village speaks of its road), the
counts are first divided by how much sessions differ among themselves (quasi-Poisson, McCullagh and Nelder 1989). With
twenty topics looked at, Holm's (1979) step keeps the chance of even one false mark at five in a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scipy.special import betainc, betaincinv

CHANCE = 0.05
FEWEST = 5
"""Opinions from which a rise is told at all."""


class Change(NamedTuple):
    """A topic's ``ratio`` of opinions a session, now to before, with its 95 % interval; ``chance`` of such a rise.

    ``ratio`` and ``high`` are infinite where there were none before.
    """

    now: int
    before: int
    ratio: float
    low: float
    high: float
    chance: float
    rising: bool


def clumping(squares: float, total: float, sessions: int, *, topics: int = 1) -> float:
    """How many times more the sessions' counts differ than Poisson's would: at least 1.

    ``squares`` is the sum of the squared counts of all ``topics`` in ``sessions`` less what is expected of them; from
    too few sessions nothing can be told, then 2 is taken, as sessions usually show.
    """
    free = topics * (sessions - 1)
    if sessions < 4 or total <= 0:
        return 2.0
    return max(1.0, squares / free) if free > 0 else 2.0


def spread(counts: Mapping[str, tuple[float, float]], sessions: int) -> float:
    """The clumping of all topics together; ``counts``: topic → (sum, sum of squares) of its counts in ``sessions``."""
    chi, used = 0.0, 0
    for total, squares in counts.values():
        mean = total / sessions if sessions else 0.0
        if mean > 0.2:  # where almost no session has any, the ratio of squares tells nothing
            chi += (squares - sessions * mean * mean) / mean
            used += 1
    return clumping(chi, float(used), sessions, topics=used)


def compare(
    now: Mapping[str, int], before: Mapping[str, int], held: tuple[int, int], clumped: float
) -> dict[str, Change]:
    """The change of each topic; ``held`` are the sessions now and before. Empty where one of them is none.

    >>> found = compare({"a": 30, "b": 9}, {"a": 10, "b": 8}, (1, 1), 1.0)
    >>> found["a"].rising, found["b"].rising, found["a"].ratio
    (True, False, 3.0)
    """
    if not all(held):
        return {}
    share = held[0] / sum(held)
    found = {}
    for topic in {**now, **before}:
        found[topic] = _change(now.get(topic, 0), before.get(topic, 0), share, clumped)
    return _marked(found)


def _change(now: int, before: int, share: float, clumped: float) -> Change:
    a, b, odds = now / clumped, before / clumped, share / (1 - share)
    # P(at least a of a+b fall into the later period), half of the chance of exactly a taken off
    chance = float((betainc(a, b + 1, share) if a > 0 else 1.0) + (betainc(a + 1, b, share) if b > 0 else 0.0)) / 2
    low = float(betaincinv(a, b + 1, 0.025)) if a > 0 else 0.0
    high = float(betaincinv(a + 1, b, 0.975)) if b > 0 else 1.0
    return Change(now, before, _ratio(now, before, odds), _odds(low, odds), _odds(high, odds), chance, False)


def _ratio(now: int, before: int, odds: float) -> float:
    return now / before / odds if before else (float("inf") if now else 1.0)


def _odds(part: float, odds: float) -> float:
    return float("inf") if part >= 1 else part / (1 - part) / odds


def _marked(found: Mapping[str, Change]) -> dict[str, Change]:
    """Holm: the least likely is held against a twentieth of the limit, the next against a nineteenth …"""
    order: Sequence[str] = sorted(found, key=lambda topic: found[topic].chance)
    marked = dict(found)
    for at, topic in enumerate(order):
        one = found[topic]
        if one.chance > CHANCE / (len(order) - at):
            break
        marked[topic] = one._replace(rising=one.now >= FEWEST and one.ratio > 1)
    return marked
