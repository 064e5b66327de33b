"""The peers, one file each. This list imports none of them: each runs alone in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

Row = Mapping[str, Any]
"""One line of a labelled file: ``text`` and ``topic``; ``date`` and ``host_level`` where there are any."""


class Model(Protocol):
    """A trained peer, loaded from its folder."""

    def topic(self, row: Row) -> str:
        """The topic of one opinion, asked by itself."""
        ...

    def topics(self, rows: Sequence[Row]) -> list[str]:
        """The topics of many, by the quickest call that the peer has."""
        ...


class PeerModule(Protocol):
    """What a file of this folder offers."""

    def train(self, rows: Sequence[Row], folder: Path, **options: object) -> None:
        """Learn from ``rows`` and leave the model in ``folder``, which is there and empty."""
        ...

    def load(self, folder: Path) -> Model:
        """The model that lies in ``folder``."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the table. ``shipped`` is a folder to measure in place of the one just trained."""

    id: str
    title: str
    answers: str
    module: str
    options: Mapping[str, object] = field(default_factory=dict)
    shipped: str | None = None

    def open(self) -> PeerModule:
        """Import the peer, and with it everything heavy."""
        return cast(PeerModule, import_module(f"benchmarks.candidates.{self.module}"))


OURS, PLAIN = "ydan", "plain"

CANDIDATES = (
    Candidate(OURS, "Ý Dân", "everything", "ydan_default", shipped="models/bundles/default"),
    Candidate(PLAIN, "word_tokenize + TF-IDF + logistic regression", "topic", "plain_pipeline"),
    Candidate("underthesea_core", "underthesea_core.TextClassifier", "topic", "underthesea_svm"),
    Candidate(
        "underthesea_core_prepared",
        "underthesea_core.TextClassifier, prepared",
        "topic",
        "underthesea_svm",
        {"prepared": True},
    ),
    Candidate("fasttext", "fastText supervised", "topic", "fasttext_supervised"),
    Candidate("signalen", "Signalen's configuration", "topic", "signalen_configuration"),
)


def find_candidate(wanted: str) -> Candidate:
    """The candidate of an id.

    :raises ValueError: there is none; the message lists them.
    """
    for candidate in CANDIDATES:
        if candidate.id == wanted:
            return candidate
    raise ValueError(f"No peer {wanted!r}. There are: {', '.join(candidate.id for candidate in CANDIDATES)}.")
