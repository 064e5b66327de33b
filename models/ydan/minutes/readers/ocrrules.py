"""The ruling lines of a scanned page: long dark runs in its pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ydan.minutes.readers.pdfpage import Rule

_DARK = 140
_FILLED = 0.93
_LONGEST_STROKE = 0.35  # inch: no letter of running text has a straight stroke that long
_THICKEST = 0.05


def find_rules(grey: NDArray[np.uint8], scale: float) -> tuple[list[Rule], list[Rule]]:
    """Lines across and down, in points from the bottom left; ``grey`` (height, width) has ``scale`` pixels a point.

    A page scanned more than about half a degree askew shows no run long enough; its tables come as lines of text.
    """
    dark = grey < _DARK
    height = len(grey) / scale
    across = [Rule(height - at, start, end) for at, start, end in _runs(dark, scale)]
    down = [Rule(at, height - end, height - start) for at, start, end in _runs(np.ascontiguousarray(dark.T), scale)]
    return across, down


def _runs(dark: NDArray[np.bool_], scale: float) -> list[tuple[float, float, float]]:
    """The long runs along the rows, as (place across, start, end) in points."""
    from scipy import ndimage

    length = round(72 * scale * _LONGEST_STROKE)
    if dark.shape[1] <= length:
        return []
    sums = np.zeros((dark.shape[0], dark.shape[1] + 1), np.int32)
    np.cumsum(dark, axis=1, out=sums[:, 1:])
    long = sums[:, length:] - sums[:, :-length] >= _FILLED * length
    labels, _ = ndimage.label(long, structure=np.ones((3, 3)))
    found = []
    for rows, columns in ndimage.find_objects(labels):
        if rows.stop - rows.start <= 72 * scale * _THICKEST:
            middle = (rows.start + rows.stop) / 2
            found.append((middle / scale, columns.start / scale, (columns.stop - 1 + length) / scale))
    return found
