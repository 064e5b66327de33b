"""From documents with gold to speeches with roles and syllables with tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from ydan.minutes.roles import ANSWER, TURN
from ydan.minutes.splitting import spans_of
from ydan_training.minutes.lessons import document_lessons, locate, role_sequence, tagged_turns, turn_lessons
from ydan_training.minutes.turns import Turn

SAMPLE = "m1-xa-hai-thinh-docx-theo-xom"


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One committed document beside its gold."""
    place = tmp_path_factory.mktemp("documents")
    for ending in (".docx", ".gold.json"):
        (place / f"{SAMPLE}{ending}").write_bytes((root / f"data/minutes/documents/{SAMPLE}{ending}").read_bytes())
    return place


def test_gold_words_are_found_whatever_their_spaces_case_and_tone_marks() -> None:
    """A document says “HOÀ  bình”, gold “Hòa bình”."""
    assert locate(["Hòa bình", "lầy lội"], "Xã HOÀ  BÌNH: đường lầy\nlội.") == ((3, 12), (20, 27))


def test_the_same_words_twice_are_two_places() -> None:
    """Two people may say the very same."""
    assert locate(["đèn hỏng", "đèn hỏng"], "đèn hỏng, đèn hỏng") == ((0, 8), (10, 18))


def test_what_is_not_there_is_not_located() -> None:
    """A reader that lost words must not be taught with guesses."""
    assert locate(["cầu gãy"], "đèn hỏng") == ()


def test_speeches_get_the_role_of_what_they_hold(folder: Path) -> None:
    """As many turns and answers as gold has, give or take what shares a paragraph."""
    (lesson,) = document_lessons(folder)
    _features, roles = role_sequence(lesson)
    assert roles.count(TURN) >= 8
    assert roles.count(ANSWER) == len(lesson.answers)


def test_tags_give_back_the_gold_opinions(folder: Path) -> None:
    """Tagging then reading the tags loses nothing."""
    (lesson,) = document_lessons(folder)
    texts = [lesson.extract.text[begin:end] for begin, end in lesson.opinions]
    read = [turn.text[a:b] for turn in tagged_turns(lesson) for a, b in spans_of(turn.text, turn.tags)]
    assert [text.rstrip(".?! ") for text in read] == [text.rstrip(".?! ") for text in texts]


def test_a_line_of_thanks_is_a_turn_without_an_opinion() -> None:
    """The splitter must learn that some turns hold nothing."""
    (lesson,) = turn_lessons([Turn("t9-01", 1, True, "Tôi xin cảm ơn xã, tôi không có ý kiến gì.", ())])
    (turn,) = tagged_turns(lesson)
    assert set(turn.tags) == {"O"}


def test_an_official_line_is_an_answer() -> None:
    """“O” lines teach the roles."""
    (lesson,) = turn_lessons([Turn("t9-01", 2, False, "Giao Phòng Kinh tế kiểm tra trước ngày 15/9.", ())])
    assert role_sequence(lesson)[1] == [ANSWER]
