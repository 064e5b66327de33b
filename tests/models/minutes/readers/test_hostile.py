from __future__ import annotations

import time
import tracemalloc

import pytest

from tests.models.minutes.readers.hostile import HOSTILE
from ydan.errors import ReadError
from ydan.minutes.readers import read_bytes

SECONDS = 3.0


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_ends_in_its_error_or_is_read_in_seconds(case: str) -> None:
    name, build, codes = HOSTILE[case]
    data = build()
    error = None
    start = time.process_time()
    try:
        read_bytes(data, name)
    except ReadError as caught:
        error = caught
    assert time.process_time() - start < SECONDS
    if not codes:
        assert error is None
        return
    assert error is not None
    assert error.code in codes
    assert name in str(error)
    assert "hãy" in str(error).lower()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = HOSTILE["zip bomb"][1]()
    tracemalloc.start()
    with pytest.raises(ReadError):
        read_bytes(data, "a.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
