"""Rows in, encoded answers out: what each worker process does, with a model that it loads once or inherits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from ydan.assessment import Failure
from ydan.bulk.rows import Answer, Row, item_of, lost
from ydan.opinion import Session
from ydan.predictor import Predictor

Encoded = TypeVar("Encoded")


class Part(NamedTuple, Generic[Encoded]):
    """The answers to consecutive rows, as the output takes them."""

    rows: int
    failed: int
    data: Encoded


@dataclass
class Assess(Generic[Encoded]):
    """A job of :func:`ydan.bulk.pool.ordered_map`.

    ``encode`` makes answers, and the rows that they answer, what the output takes: done in the worker, for it is a
    fifth of the work. The job goes to a worker by pickle where none can be forked, and then loads ``model`` and
    ``overrides`` there, once.
    """

    model: Path | None
    overrides: tuple[Path, ...]
    session: Session
    encode: Callable[[Sequence[Answer], Sequence[Row]], Encoded]
    predictor: Predictor | None = field(default=None, repr=False)

    def __call__(self, rows: Sequence[Row], /) -> Part[Encoded]:
        return self._part(self.answers(rows), rows)

    def lost(self, row: Row, why: str, /) -> Part[Encoded]:
        return self._part([lost(row, why)], [row])

    def answers(self, rows: Sequence[Row]) -> list[Answer]:
        """One answer for each row, in order."""
        predictor = self.loaded()
        return predictor.assess_many([item_of(row, self.session, predictor.competence) for row in rows])

    def loaded(self) -> Predictor:
        """The model, loaded when it is first needed."""
        if self.predictor is None:
            self.predictor = Predictor.load(self.model, self.overrides)
        return self.predictor

    def _part(self, answers: Sequence[Answer], rows: Sequence[Row]) -> Part[Encoded]:
        return Part(len(answers), sum(isinstance(one, Failure) for one in answers), self.encode(answers, rows))

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "predictor": None}
