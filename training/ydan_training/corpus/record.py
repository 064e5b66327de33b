"""One labelled opinion, as it stands in ``data/opinions/*.jsonl`` and in any evaluation file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ydan.taxonomy import load_taxonomy

HOSTS = ("commune", "district", "province")
REGIONS = ("north", "central", "south")
REGISTERS = ("spoken", "minutes", "formal", "letter", "news", "portal")
DISTRICTS_ENDED = "2025-07-01"


class CorpusError(Exception):
    """A record breaks the schema; the message names the file, the line and what to mend."""


@dataclass(slots=True)
class LabelledOpinion:
    """An opinion with its labels. The last five fields are empty in files from outside."""

    id: str
    text: str
    host_level: str
    date: str
    topic: str
    type: str
    level: str
    secondary: list[str] = field(default_factory=list)
    matter: str | None = None
    codes: list[str] = field(default_factory=list)
    escalate: bool = False
    transfer: bool = False
    province: str | None = None
    region: str | None = None
    register: str | None = None
    author: str | None = None
    persona: str | None = None

    @property
    def group(self) -> str:
        """What must never straddle a split: one author's opinions on one matter."""
        return f"{self.author}/{self.matter or self.topic}"

    def faults(self) -> list[str]:
        """What is wrong with the labels, in words; empty when nothing is."""
        known = load_taxonomy()
        out = []
        choices: list[tuple[str, str, Iterable[str]]] = [
            ("host_level", self.host_level, HOSTS),
            ("topic", self.topic, known.topics),
            ("type", self.type, known.types),
            ("level", self.level, known.levels),
            *(("secondary", topic, known.topics) for topic in self.secondary),
            *(("codes", code, known.escalation_codes) for code in self.codes),
        ]
        if self.matter is not None:
            choices.append(("matter", self.matter, known.matters))
        out += [f"{name} {value!r} is unknown" for name, value, ids in choices if value not in ids]
        try:
            date.fromisoformat(self.date)
        except ValueError:
            out.append(f"date {self.date!r} is no ISO date")
        if not self.text.strip():
            out.append("text is empty")
        if self.date >= DISTRICTS_ENDED and "district" in (self.level, self.host_level):
            out.append("a district after 2025-06-30")
        if not out:
            out += self._contradictions(known)
        return out

    def _contradictions(self, known: Any) -> list[str]:
        """Labels that LABELS.md ties together: escalate, transfer and beyond_competence follow from the rest."""
        out = []
        ranks = {level.id: level.rank for level in known.levels.values() if level.rank is not None}
        above = self.level in ranks and ranks[self.level] > ranks[self.host_level]
        if above != ("beyond_competence" in self.codes):
            out.append("beyond_competence must hold exactly when the level is above the host")
        if self.escalate != bool(self.codes):
            out.append("escalate must be true exactly when there is a code")
        if self.transfer != (self.level == "external"):
            out.append("transfer must be true exactly when the level is external")
        return out


def read_jsonl(path: Path) -> list[LabelledOpinion]:
    """Every record of a JSON Lines file; fields that this version does not know are left out.

    :raises CorpusError: a line that is no JSON object or lacks a field, with its number.
    """
    known = set(LabelledOpinion.__dataclass_fields__)
    rows = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
                rows.append(LabelledOpinion(**{name: value for name, value in raw.items() if name in known}))
            except (ValueError, TypeError, AttributeError) as error:
                raise CorpusError(f"{path}:{number}: {error}. Mend this line and run again.") from error
    return rows


def write_jsonl(path: Path, rows: Iterable[LabelledOpinion]) -> None:
    """One record a line, every field present, so that ``datasets`` sees one schema."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
