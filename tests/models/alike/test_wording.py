"""Words that say the same."""

from __future__ import annotations

import pytest

from ydan.alike.wording import load_wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cúp điện hoài", "mất điện"),
        ("nuôi heo", "nuôi lợn"),
        ("đường bị hư", "đường xuống cấp"),
        ("xin vá lộ", "đề nghị sửa đường"),
    ],
)
def test_dialect_and_near_synonyms_meet(one: str, other: str) -> None:
    marked, _ = load_wording()
    assert marked.rewrite(one.split()) == marked.rewrite(other.split())


def test_the_folded_wording_does_the_same_without_diacritics() -> None:
    assert load_wording()[1].rewrite(["cup", "dien", "hoai"]) == ["mat", "dien"]


def test_the_longest_phrase_wins() -> None:
    assert load_wording()[0].rewrite(["trạm", "xá"]) == ["trạm", "y", "tế"]


def test_text_of_filler_alone_leaves_nothing() -> None:
    assert load_wording()[0].rewrite(["tôi", "xin", "có", "ý", "kiến"]) == []
