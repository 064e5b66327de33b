"""fastText's supervised mode with the settings of its own tutorial: 25 epochs, rate 1.0, two-grams, softmax.

The tutorial's 50 dimensions and 200,000 buckets are kept too: the default two million make a model of 800 MB.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fasttext

from benchmarks.candidates import Row

FILE = "model.bin"
LABEL = "__label__"
SEED = 20261124


def train(rows: Sequence[Row], folder: Path, **options: object) -> None:
    """fastText reads a file with a line an opinion."""
    with tempfile.TemporaryDirectory() as scratch:
        lines = Path(scratch, "train.txt")
        lines.write_text("".join(f"{LABEL}{row['topic']} {_line(row)}\n" for row in rows), encoding="utf-8")
        model = fasttext.train_supervised(
            str(lines), epoch=25, lr=1.0, wordNgrams=2, dim=50, bucket=200_000, thread=1, seed=SEED, verbose=0
        )
    model.save_model(str(folder / FILE))


class _FastText:
    def __init__(self, model: Any) -> None:
        self._model = model

    def topic(self, row: Row) -> str:
        return str(self._model.predict(_line(row))[0][0]).removeprefix(LABEL)

    def topics(self, rows: Sequence[Row]) -> list[str]:
        answers = self._model.predict([_line(row) for row in rows])[0]
        return [str(labels[0]).removeprefix(LABEL) for labels in answers]


def load(folder: Path) -> _FastText:
    """The saved model."""
    return _FastText(fasttext.load_model(str(folder / FILE)))


def _line(row: Row) -> str:
    return " ".join(row["text"].lower().split())
