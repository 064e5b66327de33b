"""The configuration of Amsterdam's Signalen classifier, read off its public training code and built anew.

Reproduced (github.com/Signalen/classification, app/engine.py): counts of one- or one- and two-grams, term
frequencies scaled to length one without idf, logistic regression with the l1 penalty by liblinear, and its grid
search over class weights, iterations and n-grams with five folds. Left out: the Dutch stop words and the Dutch
stemmer (Vietnamese does not inflect). Since scikit-learn 1.8 liblinear takes two classes only, so one model a
topic is asked for in so many words; that is what liblinear did by itself before.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline

from benchmarks.candidates import Row

FILE = "search.joblib"
GRID = {
    "classify__estimator__class_weight": (None, "balanced"),
    "classify__estimator__max_iter": (300, 500),
    "count__ngram_range": ((1, 1), (1, 2)),
}


def train(rows: Sequence[Row], folder: Path, **options: object) -> None:
    """Search the grid and keep the refitted winner."""
    logistic = LogisticRegression(l1_ratio=1, solver="liblinear", random_state=0)
    pipeline = Pipeline(
        [
            ("count", CountVectorizer()),
            ("weigh", TfidfTransformer(norm="l2", use_idf=False)),
            ("classify", OneVsRestClassifier(logistic)),
        ]
    )
    search = GridSearchCV(pipeline, GRID, cv=5, n_jobs=1)
    search.fit([row["text"] for row in rows], [row["topic"] for row in rows])
    joblib.dump(search, folder / FILE)


class _Signalen:
    def __init__(self, search: Any) -> None:
        self._search = search

    def topic(self, row: Row) -> str:
        return self.topics([row])[0]

    def topics(self, rows: Sequence[Row]) -> list[str]:
        return [str(label) for label in self._search.predict([row["text"] for row in rows])]


def load(folder: Path) -> _Signalen:
    """The pickled search with its winner."""
    return _Signalen(joblib.load(folder / FILE))
