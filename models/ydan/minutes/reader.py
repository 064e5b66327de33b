"""The door to this package: a file in, its minutes out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ydan.cues import load_cues
from ydan.minutes.extract import Extract
from ydan.minutes.model import MinutesModel, load_minutes_model
from ydan.minutes.readers import Limits, read_bytes, read_file
from ydan.minutes.reading import read_minutes
from ydan.minutes.records import Minutes
from ydan.model import Bundle, load_bundle
from ydan.model.signals import read_batch

_BATCH = 512


class MinutesReader:
    """Loaded models that read minutes. Safe to share between threads: it keeps no state.

    >>> from ydan.minutes.extract import Piece, build_extract
    >>> reader = MinutesReader.load()
    >>> lines = ["II. Ý KIẾN CỦA NHÂN DÂN", "- Ông Tạ Văn Mão (thôn 2): Đèn đường xóm chùa hỏng cả tháng nay."]
    >>> [opinion.text for opinion in reader.read(build_extract(map(Piece, lines), "txt")).opinions]
    ['Đèn đường xóm chùa hỏng cả tháng nay.']
    """

    def __init__(self, bundle: Bundle, model: MinutesModel) -> None:
        self._heads = bundle.heads
        self._model = model
        self._lexicon = load_cues()

    @classmethod
    def load(cls, bundle: Bundle | None = None, model: Path | None = None) -> MinutesReader:
        """With the default models, a classifier that is loaded already, or a folder's splitter.

        :raises BundleError: a model is missing or altered.
        """
        return cls(bundle or load_bundle(), load_minutes_model(model))

    def read_file(self, path: Path, limits: Limits | None = None, *, ocr: bool = False) -> Minutes:
        """The minutes in a file.

        :raises ReadError: the file is missing, damaged, too large, scanned …; the message says what to do.
        """
        return self.read(read_file(path, limits or Limits(), ocr=ocr))

    def read_bytes(self, data: bytes, name: str, limits: Limits | None = None, *, ocr: bool = False) -> Minutes:
        """The minutes in bytes that bear a file's name.

        :raises ReadError: as :meth:`read_file`.
        """
        return self.read(read_bytes(data, name, limits or Limits(), ocr=ocr))

    def read(self, extract: Extract) -> Minutes:
        """The minutes in text that was extracted already."""
        return read_minutes(extract, self._model, self.topics)

    def topics(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """The classifier's topic probabilities, shape ``(texts, topics)``."""
        rows = []
        for begin in range(0, len(texts), _BATCH):
            reading = read_batch(list(texts[begin : begin + _BATCH]), self._lexicon, self._heads)
            rows.append(self._heads.probabilities(self._heads.scores(reading.rows))["topic"])
        return np.concatenate(rows) if rows else np.zeros((0, 1), dtype=np.float32)
