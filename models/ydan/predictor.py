"""The only path from raw text to an assessment: training measures it, the command and the service serve it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ydan.assessment import Assessment, Choice, Failure
from ydan.competence import CompetenceTable, Ruling, load_competence
from ydan.cues import load_cues
from ydan.decisions import escalation, jurisdiction, review
from ydan.decisions.evidence import word_evidence
from ydan.model import Bundle, load_bundle
from ydan.model.signals import (
    LEVELS,
    NO_MATTER,
    Floats,
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
        self._codes = bundle.heads.heads["code"].labels
        self._table = TableAnswers(competence, bundle.heads.heads["matter"].labels)

    @classmethod
    def load(cls, bundle: Path | None = None, overrides: Sequence[Path] = ()) -> Predictor:
        """The default model, or the one in ``bundle``; ``overrides`` are provinces' own competence files.

        :raises BundleError: the bundle is missing, altered or of another version.
        :raises CompetenceError: an override file is wrong; the message names the line.
        """
        return cls(load_bundle(bundle), load_competence(overrides))

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
        if not opinions:
            return []
        signals = self.signals(opinions)
        level = self.bundle.level_layer.probabilities(level_inputs(signals), allowed_levels(signals.sessions))
        self._overrule(level, signals, opinions)
        goes_up = self.bundle.escalation_layer.probabilities(escalation_inputs(signals, level, self._codes))[:, 0]
        above = above_host(level, signals.sessions)
        return [
            self._one(opinion, row, signals, level[row], float(above[row]), float(goes_up[row]))
            for row, opinion in enumerate(opinions)
        ]

    def _overrule(self, level: Floats, signals: Signals, opinions: Sequence[Opinion]) -> None:
        """The province has spoken: as likely as it is this matter, its own rule takes the place of the model's level.

        Done before anything is made of ``level``, so that the confidence and the escalation follow the rule too.
        """
        for row, opinion in enumerate(opinions):
            if opinion.session.province is None:
                continue
            topic = self._choices(signals, row, "topic", 1)[0]
            matter, ruling = self._matter(signals, row, topic.id, opinion)
            if matter is not None and ruling is not None and ruling.overridden:
                level[row] *= 1 - matter.confidence
                level[row, LEVELS.index(ruling.level)] += matter.confidence

    def _one(
        self, opinion: Opinion, row: int, signals: Signals, level: Floats, above: float, goes_up: float
    ) -> Assessment:
        limits = self.bundle.thresholds
        reading, session = signals.reading, opinion.session
        document, hits = reading.documents[row], reading.hits[row]
        topics = self._choices(signals, row, "topic", 4)
        topic = topics[0]
        type_ = self._choices(signals, row, "type", 1)[0]
        matter, ruling = self._matter(signals, row, topic.id, opinion)
        best = int(level.argmax())
        if ruling is not None and ruling.overridden:
            best = LEVELS.index(ruling.level)
        judged = jurisdiction.decide(
            taxonomy=self.taxonomy,
            offices=self._offices,
            level=Choice(LEVELS[best], self.taxonomy.levels[LEVELS[best]].label, round(float(level[best]), 4)),
            topic=topic.id,
            ruling=ruling,
            hits=hits,
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
            codes=dict(zip(self._codes, map(float, signals.probabilities["code"][row]), strict=True)),
            probability=goes_up,
            thresholds=limits["codes"],
        )
        evidence = word_evidence(self.bundle.heads, reading, row, "topic", self._label("topic", topic.id), most=2)
        return Assessment(
            id=opinion.id,
            text=opinion.text,
            topic=topic,
            alternatives=tuple(topics[1:]),
            secondary_topics=tuple(c for c in topics[1:3] if c.confidence >= limits["secondary"]),
            matter=matter,
            type=type_,
            jurisdiction=judged,
            escalation=escalated,
            evidence=tuple(evidence),
            review=review.reasons(
                document=document,
                known_share=self._known_share(signals, row),
                topic=topic,
                type_=type_,
                jurisdiction=judged,
                ruling=ruling,
                matter=matter,
                escalation=escalated,
                limits=limits["review"],
            ),
        )

    def _label(self, head: str, label: str) -> int:
        return self.bundle.heads.heads[head].labels.index(label)

    def _choices(self, signals: Signals, row: int, head: str, most: int) -> list[Choice]:
        probabilities = signals.probabilities[head][row]
        labels = self.bundle.heads.heads[head].labels
        names = self.taxonomy.topics if head == "topic" else self.taxonomy.types
        order = probabilities.argsort()[::-1][:most]
        return [Choice(labels[i], names[labels[i]].label, round(float(probabilities[i]), 4)) for i in order]

    def _matter(self, signals: Signals, row: int, topic: str, opinion: Opinion) -> tuple[Choice | None, Ruling | None]:
        """The likeliest matter of the chosen topic, if likely enough to be shown, and the table's answer to it."""
        probabilities = signals.probabilities["matter"][row]
        labels = self.bundle.heads.heads["matter"].labels
        best = int(probabilities.argmax())
        confidence = float(probabilities[best])
        if labels[best] == NO_MATTER:
            return None, None
        found = self.taxonomy.matters[labels[best]]
        if confidence < self.bundle.thresholds["matter"] or (found.topic != topic and confidence < 0.5):
            return None, None
        ruling = self.competence.lookup(found.id, opinion.session.date, opinion.session.province)
        return Choice(found.id, found.label, round(confidence, 4)), ruling

    def _known_share(self, signals: Signals, row: int) -> float:
        """Share of the syllables that the model has seen in training."""
        plain = signals.reading.documents[row].plain
        index = self.bundle.heads.vocabulary.index
        return sum([f"~{word}" in index for word in plain]) / len(plain) if plain else 0.0
