"""Features that tell whether a sentence opens another matter."""

from __future__ import annotations

import numpy as np

from tests.models.text.hostile import HOSTILE
from ydan.minutes.changes import change_features

ROADS = np.array([0.9, 0.05, 0.05], dtype=np.float32)
POWER = np.array([0.05, 0.9, 0.05], dtype=np.float32)


def test_the_same_topic_and_another_one_give_other_features() -> None:
    """Road after road differs from power after road in the likeness of topics."""
    same = change_features("Đường lầy.", "Xe ngã suốt.", ROADS, ROADS)
    other = change_features("Đường lầy.", "Điện yếu quá.", ROADS, POWER)
    assert {f for f in same if f.startswith("topics=")}.isdisjoint(f for f in other if f.startswith("topics="))


def test_words_in_common_are_counted_without_the_commonest() -> None:
    """“Mương” is shared; “của” is not counted."""
    assert "shared=1" in change_features("Mương của xóm cạn.", "Của công mà mương bỏ hoang.", ROADS, ROADS)


def test_a_request_before_and_after_is_seen() -> None:
    """A matter often ends with its request: what comes then is likelier to be new."""
    assert "asked=True|asks=False" in change_features("Đề nghị xã sửa đường.", "Điện yếu.", ROADS, POWER)


def test_any_text_has_features() -> None:
    """Hostile and empty text give features, not errors."""
    for _name, text in HOSTILE:
        assert change_features(text, text, ROADS, POWER)
    assert change_features("", "", ROADS, ROADS)
