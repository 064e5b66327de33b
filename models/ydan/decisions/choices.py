"""From probabilities to labels that can be shown, a batch at a time: a call of numpy costs more than a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ydan.assessment import Choice
from ydan.competence import CompetenceTable, Ruling
from ydan.model.signals import NO_MATTER, Floats
from ydan.opinion import Session
from ydan.taxonomy import Taxonomy

Integers = npt.NDArray[np.int64]

EVEN = 0.5
"""A matter at least as likely as not is believed even when the topic head says another topic."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a head in the order of its columns, with the names that are shown."""

    ids: Sequence[str]
    names: Sequence[str]

    def at(self, columns: Integers, probabilities: Floats) -> list[Choice]:
        """One label for each column number with its probability.

        Rounded together: the product of a float32 with 10,000 is exact in float64, so this is ``round`` to the digit.
        """
        rounded = probabilities.astype(np.float64).round(4)
        ids, names = self.ids, self.names
        return [Choice(ids[i], names[i], p) for i, p in zip(columns.tolist(), rounded.tolist(), strict=True)]

    def likeliest(self, probabilities: Floats, most: int) -> list[list[Choice]]:
        """For each row up to ``most`` labels, the likeliest first.

        >>> Labels(("a", "b"), ("A", "B")).likeliest(np.array([[0.25, 0.75]], dtype=np.float32), 1)
        [[Choice(id='b', label='B', confidence=0.75)]]
        """
        order = probabilities.argsort(axis=1)[:, ::-1][:, :most]
        found = probabilities[np.arange(len(order))[:, None], order]
        choices, width = self.at(order.ravel(), found.ravel()), order.shape[1]
        return [choices[begin : begin + width] for begin in range(0, len(choices), width)]


class Matters:
    """The likeliest matter of each opinion, if likely enough to be shown, and the table's answer to it."""

    def __init__(
        self, taxonomy: Taxonomy, competence: CompetenceTable, labels: Iterable[str], threshold: float
    ) -> None:
        self._known = [None if label == NO_MATTER else taxonomy.matters[label] for label in labels]
        self._competence = competence
        self._threshold = threshold
        self._elsewhere = max(threshold, EVEN)

    def decide(
        self, probabilities: Floats, topics: Sequence[Choice], sessions: Sequence[Session]
    ) -> list[tuple[Choice | None, Ruling | None]]:
        """One pair for each row; a matter of another topic than the row's must be as likely as not."""
        best = probabilities.argmax(axis=1)
        confidences = probabilities[np.arange(len(best)), best].tolist()
        answers: list[tuple[Choice | None, Ruling | None]] = []
        for at, confidence, topic, session in zip(best.tolist(), confidences, topics, sessions, strict=True):
            matter = self._known[at]
            if matter is None or confidence < (self._threshold if matter.topic == topic.id else self._elsewhere):
                answers.append((None, None))
                continue
            ruling = self._competence.lookup(matter.id, session.date, session.province)
            answers.append((Choice(matter.id, matter.label, round(confidence, 4)), ruling))
        return answers
