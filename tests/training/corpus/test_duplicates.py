"""Near-duplicates are found however they are disguised."""

from __future__ import annotations

from ydan_training.corpus.duplicates import near_duplicates

TEXT = "Đường thôn Đông lầy lội quá, đề nghị xã đổ bê tông cho bà con đi lại"


def test_a_copy_without_diacritics_is_a_copy() -> None:
    """A noisy twin is a twin."""
    assert near_duplicates([TEXT, "duong thon dong lay loi qua, de nghi xa do be tong cho ba con di lai"])[0][:2] == (
        0,
        1,
    )


def test_a_changed_word_does_not_hide_a_copy() -> None:
    """Most runs of three syllables are still shared."""
    assert near_duplicates([TEXT, TEXT.replace("lầy", "ngập")])


def test_the_same_matter_in_other_words_is_no_copy() -> None:
    """Variety is wanted."""
    assert near_duplicates([TEXT, "Xóm tôi mưa xuống là bùn ngập bánh xe, mong được làm lại mặt đường"]) == []
