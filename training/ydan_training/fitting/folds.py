"""Which rows are held out together: whole authors, so that a score out of fold is a score on a stranger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

Numbers = npt.NDArray[np.int64]


def folds(authors: Sequence[str], groups: Sequence[str], count: int) -> Iterator[tuple[Numbers, Numbers]]:
    """``(learned, held out)`` row numbers; by author when there are at least ``count``, else by author and matter."""
    keys = list(authors) if len(set(authors)) >= count else list(groups)
    for learned, held in GroupKFold(n_splits=min(count, len(set(keys)))).split(np.zeros(len(keys)), groups=keys):
        yield learned.astype(np.int64), held.astype(np.int64)
