"""``underthesea_core.TextClassifier``: TF-IDF and a linear SVM in Rust, the trainer inside underthesea 9.

Its constructor's defaults with one- and two-grams. ``prepared`` puts its own ``TextPreprocessor`` in front (NFC,
lower case, teencode, negation marks), which helps on what is typed on a phone and costs most of the speed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from underthesea_core import TextClassifier, TextPreprocessor

from benchmarks.candidates import Row

FILE = "classifier.bin"


def train(rows: Sequence[Row], folder: Path, **options: object) -> None:
    """Fit and save; a preprocessor is saved with the model."""
    preprocessor = TextPreprocessor() if options.get("prepared") else None
    classifier = TextClassifier(ngram_range=(1, 2), preprocessor=preprocessor)
    classifier.fit([row["text"] for row in rows], [row["topic"] for row in rows])
    classifier.save(str(folder / FILE))


class _Svm:
    def __init__(self, classifier: Any) -> None:
        self._classifier = classifier

    def topic(self, row: Row) -> str:
        return str(self._classifier.predict(row["text"]))

    def topics(self, rows: Sequence[Row]) -> list[str]:
        return list(self._classifier.predict_batch([row["text"] for row in rows]))


def load(folder: Path) -> _Svm:
    """The saved classifier."""
    return _Svm(TextClassifier.load(str(folder / FILE)))
