"""The words that decide jurisdiction, and the words that switch a cue off."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from ydan.errors import RuleError

STRENGTHS = ("owner", "hint")


@dataclass(frozen=True, slots=True)
class LevelCue:
    """Phrases that speak for one level; ``owner`` names who owns the thing, ``hint`` who is spoken to."""

    id: str
    level: str
    strength: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Negators ``before`` a cue (at most ``reach`` syllables away), ``settled`` phrases in its sentence."""

    reach: int
    before: tuple[str, ...]
    settled: tuple[str, ...]
    not_a_negator: tuple[str, ...]


def read_toml(name: str) -> dict[str, Any]:
    """A rule file that ships with the package."""
    return tomllib.loads(resources.files("ydan.rules").joinpath(name).read_text(encoding="utf-8"))


@functools.cache
def load_level_cues() -> tuple[LevelCue, ...]:
    """Every cue of ``levels.toml``.

    :raises RuleError: an unknown strength or a cue without phrases, with its id.
    """
    cues = []
    for row in read_toml("levels.toml")["cue"]:
        if row["strength"] not in STRENGTHS or not row["phrases"]:
            raise RuleError(
                f"levels.toml, cue {row['id']!r}: strength phải là {' hoặc '.join(STRENGTHS)} "
                "và phải có ít nhất một cụm từ trong phrases."
            )
        cues.append(LevelCue(row["id"], row["level"], row["strength"], tuple(row["phrases"])))
    return tuple(cues)


@functools.cache
def load_negation() -> Negation:
    """``negation.toml``."""
    raw = read_toml("negation.toml")
    return Negation(raw["reach"], tuple(raw["before"]), tuple(raw["settled"]), tuple(raw["not_a_negator"]))
