"""The words behind a score are words of the opinion, the heaviest first, and never twice the same."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ydan.assessment import Evidence
from ydan.cues import load_cues, read
from ydan.decisions.evidence import cue_span, locate, word_evidence
from ydan.features.keys import CUE, FIRST, LAST, PLAIN
from ydan.model import load_bundle
from ydan.model.heads import LinearHeads
from ydan.model.signals import read_batch

SAID = "Điện yếu lắm, tối nào cũng sụt áp, tủ lạnh cháy mất hai lần"


@pytest.fixture(scope="module")
def heads(tiny_bundle: Path) -> LinearHeads:
    return load_bundle(tiny_bundle).heads


def evidence(heads: LinearHeads, text: str, topic: str = "power_telecom", most: int = 5) -> list[Evidence]:
    reading = read_batch([text], load_cues(), heads)
    return word_evidence(heads, reading, "topic", [heads.heads["topic"].labels.index(topic)], most=most)[0]


def located(key: str, text: str) -> str | None:
    """The words of ``text`` that the feature stands for."""
    document = read(text)
    place = locate(key, document, load_cues().find(document))
    return None if place is None else text[slice(*document.span(*place))]


def test_evidence_is_made_of_words_that_the_model_learned(heads: LinearHeads) -> None:
    """Here: of electricity."""
    words = {SAID[slice(*piece.span)].lower() for piece in evidence(heads, SAID)}
    assert any({"điện", "sụt", "áp", "tủ", "cháy"} & set(word.split()) for word in words)


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_no_more_pieces_come_than_are_asked_for(heads: LinearHeads, most: int) -> None:
    """A reader takes in one or two."""
    assert len(evidence(heads, SAID, most=most)) == most


def test_pieces_do_not_overlap(heads: LinearHeads) -> None:
    """A word counts once."""
    spans = sorted(piece.span for piece in evidence(heads, SAID))
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_the_heaviest_piece_comes_first_and_weights_are_shares(heads: LinearHeads) -> None:
    """Each is between 0 and 1; together they are at most the whole score."""
    weights = [piece.weight for piece in evidence(heads, SAID)]
    assert weights == sorted(weights, reverse=True)
    assert 0 < sum(weights) <= 1


def test_a_text_of_unknown_words_has_no_evidence(heads: LinearHeads) -> None:
    """Better none than a word that meant nothing."""
    assert evidence(heads, "zờ zạc zuỵch") == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("sụt", "sụt"),
        ("sụt áp", "sụt áp"),
        (PLAIN + "sut", None),
        ("áp sụt", None),
        (FIRST + "điện", None),
        (LAST + "lần", None),
        (CUE + "utility.power", "Điện yếu"),
        (CUE + "!utility.power", None),
        (CUE + "road.village", None),
    ],
)
def test_a_feature_is_found_where_it_stands(key: str, words: str | None) -> None:
    """Features that have no place, or that are not there, have none."""
    assert located(key, SAID) == words


def test_a_feature_without_marks_is_found_in_a_text_without_marks() -> None:
    """Only there: a text with marks has none of these features."""
    assert located(PLAIN + "sut", "dien yeu lam, toi nao cung sut ap") == "sut"


def test_a_run_is_found_behind_a_false_start() -> None:
    """The first syllable may come earlier without the second."""
    assert located("xã sửa", "Xã hứa rồi, nay mong xã sửa") == "xã sửa"


def test_an_abbreviation_is_shown_as_it_was_written() -> None:
    """The span is that of the letters, not of what they stand for."""
    assert located("uỷ ban", "ĐN UBND xã sửa cống") == "UBND"


def test_a_masked_number_is_located_without_leaving_the_text() -> None:
    """Offsets are into the text as given."""
    text = "Gọi 0912345678 mãi không ai nghe, nhà mất điện"
    document = read(text)
    spans = [document.span(number, number) for number in range(len(document.words))]
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    assert "0912345678" in [text[slice(*span)] for span in spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đề nghị tỉnh xem đường tỉnh 391", "đường tỉnh"),
        ("Đề nghị tỉnh xem lại", "Đề nghị tỉnh"),
        ("Đây không phải đường tỉnh", None),
        ("Mương cạn nước", None),
    ],
)
def test_the_strongest_cue_that_is_not_switched_off_is_taken(text: str, words: str | None) -> None:
    """An owner before an addressee, nothing where it is denied."""
    document = read(text)
    span = cue_span(document, load_cues().find(document), "province", ("owner", "hint"))
    assert (None if span is None else text[slice(*span)]) == words
