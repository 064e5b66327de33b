"""What the combining layers look at: the heads' words, the table's answer, cues, host and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.competence import CompetenceTable
from ydan.cues import CueHit, CueLexicon, Document, read
from ydan.features.keys import other_keys, word_keys
from ydan.model.heads import LinearHeads
from ydan.opinion import DISTRICTS_ENDED, HOST_LEVELS, Session

Floats = npt.NDArray[np.float32]

LEVELS = ("commune", "district", "province", "central", "external", "unclear")
RANKS = {"commune": 0, "district": 1, "province": 2, "central": 3}
STRENGTHS = ("owner", "hint")
NO_MATTER = "none"
"""The matter head's label for opinions that are about none of the taxonomy's matters."""
_SMALL = 0.02


@dataclass(slots=True)
class Reading:
    """A batch after the text was read: nothing here depends on the trained weights but ``rows`` and ``known_share``.

    ``known_share`` is the share of each text's syllables that the vocabulary knows; training does not ask for it.
    """

    documents: list[Document]
    hits: list[list[CueHit]]
    rows: sparse.csr_matrix
    known_share: Sequence[float] = ()


@dataclass(slots=True)
class Signals:
    """A batch with everything the decisions need; ``probabilities`` are those of the heads."""

    reading: Reading
    sessions: list[Session]
    probabilities: dict[str, Floats]
    table: Floats


def read_batch(texts: Sequence[str], lexicon: CueLexicon, heads: LinearHeads) -> Reading:
    """Read every text once: documents, cues, feature rows."""
    documents = [read(text) for text in texts]
    hits = [lexicon.find(document) for document in documents]
    others = [other_keys(document, found) for document, found in zip(documents, hits, strict=True)]
    rows, known_share = heads.vocabulary.rows_of([word_keys(document) for document in documents], others)
    return Reading(documents, hits, rows, known_share.tolist())


class TableAnswers:
    """The competence table as matrices, so that a batch asks it with one product per (period, province)."""

    def __init__(self, competence: CompetenceTable, matters: Sequence[str]) -> None:
        self._competence = competence
        self._matters = matters
        self._cache: dict[tuple[str, str | None], Floats] = {}

    def distribution(self, matter: Floats, sessions: Sequence[Session]) -> Floats:
        """Probability of each level by the table alone, shape ``(rows, levels)``.

        The probability of a matter goes to the level that the table gives it on the date; no matter, no level.
        """
        result = np.zeros((len(sessions), len(LEVELS)), dtype=np.float32)
        groups: dict[tuple[str, str | None], list[int]] = {}
        for number, session in enumerate(sessions):
            key = (self._competence.period_of(session.date).id, session.province)
            groups.setdefault(key, []).append(number)
        for key, numbers in groups.items():
            answers = self._cache.get(key)
            if answers is None:
                answers = self._cache[key] = self._matrix(sessions[numbers[0]])
            result[numbers] = matter[numbers] @ answers
        return result

    def _matrix(self, session: Session) -> Floats:
        answers = np.zeros((len(self._matters), len(LEVELS)), dtype=np.float32)
        for number, matter in enumerate(self._matters):
            if matter == NO_MATTER:
                continue
            ruling = self._competence.lookup(matter, session.date, session.province)
            answers[number, LEVELS.index(ruling.level)] = 1.0
        return answers


def level_input_names(codes: Sequence[str]) -> tuple[str, ...]:
    """The names of :func:`level_inputs`' columns."""
    return (
        *(f"text.{level}" for level in LEVELS),
        *(f"table.{level}" for level in LEVELS),
        *(f"old.{level}" for level in LEVELS),
        *(f"{strength}.{level}" for strength in STRENGTHS for level in LEVELS),
        *(f"host.{level}" for level in HOST_LEVELS),
        *(f"code.{code}" for code in codes),
        "districts",
    )


def level_inputs(signals: Signals) -> Floats:
    """What the level layer weighs, shape ``(rows, inputs)``."""
    sessions = signals.sessions
    text = np.log(signals.probabilities["level"] + _SMALL)
    table = np.log(signals.table + _SMALL)
    districts = np.array([[session.date < DISTRICTS_ENDED] for session in sessions], dtype=np.float32)
    cues = np.zeros((len(sessions), len(STRENGTHS) * len(LEVELS)), dtype=np.float32)
    for number, hits in enumerate(signals.reading.hits):
        for cue, _first, _last, negated in hits:
            if cue.about == "level" and not negated:
                cues[number, STRENGTHS.index(cue.strength) * len(LEVELS) + LEVELS.index(cue.target)] = 1.0
    host = np.array([[s.host_level == level for level in HOST_LEVELS] for s in sessions], dtype=np.float32)
    codes = signals.probabilities["code"]
    inputs = (text, table, districts * text, cues, host, codes, districts)
    return np.concatenate(inputs, axis=1, dtype=np.float32)


def allowed_levels(sessions: Sequence[Session]) -> npt.NDArray[np.bool_]:
    """Districts exist only for meetings before 2025-07-01; shape ``(rows, levels)``."""
    allowed = np.ones((len(sessions), len(LEVELS)), dtype=np.bool_)
    allowed[:, LEVELS.index("district")] = [session.date < DISTRICTS_ENDED for session in sessions]
    return allowed


def above_host(level: Floats, sessions: Sequence[Session]) -> Floats:
    """Probability that the competent level is above the host, shape ``(rows,)``."""
    higher = np.array(
        [[RANKS.get(name, -1) > RANKS[session.host_level] for name in LEVELS] for session in sessions],
        dtype=np.float32,
    )
    result: Floats = np.add.reduce(level * higher, axis=1)
    return result


def escalation_input_names(codes: Sequence[str], types: Sequence[str]) -> tuple[str, ...]:
    """The names of :func:`escalation_inputs`' columns."""
    return (
        "above",
        "above.likely",
        "highest",
        *(f"code.{code}" for code in codes),
        *(f"strong.{code}" for code in codes),
        *(f"type.{name}" for name in types),
        *(f"host.{level}" for level in HOST_LEVELS),
        "external",
        "unclear",
    )


def escalation_inputs(signals: Signals, level: Floats, codes: Sequence[str]) -> Floats:
    """What the layer that decides "goes up or not" weighs, shape ``(rows, inputs)``."""
    above = above_host(level, signals.sessions)[:, None]
    code = signals.probabilities["code"]
    width = len(codes)
    strong = np.zeros((len(code), len(codes)), dtype=np.float32)
    for number, hits in enumerate(signals.reading.hits):
        for cue, _first, _last, negated in hits:
            if cue.strength == "strong" and not negated and cue.target in codes:
                strong[number, codes.index(cue.target)] = 1.0
    none = (1 - above) * np.multiply.reduce(1 - code, axis=1, keepdims=True)
    host = np.array([[s.host_level == name for name in HOST_LEVELS] for s in signals.sessions], dtype=np.float32)
    logits = _logit(np.concatenate((above, 1 - none, code), axis=1))
    external, unclear = LEVELS.index("external"), LEVELS.index("unclear")
    return np.concatenate(
        (
            logits[:, :1],
            above > 0.5,
            logits[:, 1 : 2 + width],
            strong,
            signals.probabilities["type"],
            host,
            level[:, external : external + 1],
            level[:, unclear : unclear + 1],
        ),
        axis=1,
        dtype=np.float32,
    )


def _logit(probability: Floats) -> Floats:
    clipped = np.minimum(np.maximum(probability, 0.005), 0.995)
    result: Floats = np.log(clipped / (1 - clipped))
    return result
