"""The door to this package: a file in, its minutes out."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from ydan.minutes.extract import Extract
from ydan.minutes.model import MinutesModel, load_minutes_model
from ydan.minutes.readers import Limits, read_bytes, read_file
from ydan.minutes.reading import read_minutes
from ydan.minutes.records import Minutes
from ydan.minutes.topics import Topics
from ydan.model import Bundle, load_bundle


class MinutesReader:
    """Loaded models that read minutes. Safe to share between threads: it keeps no state.

    >>> from ydan.minutes.extract import Piece, build_extract
    >>> reader = MinutesReader.load()
    >>> lines = ["II. Ý KIẾN CỦA NHÂN DÂN", "- Ông Tạ Văn Mão (thôn 2): Đèn đường xóm chùa hỏng cả tháng nay."]
    >>> [opinion.text for opinion in reader.read(build_extract(map(Piece, lines), "txt")).opinions]
    ['Đèn đường xóm chùa hỏng cả tháng nay.']
    """

    def __init__(self, bundle: Bundle, model: MinutesModel, processes: int = 1) -> None:
        """``processes`` may share the work of a long file (:mod:`ydan.parallel`); never from a threaded program."""
        self._topics = Topics(bundle)
        self._model = model
        self._processes = processes

    @classmethod
    def load(cls, bundle: Bundle | None = None, model: Path | None = None, processes: int = 1) -> Self:
        """With the default models, a classifier that is loaded already, or a folder's splitter.

        :raises BundleError: a model is missing or altered.
        """
        return cls(bundle or load_bundle(), load_minutes_model(model), processes)

    def with_classifier(self, bundle: Bundle) -> Self:
        """The same reader beside another classifier; what it is made of is shared."""
        return type(self)(bundle, self._model, self._processes)

    def read_file(self, path: Path, limits: Limits | None = None, *, ocr: bool = False) -> Minutes:
        """The minutes in a file.

        :raises ReadError: the file is missing, damaged, too large, scanned …; the message says what to do.
        """
        return self.read(read_file(path, limits or Limits(), ocr=ocr, processes=self._processes))

    def read_bytes(self, data: bytes, name: str, limits: Limits | None = None, *, ocr: bool = False) -> Minutes:
        """The minutes in bytes that bear a file's name.

        :raises ReadError: as :meth:`read_file`.
        """
        return self.read(read_bytes(data, name, limits or Limits(), ocr=ocr))

    def read(self, extract: Extract) -> Minutes:
        """The minutes in text that was extracted already."""
        return read_minutes(extract, self._model, self._topics, self._processes)
