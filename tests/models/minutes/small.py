"""Small minutes and a small model for tests: real chains with a handful of weights, set by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ydan.minutes.chain import Chain
from ydan.minutes.changes import CHANGES
from ydan.minutes.extract import Extract, Piece, build_extract
from ydan.minutes.model import MinutesModel
from ydan.minutes.reading import read_minutes
from ydan.minutes.records import Minutes
from ydan.minutes.roles import ANSWER, OTHER, ROLES, TURN
from ydan.minutes.splitting import INSIDE, TAGS


def chain(labels: tuple[str, ...], weights: dict[str, dict[str, float]]) -> Chain:
    """A chain without moves that gives each feature's labels their weights."""
    table = np.array([[given.get(label, 0.0) for label in labels] for given in weights.values()], dtype=np.float32)
    features = {name: at for at, name in enumerate(weights)}
    return Chain(labels, features, table.reshape(len(features), len(labels)), np.zeros((len(labels),) * 2, np.float32))


def small_model() -> MinutesModel:
    """Under a heading of opinions everybody is a citizen, under one of answers an official; a turn is one matter."""
    roles = {
        "bias": {OTHER: 1.0},
        "sec=opinions": {TURN: 3.0},
        "sec=answers": {ANSWER: 3.0},
        "sec=conclusion": {ANSWER: 3.0},
        "*heading=opinions": {OTHER: 9.0},
        "*heading=answers": {OTHER: 9.0},
        "*heading=conclusion": {OTHER: 9.0},
        "*heading=None": {OTHER: 9.0},
    }
    return MinutesModel(
        "small", chain(ROLES, roles), chain(TAGS, {"bias": {INSIDE: 1.0}}), chain(CHANGES, {"bias": {}}), {}
    )


def small_topics(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Roads, power, everything else: by one word."""
    kinds = [[0.9, 0.05, 0.05] if "ường" in t else [0.05, 0.9, 0.05] if "iện" in t else [0.1, 0.1, 0.8] for t in texts]
    return np.array(kinds, dtype=np.float32).reshape(len(texts), 3)


def lines(*texts: str) -> Extract:
    """Paragraphs as a text file would give them."""
    return build_extract((Piece(text) for text in texts), "txt")


def table(rows: Iterable[Sequence[str]], before: Sequence[str] = (), number: int = 0) -> Extract:
    """Paragraphs and one table; ``""`` is an empty cell."""
    from ydan.minutes.extract import Cell, Place

    pieces = [Piece(text) for text in before]
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            pieces.append(Piece(text, "cell", Place(cell=f"R{row}C{column}"), Cell(number, row, column)))
    return build_extract(pieces, "docx")


def read(extract: Extract) -> Minutes:
    """The minutes by the small model."""
    return read_minutes(extract, small_model(), small_topics)


MINUTES = (
    "BIÊN BẢN",
    "Hội nghị đối thoại với Nhân dân xã An Bình",
    "Thời gian: 8 giờ ngày 02 tháng 3 năm 2026.",
    "II. Ý KIẾN CỦA NHÂN DÂN",
    "1. Ông Tạ Văn Mão (thôn 2): Đường liên thôn lầy lội quanh năm.",
    "2. Bà Lê Thị Sen (thôn 3): Điện sinh hoạt yếu, tối không nấu được cơm.",
    "III. TRẢ LỜI",
    "- Trả lời ý kiến 1: Xã giao Phòng Kinh tế rải đá đường liên thôn, xong trước ngày 30/4/2026.",
    "- Ý kiến bà Sen: đã báo Điện lực nâng công suất trạm.",
)
