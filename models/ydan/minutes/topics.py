"""The classifier's topics of any stretch of text: how the reader sees that the subject changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ydan.cues import load_cues
from ydan.model import Bundle
from ydan.model.signals import read_batch

_BATCH = 512


class Topics:
    """Calibrated topic probabilities of a bundle, asked for many short texts at once.

    >>> from ydan.model import load_bundle
    >>> Topics(load_bundle())(["Đường xóm lầy lội."]).shape
    (1, 22)
    """

    def __init__(self, bundle: Bundle) -> None:
        self._heads = bundle.heads.only("topic")
        self._lexicon = load_cues()

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One row a text, shape ``(texts, topics)``; a text that comes again is read once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        unique, rows = list(places), []
        for begin in range(0, len(unique), _BATCH):
            reading = read_batch(unique[begin : begin + _BATCH], self._lexicon, self._heads)
            rows.append(self._heads.probabilities(self._heads.scores(reading.rows))["topic"])
        if not rows:
            return np.zeros((0, 1), dtype=np.float32)
        found: npt.NDArray[np.float32] = np.concatenate(rows)[[places[text] for text in texts]]
        return found
