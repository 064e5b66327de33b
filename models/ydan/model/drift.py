"""Whether what comes in still looks like what the model learned from: counts of answers and of texts, compared.

Everything is a distribution over a few bins: the labels given, the length of the texts, the share of syllables that
the vocabulary does not know, written with or without diacritics. No text and no word is kept.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ydan.assessment import Assessment
from ydan.errors import BundleError

REFERENCE = "reference.json"
FORMAT = 1
LABELS = ("topic", "type", "level", "escalation")
TEXTS = ("length", "unknown", "diacritics")
LEAST = 500
"""Opinions below which nothing is said: chance alone moves the figures."""
SHIFTING, DRIFTED = 0.1, 0.25
"""The customary limits of the population stability index."""

_LENGTHS = (5, 10, 20, 40, 80, 160)
_SHARES = (0.0, 0.05, 0.1, 0.2, 0.4)
_LENGTH_BINS = (*(f"<={most}" for most in _LENGTHS), f">{_LENGTHS[-1]}")
_SHARE_BINS = (*(f"<={most:g}" for most in _SHARES), f">{_SHARES[-1]:g}")
_ROUNDING = 1e-9


@dataclass(slots=True)
class Profile:
    """Counts of some opinions, ``counts[what][bin]``; ``unknown`` and ``syllables`` are sums, for the averages."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in (*LABELS, *TEXTS)})
    opinions: int = 0
    texts: int = 0
    """Opinions whose text was seen: those of which :attr:`~ydan.assessment.Assessment.traits` are known."""
    unknown: float = 0.0
    syllables: int = 0

    def add(self, answers: Sequence[Assessment]) -> None:
        """Count some answers."""
        counts = self.counts
        counts["topic"].update([one.topic.id for one in answers])
        counts["type"].update([one.type.id for one in answers])
        counts["level"].update([one.jurisdiction.level.id for one in answers])
        counts["escalation"].update(["yes" if one.escalation.required else "no" for one in answers])
        self.opinions += len(answers)
        traits = [one.traits for one in answers if one.traits is not None]
        shares = [1 - one.known_share for one in traits]
        counts["length"].update([_LENGTH_BINS[bisect_left(_LENGTHS, one.syllables)] for one in traits])
        counts["unknown"].update([_SHARE_BINS[bisect_left(_SHARES, share - _ROUNDING)] for share in shares])
        counts["diacritics"].update(["without" if one.undiacritized else "with" for one in traits])
        self.texts += len(traits)
        self.unknown += sum(shares)
        self.syllables += sum([one.syllables for one in traits])

    def merge(self, other: Profile) -> None:
        """Add another's counts."""
        for name, counts in other.counts.items():
            self.counts[name].update(counts)
        self.opinions += other.opinions
        self.texts += other.texts
        self.unknown += other.unknown
        self.syllables += other.syllables

    def share(self, name: str, bin_: str) -> float:
        """Share of one bin, 0 where nothing was counted."""
        total = self.counts[name].total()
        return self.counts[name][bin_] / total if total else 0.0

    @property
    def unknown_share(self) -> float:
        """Average share of a text's syllables that the vocabulary does not know."""
        return self.unknown / self.texts if self.texts else 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain counts, bins in the order of their names."""
        return {
            "opinions": self.opinions,
            "texts": self.texts,
            "unknown": round(self.unknown, 4),
            "syllables": self.syllables,
            "counts": {name: dict(sorted(counts.items())) for name, counts in self.counts.items()},
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Profile:
        """Back from :meth:`to_json`.

        :raises KeyError, TypeError, ValueError: it is something else.
        """
        made = cls(
            opinions=int(raw["opinions"]),
            texts=int(raw["texts"]),
            unknown=float(raw["unknown"]),
            syllables=int(raw["syllables"]),
        )
        for name, counts in made.counts.items():
            counts.update({str(bin_): int(count) for bin_, count in raw["counts"][name].items()})
        return made


class Difference(NamedTuple):
    """How far one distribution is from the reference: ``psi`` in nats, ``noise`` what chance alone would give."""

    of: str
    psi: float
    noise: float
    verdict: str
    """``stable``, ``shifting``, ``drifted`` or ``too_few``."""


def compare(reference: Profile, seen: Profile, least: int = LEAST) -> list[Difference]:
    """The difference of each distribution from the reference.

    The verdict is on what is left above the noise of small samples: with twenty topics and 500 opinions, the
    index is 0.04 on average though nothing has changed.

    >>> compare(Profile(), Profile())[0]
    Difference(of='topic', psi=0.0, noise=0.0, verdict='too_few')
    """
    found = []
    for name in (*LABELS, *TEXTS):
        old, new = reference.counts[name], seen.counts[name]
        if not old.total() or not new.total():
            found.append(Difference(name, 0.0, 0.0, "too_few"))
            continue
        value, noise = psi(old, new)
        verdict = "too_few" if new.total() < least else _verdict(value - noise)
        found.append(Difference(name, round(value, 4), round(noise, 4), verdict))
    return found


def psi(old: Counter[str], new: Counter[str]) -> tuple[float, float]:
    """Population stability index between two counts, and its expectation if both came from one distribution.

    Half a count is added to each bin, so that one that is empty on one side is not infinitely far away.

    >>> psi(Counter(a=500, b=500), Counter(a=500, b=500))[0]
    0.0
    >>> round(psi(Counter(a=500, b=500), Counter(a=900, b=100))[0], 2)
    0.88
    """
    bins = sorted(set(old) | set(new))
    from_, to = ([(counts[bin_] + 0.5) / (counts.total() + 0.5 * len(bins)) for bin_ in bins] for counts in (old, new))
    value = sum((q - p) * math.log(q / p) for p, q in zip(from_, to, strict=True))
    return value, (len(bins) - 1) * (1 / old.total() + 1 / new.total())


def worst(differences: Iterable[Difference]) -> str:
    """The gravest verdict; ``too_few`` only where all are."""
    order = ("too_few", "stable", "shifting", "drifted")
    return max((one.verdict for one in differences), key=order.index, default="too_few")


def save_reference(profile: Profile, version: str, folder: Path) -> Path:
    """Write the reference beside a bundle's files."""
    file = folder / REFERENCE
    raw = {"format": FORMAT, "version": version, **profile.to_json()}
    file.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return file


def load_reference(folder: Path, version: str) -> Profile | None:
    """The reference of the bundle in ``folder``; None where it has none, or one of another version.

    :raises BundleError: the file is there but cannot be read.
    """
    file = folder / REFERENCE
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT or raw["version"] != version:
            return None
        return Profile.from_json(raw)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BundleError(f"Không đọc được {file} ({error}). Hãy tạo lại: ydan-train reference") from error


def _verdict(value: float) -> str:
    return "drifted" if value > DRIFTED else "shifting" if value > SHIFTING else "stable"
