"""Cues are found with what switches them off."""

from __future__ import annotations

import pytest

from ydan.cues import load_cues, read


def hits(text: str, target: str) -> list[bool]:
    """For each cue of ``target`` in ``text``: whether it is switched off."""
    return [hit.negated for hit in load_cues().find(read(text)) if hit.cue.target == target]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Đường tỉnh 390 hỏng", "province"),
        ("ĐT 390 hong nang qua troi", "province"),
        ("Mất điện suốt", "external"),
        ("Bà con đã kiến nghị nhiều lần", "prolonged"),
        ("Họ kéo lên trụ sở", "hotspot"),
    ],
)
def test_a_cue_is_found(text: str, target: str) -> None:
    """Road classes, utilities and escalation phrases, abbreviated or not."""
    assert False in hits(text, target)


@pytest.mark.parametrize(
    "text",
    [
        "Xóm tôi không có mua bán ma tuý",
        "Từ ngày có tổ tự quản không còn mua bán ma tuý",
        "Vụ mua bán ma tuý đã được xử lý xong",
    ],
)
def test_negation_and_the_past_switch_a_cue_off(text: str) -> None:
    """LABELS.md §4: cues are never proof."""
    assert set(hits(text, "security")) == {True}


def test_a_negator_in_another_sentence_switches_nothing_off() -> None:
    """ "Không. Có bán ma tuý" is no denial."""
    assert False in hits("Trước kia không. Mua bán ma tuý ngay cổng trường", "security")


def test_words_that_only_look_like_a_negator_do_not_count() -> None:
    """ "Không những … mà" affirms."""
    assert False in hits("Không những chặn xe mà họ còn chửi", "hotspot")


def test_cap_tren_alone_names_no_level() -> None:
    """LABELS.md §3: "đề nghị cấp trên" often means the commune."""
    cues = [hit.cue for hit in load_cues().find(read("Đề nghị cấp trên quan tâm"))]
    assert not [cue for cue in cues if cue.about == "level"]
