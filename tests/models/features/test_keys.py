"""What the linear heads see of an opinion."""

from __future__ import annotations

from ydan.cues import load_cues, read
from ydan.features import feature_keys


def keys(text: str) -> set[str]:
    document = read(text)
    return set(feature_keys(document, load_cues().find(document)))


def test_runs_of_one_to_three_syllables() -> None:
    """Words without a segmenter."""
    assert {"đường", "đường thôn", "đường thôn hỏng"} <= keys("Đường thôn hỏng rồi")


def test_a_text_with_marks_and_one_without_share_features() -> None:
    """So that minutes typed without marks are read by the same weights."""
    shared = keys("Đường thôn hỏng nặng") & keys("duong thon hong nang")
    assert {"~duong", "~duong thon", "~hong nang"} <= shared


def test_old_and_new_tone_marks_are_one() -> None:
    """hòa, hoà."""
    assert keys("Hòa giải") == keys("Hoà giải")


def test_a_switched_off_cue_is_another_feature() -> None:
    """A denial must not count as the thing denied."""
    assert "#security.strong" in keys("Bán ma tuý ở đầu ngõ")
    assert "#!security.strong" in keys("Không có bán ma tuý ở đầu ngõ")


def test_a_question_mark_is_seen() -> None:
    """It tells a question from a report."""
    assert "$?" in keys("Bao giờ xong?")
    assert "$?" not in keys("Bao giờ cũng xong")


def test_no_key_stands_twice() -> None:
    """A row counts each feature once."""
    document = read("đường đường đường hỏng hỏng")
    found = feature_keys(document, [])
    assert len(found) == len(set(found))
