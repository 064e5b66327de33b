"""Which opinions an answer speaks of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models.minutes.small import small_topics
from ydan.minutes.linking import (
    LIKELY,
    Candidate,
    Linker,
    names_in,
    numbered_opinions,
    speaks_of_none,
    speaks_of_several,
)

CANDIDATES = (
    Candidate("1", "Đường liên thôn từ cầu Đá đến trạm bơm lầy lội quanh năm.", "Tạ Văn Mão", 1),
    Candidate("2", "Điện sinh hoạt yếu, tối không nấu được cơm.", "Lê Thị Sen", 2),
    Candidate("3", "Trạm y tế thiếu thuốc huyết áp, người già phải đi xa.", "Lê Thị Sen", 2),
    Candidate("4", "Chó thả rông cắn trẻ em ở xóm chợ.", "Vi Văn H'Nga", 3),
)
LINKER = Linker(CANDIDATES, small_topics([one.text for one in CANDIDATES]))


def likely(text: str) -> list[str]:
    scores = LINKER.likelihoods([text], small_topics([text]))[0]
    return [one.id for one, score in zip(CANDIDATES, scores, strict=True) if score >= LIKELY]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Đường liên thôn từ cầu Đá đã có trong kế hoạch năm nay.", ["1"]),
        ("Trạm y tế đã đặt mua thuốc huyết áp.", ["3"]),
        ("Chó thả rông: xã lập đội bắt giữ.", ["4"]),
        ("Cảm ơn bà con đã đến dự.", []),
    ],
)
def test_words_and_topic_tell_the_opinion(text: str, ids: list[str]) -> None:
    """An answer restates the matter; thanks restate nothing."""
    assert likely(text) == ids


def test_the_topic_speaks_where_no_word_is_shared() -> None:
    """“Ngành điện lực” and weak power have one field."""
    scores = LINKER.likelihoods(["Điện lực hẹn nâng công suất."], small_topics(["điện"]))[0]
    assert int(scores.argmax()) == 1


def test_only_those_asked_about_are_scored() -> None:
    """A row of a table knows its own opinions."""
    scores = LINKER.likelihoods(["Chó thả rông: lập đội bắt."], small_topics(["x"]), among={0, 1})[0]
    assert np.count_nonzero(scores) == 2
    assert scores[3] == 0


def test_a_list_names_its_opinions_clause_by_clause() -> None:
    """“Các kiến nghị về …, … xin tiếp thu”; an answer that is no list names none so."""
    text = "Các kiến nghị về đường liên thôn từ cầu Đá, thuốc huyết áp ở trạm y tế, đại biểu xin tiếp thu."
    assert LINKER.listed(text) == {0, 2}
    assert LINKER.listed("Đường liên thôn từ cầu Đá sẽ sửa.") == frozenset()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Trả lời ý kiến số 1: đã ghi vốn.", ["1"]),
        ("Ý kiến 1 và 3: xã nhận lỗi.", ["1", "4"]),
        ("(2) Điện lực hẹn tháng sau.", ["2", "3"]),
        ("Có 2 trạm bơm đã sửa.", []),
    ],
)
def test_numbers_name_the_turns_that_bear_them(text: str, ids: list[str]) -> None:
    """A quantity is no number of an opinion."""
    assert [one.id for one in numbered_opinions(text, CANDIDATES)] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Việc bà Lê Thị Sen nêu, xã sẽ xem.", ["2", "3"]),
        ("Ông Mão bổ sung hồ sơ.", ["1"]),
        ("Bà H'Nga mang căn cước đến.", ["4"]),
        ("Bà con yên tâm.", []),
        ("Ông Văn đã biết.", []),
    ],
)
def test_people_are_known_by_the_end_of_their_name(text: str, ids: list[str]) -> None:
    """Vietnamese are called by the last part of their name."""
    assert [CANDIDATES[place].id for place in sorted(LINKER.named(text))] == ids


def test_names_are_told_syllable_by_syllable() -> None:
    """Up to the first that is not capitalised."""
    assert names_in("Việc bà Lê Thị Sen nêu, ông Mão đã biết.") == [("le", "thi", "sen"), ("mao",)]


@pytest.mark.parametrize(
    "text",
    [
        "Các ý kiến chưa trả lời, xã trả lời bằng văn bản.",
        "Văn phòng thông báo kết quả tới từng công dân.",
        "Ban hành thông báo kết luận trong 10 ngày.",
    ],
)
def test_what_the_meeting_does_next_is_about_no_one_opinion(text: str) -> None:
    """It would be linked to whatever shares a word with it."""
    assert speaks_of_none(text)
    assert not speaks_of_none("Ý kiến bà Sen: đã ghi nhận.")


def test_two_matters_at_once_are_announced() -> None:
    """“Hai việc ông Hiếu nêu …”."""
    assert speaks_of_several("Hai việc ông Hiếu nêu gộp làm một.")
    assert not speaks_of_several("Việc ông Hiếu nêu đã rõ.")


@given(st.text(max_size=120), st.lists(st.text(max_size=60), max_size=4))
def test_likelihoods_are_probabilities_for_any_text(text: str, opinions: list[str]) -> None:
    """No opinions, empty opinions, the same opinion twice."""
    candidates = [Candidate(str(n), one, None, n) for n, one in enumerate(opinions, 1)]
    linker = Linker(candidates, small_topics(opinions))
    scores = linker.likelihoods([text], small_topics([text]))[0]
    assert scores.shape == (len(opinions),)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert linker.listed(text) <= set(range(len(opinions)))


@given(st.lists(st.text(alphabet="đường điện lầy,. ", max_size=40), min_size=1, max_size=5))
def test_texts_asked_together_get_what_each_gets_alone(texts: list[str]) -> None:
    """Asking about many at once is only quicker."""
    together = LINKER.likelihoods(texts, small_topics(texts))
    alone = [LINKER.likelihoods([text], small_topics([text]))[0] for text in texts]
    assert together == pytest.approx(np.array(alone))
