"""Replies cut where they turn to another opinion."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models.minutes.small import small_topics
from ydan.minutes.linking import Candidate, Linker
from ydan.minutes.parts import Part, Sentence, in_order, link_among, link_freely, link_numbered, sentence_spans

CANDIDATES = (
    Candidate("1", "Đường liên thôn từ cầu Đá đến trạm bơm lầy lội.", "Tạ Văn Mão", 1),
    Candidate("2", "Điện sinh hoạt yếu, tối không nấu được cơm.", "Lê Thị Sen", 2),
    Candidate("3", "Trạm y tế thiếu thuốc huyết áp.", "Lê Thị Sen", 2),
)
LINKER = Linker(CANDIDATES, small_topics([one.text for one in CANDIDATES]))
TWO = "Đường liên thôn từ cầu Đá sẽ rải đá. Trạm y tế đã đặt thuốc huyết áp."


def sentences(text: str) -> list[Sentence]:
    spans = sentence_spans(text, 0, len(text))
    return [Sentence(a, b, row) for (a, b), row in zip(spans, small_topics([text[a:b] for a, b in spans]), strict=True)]


def shown(text: str, parts: list[Part]) -> list[tuple[str, list[int]]]:
    return [(text[part.start : part.end], sorted(part.opinions)) for part in parts]


def freely(text: str) -> list[Part]:
    return next(link_freely(text, LINKER, [sentences(text)]))


def test_a_reply_to_several_is_cut_between_them() -> None:
    """Each part keeps its own words."""
    assert shown(TWO, freely(TWO)) == [
        ("Đường liên thôn từ cầu Đá sẽ rải đá.", [0]),
        ("Trạm y tế đã đặt thuốc huyết áp.", [2]),
    ]


def test_sentences_that_add_to_the_matter_stay_with_it() -> None:
    """No part of its own for “Xong trước Tết.”."""
    text = "Đường liên thôn từ cầu Đá sẽ rải đá. Xong trước Tết. Xin bà con yên tâm."
    assert shown(text, freely(text)) == [(text, [0])]


def test_a_row_gives_its_sentences_to_its_opinions_in_order() -> None:
    """Two matters beside two answers."""
    text = "Sẽ rải đá đường này.\nĐiện lực hẹn tháng sau."
    assert shown(text, link_among(text, LINKER, sentences(text), frozenset({0, 1}))) == [
        ("Sẽ rải đá đường này.", [0]),
        ("Điện lực hẹn tháng sau.", [1]),
    ]


def test_a_row_with_one_opinion_keeps_its_reply_whole() -> None:
    """Whatever the sentences resemble."""
    assert shown(TWO, link_among(TWO, LINKER, sentences(TWO), frozenset({1}))) == [(TWO, [1])]
    assert shown(TWO, link_among(TWO, LINKER, sentences(TWO), frozenset())) == [(TWO, [])]


def test_a_reply_to_both_matters_at_once_is_linked_to_both() -> None:
    """“Cả hai việc …”."""
    text = "Cả hai việc xã làm trong tuần."
    assert shown(text, link_among(text, LINKER, sentences(text), frozenset({0, 2}))) == [(text, [0, 2])]


def test_a_number_that_stands_for_two_matters_is_told_by_the_words() -> None:
    """One turn, two opinions, one number."""
    text = "Ý kiến 2: trạm y tế đã đặt thuốc huyết áp."
    assert link_numbered(text, LINKER, sentences(text), {2}).opinions == {2}


def test_people_named_come_before_likeness() -> None:
    """Bà Sen spoke of power, not of roads."""
    text = "Việc bà Sen nêu về điện yếu: đang chờ máy trên đường chở về."
    assert shown(text, freely(text)) == [(text, [1])]


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 999))
def test_the_order_is_the_best_of_all_that_never_go_back(count: int, width: int, seed: int) -> None:
    """Compared with trying every one."""
    scores = np.random.default_rng(seed).random((count, width))
    path = in_order(scores)
    assert path == sorted(path)
    best = max(
        sum(scores[at, column] for at, column in enumerate(columns))
        for columns in combinations_with_replacement(range(width), count)
    )
    assert sum(scores[at, column] for at, column in enumerate(path)) == pytest.approx(best)


@given(st.text(max_size=200))
def test_sentences_lose_no_letter(text: str) -> None:
    """In order, apart, and between them nothing but marks and blanks."""
    spans = sentence_spans(text, 0, len(text))
    assert spans
    at = 0
    for start, end in spans:
        assert at <= start
        assert not any(c.isalnum() for c in text[at:start])
        at = end
    assert not any(c.isalnum() for c in text[at:])
