"""Arrays on disk, in bytes that depend on their numbers alone."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

_NO_DATE = (1980, 1, 1, 0, 0, 0)


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """An ``.npz`` without dates, so that the same training gives the same hash; read it with ``allow_pickle=False``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as out:
                np.lib.format.write_array(out, np.ascontiguousarray(array), allow_pickle=False)
