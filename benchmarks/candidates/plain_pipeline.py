"""What people write first: underthesea's words, TF-IDF of one and two of them, logistic regression.

Nothing is tuned: ``C`` and the vectorizer are scikit-learn's defaults but for the two-grams that everybody adds
and the iterations that it takes to converge.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from underthesea import word_tokenize

from benchmarks.candidates import Row

FILE = "pipeline.joblib"


def train(rows: Sequence[Row], folder: Path, **options: object) -> None:
    """Segment and fit."""
    pipeline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1000))
    pipeline.fit([_segmented(row) for row in rows], [row["topic"] for row in rows])
    joblib.dump(pipeline, folder / FILE)


class _Plain:
    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def topic(self, row: Row) -> str:
        return self.topics([row])[0]

    def topics(self, rows: Sequence[Row]) -> list[str]:
        return [str(label) for label in self._pipeline.predict([_segmented(row) for row in rows])]


def load(folder: Path) -> _Plain:
    """The pickled pipeline."""
    return _Plain(joblib.load(folder / FILE))


def _segmented(row: Row) -> str:
    return str(word_tokenize(row["text"], format="text"))
