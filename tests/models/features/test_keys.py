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


def test_a_text_without_marks_has_features_of_its_own() -> None:
    """``ma`` may be ``mạ`` there: it must not borrow the weight of ``ma`` in a text with marks."""
    assert {"~duong", "~duong ~thon", "~hong ~nang ~lam"} <= keys("duong thon hong nang lam")
    assert not any(key.startswith("~") for key in keys("Đường thôn hỏng nặng lắm"))


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
