"""What the heads learn from: the opinions, the same without diacritics, the taxonomy's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ydan.cues import CueHit, Document, load_cues, read
from ydan.features import Vocabulary, feature_keys
from ydan.text import fold, normalize
from ydan_training.config import Config
from ydan_training.corpus import LabelledOpinion
from ydan_training.fitting.heads import fit_head
from ydan_training.fitting.knowledge import Saying, taxonomy_sayings
from ydan_training.fitting.targets import Target

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rows of features; ``copied`` tells which opinion each copy without diacritics was made of."""

    vocabulary: Vocabulary
    documents: list[Document]
    hits: list[list[CueHit]]
    opinions: sparse.csr_matrix
    copies: sparse.csr_matrix
    copied: Numbers
    said: list[Saying]
    sayings: sparse.csr_matrix
    said_weight: float

    @classmethod
    def prepare(cls, rows: Sequence[LabelledOpinion], config: Config) -> Lessons:
        """Read everything once and number the features."""
        dice = np.random.default_rng(int(config.number("model", "seed")))
        share, weight = config.number("augment", "undiacritized"), config.number("augment", "taxonomy")
        copied = [number for number in range(len(rows)) if dice.random() < share]
        said = taxonomy_sayings() if weight > 0 else []
        documents, hits, keys = _read([row.text for row in rows])
        copy_keys = _read([_bare(rows[number].text) for number in copied])[2]
        said_keys = _read([saying.text for saying in said])[2] + _read([_bare(saying.text) for saying in said])[2]
        vocabulary = Vocabulary.learn(
            [*keys, *copy_keys, *said_keys],
            at_least=int(config.number("vocabulary", "at_least")),
            at_most=int(config.number("vocabulary", "at_most")),
            power=config.number("vocabulary", "idf_power"),
        )
        return cls(
            vocabulary,
            documents,
            hits,
            vocabulary.rows(keys),
            vocabulary.rows(copy_keys),
            np.array(copied, dtype=np.int64),
            [*said, *said],
            vocabulary.rows(said_keys),
            weight,
        )

    def learn(
        self, wanted: Sequence[Target], chosen: Numbers, strengths: Mapping[str, float], seed: int
    ) -> tuple[Floats, Floats]:
        """Every head from the ``chosen`` opinions: weights ``(features, labels of all heads)`` and bias."""
        inside = np.zeros(self.opinions.shape[0], dtype=np.bool_)
        inside[chosen] = True
        kept = inside[self.copied]
        plain = sparse.vstack([self.opinions[chosen], self.copies[kept]]).tocsr()
        numbers = np.concatenate([chosen, self.copied[kept]])
        parts = []
        for target in wanted:
            taught, answers = plain, target.answers[numbers]
            weight = np.ones(len(numbers))
            which, labels = self._sayings_of(target)
            if len(which):
                taught = sparse.vstack([plain, self.sayings[which]]).tocsr()
                answers = np.concatenate([answers, labels])
                weight = np.concatenate([weight, np.full(len(which), self.said_weight)])
            lesson = Target(target.name, target.kind, target.labels, answers)
            parts.append(fit_head(taught, lesson, strengths[target.name], seed, weight))
        return np.hstack([weights for weights, _ in parts]), np.concatenate([bias for _, bias in parts])

    def _sayings_of(self, target: Target) -> tuple[Numbers, Numbers]:
        """The sayings that teach a head, and their label numbers; only topic and matter have any."""
        if target.name not in {"topic", "matter"}:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        labels = [getattr(saying, target.name) for saying in self.said]
        which = [number for number, label in enumerate(labels) if label is not None]
        at = {label: number for number, label in enumerate(target.labels)}
        return np.array(which, dtype=np.int64), np.array([at[labels[n]] for n in which], dtype=np.int64)


def _bare(text: str) -> str:
    return fold(normalize(text).text)


def _read(texts: Sequence[str]) -> tuple[list[Document], list[list[CueHit]], list[list[str]]]:
    lexicon = load_cues()
    documents = [read(text) for text in texts]
    hits = [lexicon.find(document) for document in documents]
    return documents, hits, [feature_keys(document, found) for document, found in zip(documents, hits, strict=True)]
