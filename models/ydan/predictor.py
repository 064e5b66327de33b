"""The only path from raw text to an assessment: training measures it, the command and the service serve it."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np

from ydan.assessment import Assessment, Choice, Evidence, Failure, Traits
from ydan.competence import CompetenceTable, Ruling, load_competence
from ydan.cues import load_cues
from ydan.decisions import escalation, jurisdiction, review
from ydan.decisions.choices import Labels, Matters
from ydan.decisions.evidence import word_evidence
from ydan.model import Bundle, load_bundle
from ydan.model.signals import (
    LEVELS,
    Floats,
    Reading,
    Signals,
    TableAnswers,
    above_host,
    allowed_levels,
    escalation_inputs,
    level_inputs,
    read_batch,
)
from ydan.opinion import Opinion
from ydan.rules import load_rules
from ydan.taxonomy import load_taxonomy

BATCH = 512
"""Opinions read at once: memory stays flat however many come."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection inside, then as it was before.

    A batch makes some fifty thousand small objects that stay, and not one reference cycle: the collector walks
    through them, and through everything else the process holds, and frees nothing. Whatever is no longer used goes
    by its reference count all the same. The pause is one batch long, so the collector of a program around us only
    comes late by that; with several threads inside, the first one out switches it on again, which costs speed only.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Predictor:
    """A loaded model with the knowledge it decides by. Safe to share between threads: it keeps no state.

    >>> from datetime import date
    >>> from ydan.opinion import Opinion, Session
    >>> predictor = Predictor.load()
    >>> found = predictor.assess(Opinion("1", "Đèn đường xóm 4 hỏng hai tháng nay.", Session(date(2026, 3, 1))))
    >>> found.topic.id
    'technical_infrastructure'
    """

    def __init__(self, bundle: Bundle, competence: CompetenceTable) -> None:
        self.bundle = bundle
        self.competence = competence
        self.taxonomy = load_taxonomy()
        self._lexicon = load_cues()
        self._rules = load_rules()
        self._offices = jurisdiction.Offices(self.taxonomy, competence)
        heads, taxonomy = bundle.heads.heads, self.taxonomy
        self._codes = heads["code"].labels
        self._table = TableAnswers(competence, heads["matter"].labels)
        self._matters = Matters(taxonomy, competence, heads["matter"].labels, bundle.thresholds["matter"])
        self._topics = Labels(heads["topic"].labels, [taxonomy.topics[id_].label for id_ in heads["topic"].labels])
        self._types = Labels(heads["type"].labels, [taxonomy.types[id_].label for id_ in heads["type"].labels])
        self._levels = Labels(LEVELS, [taxonomy.levels[id_].label for id_ in LEVELS])

    @classmethod
    def load(
        cls, bundle: Path | None = None, overrides: Sequence[Path] = (), *, public_key: Path | None = None
    ) -> Self:
        """The default model, or the one in ``bundle``; ``overrides`` are provinces' own competence files.

        :raises BundleError: the bundle is missing, altered or of another version; with ``public_key`` also where it
            is not signed with the private half of that key.
        :raises CompetenceError: an override file is wrong; the message names the line.
        """
        return cls(load_bundle(bundle, public_key), load_competence(overrides))

    @property
    def versions(self) -> dict[str, object]:
        """What every answer carries beside the assessments."""
        return {
            "model": {"name": self.bundle.name, "version": self.bundle.version},
            "taxonomy": {"version": self.taxonomy.version},
            "competence": {"version": self.competence.version},
        }

    def assess(self, opinion: Opinion) -> Assessment:
        """The assessment of one opinion."""
        return self._assess([opinion])[0]

    def assess_many(self, items: Sequence[Opinion | Failure]) -> list[Assessment | Failure]:
        """One answer for each item, in order; what failed at the door passes through unchanged."""
        answers: list[Assessment | Failure] = []
        for begin in range(0, len(items), BATCH):
            part = items[begin : begin + BATCH]
            with collector_paused():
                done = iter(self._assess([item for item in part if isinstance(item, Opinion)]))
            answers += [next(done) if isinstance(item, Opinion) else item for item in part]
        return answers

    def signals(self, opinions: Sequence[Opinion]) -> Signals:
        """Everything the decisions look at, for a batch; training fits the layers on the same."""
        heads = self.bundle.heads
        reading = read_batch([opinion.text for opinion in opinions], self._lexicon, heads)
        probabilities = heads.probabilities(heads.scores(reading.rows))
        sessions = [opinion.session for opinion in opinions]
        return Signals(reading, sessions, probabilities, self._table.distribution(probabilities["matter"], sessions))

    def _assess(self, opinions: Sequence[Opinion]) -> list[Assessment]:
        return self.decide(opinions, self.signals(opinions)) if opinions else []

    def decide(self, opinions: Sequence[Opinion], signals: Signals) -> list[Assessment]:
        """The assessments that the :meth:`signals` of some opinions, at least one, lead to.

        For a caller that wants both, such as every topic's probability beside the answer, from one reading.
        """
        sessions, probabilities = signals.sessions, signals.probabilities
        topics = self._topics.likeliest(probabilities["topic"], 4)
        chosen = [self._topics.ids.index(best.id) for best, *_others in topics]
        types = self._types.likeliest(probabilities["type"], 1)
        matters = self._matters.decide(probabilities["matter"], [best for best, *_others in topics], sessions)
        level = self.bundle.level_layer.probabilities(level_inputs(signals), allowed_levels(sessions))
        _overrule(level, matters)
        goes_up = self.bundle.escalation_layer.probabilities(escalation_inputs(signals, level, self._codes))[:, 0]
        found = zip(
            opinions,
            topics,
            [best for best, *_others in types],
            matters,
            self._decide_levels(level, matters),
            above_host(level, sessions).tolist(),
            probabilities["code"].tolist(),
            goes_up.tolist(),
            word_evidence(self.bundle.heads, signals.reading, "topic", chosen, most=2),
            strict=True,
        )
        return [self._one(signals.reading, row, *answers) for row, answers in enumerate(found)]

    def _one(
        self,
        reading: Reading,
        row: int,
        opinion: Opinion,
        topics: Sequence[Choice],
        type_: Choice,
        matter_and_ruling: tuple[Choice | None, Ruling | None],
        level: Choice,
        above: float,
        codes: Sequence[float],
        goes_up: float,
        evidence: Sequence[Evidence],
    ) -> Assessment:
        limits, session = self.bundle.thresholds, opinion.session
        document, topic = reading.documents[row], topics[0]
        matter, ruling = matter_and_ruling
        judged = jurisdiction.decide(
            taxonomy=self.taxonomy,
            offices=self._offices,
            level=level,
            topic=topic.id,
            ruling=ruling,
            hits=reading.hits[row],
            document=document,
            session=session,
            period=self.competence.period_of(session.date).begins,
        )
        escalated = escalation.decide(
            taxonomy=self.taxonomy,
            rules=self._rules,
            offices=self._offices,
            heads=self.bundle.heads,
            reading=reading,
            row=row,
            topic=topic,
            matter=matter,
            type_=type_.id,
            jurisdiction=judged,
            session=session,
            above=above,
            codes=dict(zip(self._codes, codes, strict=True)),
            probability=goes_up,
            thresholds=limits["codes"],
        )
        return Assessment(
            id=opinion.id,
            text=opinion.text,
            topic=topic,
            alternatives=tuple(topics[1:]),
            secondary_topics=tuple([c for c in topics[1:3] if c.confidence >= limits["secondary"]]),
            matter=matter,
            type=type_,
            jurisdiction=judged,
            escalation=escalated,
            evidence=tuple(evidence),
            review=review.reasons(
                document=document,
                known_share=reading.known_share[row],
                topic=topic,
                type_=type_,
                jurisdiction=judged,
                ruling=ruling,
                matter=matter,
                escalation=escalated,
                limits=limits["review"],
            ),
            traits=Traits(len(document.words), reading.known_share[row], document.undiacritized),
        )

    def _decide_levels(self, level: Floats, matters: Sequence[tuple[Choice | None, Ruling | None]]) -> list[Choice]:
        """The likeliest level of each row; where a province has spoken, the level that it named."""
        best = level.argmax(axis=1)
        for row, (_matter, ruling) in enumerate(matters):
            if ruling is not None and ruling.overridden:
                best[row] = LEVELS.index(ruling.level)
        return self._levels.at(best, level[np.arange(len(best)), best])


def _overrule(level: Floats, matters: Sequence[tuple[Choice | None, Ruling | None]]) -> None:
    """The province has spoken: as likely as it is this matter, its own rule takes the place of the model's level.

    Done before anything is made of ``level``, so that the confidence and the escalation follow the rule too.
    """
    for row, (matter, ruling) in enumerate(matters):
        if matter is not None and ruling is not None and ruling.overridden:
            level[row] *= 1 - matter.confidence
            level[row, LEVELS.index(ruling.level)] += matter.confidence
