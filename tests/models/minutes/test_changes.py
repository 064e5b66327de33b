"""Features that tell whether a sentence opens another matter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tests.models.text.hostile import HOSTILE
from ydan.minutes.changes import Said, change_features

ROADS = np.array([0.9, 0.05, 0.05], dtype=np.float32)
POWER = np.array([0.05, 0.9, 0.05], dtype=np.float32)


def features(before: str, after: str, one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> list[str]:
    return change_features(Said.of(before), Said.of(after), one, other)


def test_the_same_topic_and_another_one_give_other_features() -> None:
    """Road after road differs from power after road in the likeness of topics."""
    same = features("Đường lầy.", "Xe ngã suốt.", ROADS, ROADS)
    other = features("Đường lầy.", "Điện yếu quá.", ROADS, POWER)
    assert {f for f in same if f.startswith("topics=")}.isdisjoint(f for f in other if f.startswith("topics="))


def test_words_in_common_are_counted_without_the_commonest() -> None:
    """“Mương” is shared; “của” is not counted."""
    assert "shared=1" in features("Mương của xóm cạn.", "Của công mà mương bỏ hoang.", ROADS, ROADS)


def test_a_request_before_and_after_is_seen() -> None:
    """A matter often ends with its request: what comes then is likelier to be new."""
    assert "asked=True|asks=False" in features("Đề nghị xã sửa đường.", "Điện yếu.", ROADS, POWER)


def test_any_text_has_features() -> None:
    """Hostile and empty text give features, not errors."""
    for _name, text in HOSTILE:
        assert features(text, text, ROADS, POWER)
    assert features("", "", ROADS, ROADS)


def test_sentences_one_after_the_other_are_one_stretch() -> None:
    """Its words in order; it asks if one of them asks."""
    both = Said.of("Đường lầy.").then(Said.of("Đề nghị xã sửa."))
    assert both == Said.of("Đường lầy. Đề nghị xã sửa.")
