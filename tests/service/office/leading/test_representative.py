"""Which opinions speak for the others."""

from __future__ import annotations

import time
from random import Random

import pytest

from tests.service.filling import corpus
from ydan.features.vocabulary import Vocabulary
from ydan.predictor import Predictor
from ydan.text import fold
from ydan_service.office.leading.representative import MOST_COMPARED, Candidate, choose

ROADS = [f"Đường thôn {n} lầy lội, xe máy không đi được, đề nghị xã đổ bê tông sớm" for n in range(8)]
LAMPS = [f"Đèn chiếu sáng ngõ {n} hỏng cả tháng, tối đi lại nguy hiểm, xin thay bóng đèn" for n in range(5)]
BUSES = [f"Tuyến xe buýt số {n} bỏ chuyến chiều, học sinh không có xe về nhà" for n in range(3)]


@pytest.fixture
def vocabulary(predictor: Predictor) -> Vocabulary:
    return predictor.bundle.heads.vocabulary


def candidates(*texts: str, matter: str | None = None, reviewed: bool = True) -> list[Candidate]:
    return [Candidate(at, fold(text), matter, fold(text) != text.lower(), reviewed) for at, text in enumerate(texts, 1)]


def test_three_kinds_of_opinions_have_one_speaker_each(vocabulary: Vocabulary) -> None:
    """The commonest kind first; that no matter is known does not stand in the way."""
    texts = [*ROADS, *LAMPS, *BUSES]
    chosen = choose(candidates(*texts), vocabulary)
    kinds = ["road" if texts[id_ - 1] in ROADS else "lamp" if texts[id_ - 1] in LAMPS else "bus" for id_ in chosen]
    assert kinds == ["road", "lamp", "bus"]


def test_the_order_in_which_they_come_does_not_matter(vocabulary: Vocabulary) -> None:
    """The same opinions, the same choice."""
    found = [Candidate(at, fold(row["text"]), row["matter"], True, at % 3 > 0) for at, row in enumerate(corpus()[:300])]
    chosen = choose(found, vocabulary)
    assert len(chosen) == 3
    for seed in range(3):
        mixed = list(found)
        Random(seed).shuffle(mixed)
        assert choose(mixed, vocabulary) == chosen


def test_what_is_said_often_weighs_more(vocabulary: Vocabulary) -> None:
    """Two buses said forty times each outweigh eight roads; each wording is shown once."""
    texts = [*ROADS, *(BUSES[:2] * 40)]
    chosen = choose(candidates(*texts), vocabulary)
    assert texts[chosen[0] - 1] in BUSES
    assert len({texts[id_ - 1] for id_ in chosen}) == len(chosen)


def test_two_that_are_nearly_the_same_are_not_both_shown(vocabulary: Vocabulary) -> None:
    """One speaker is enough, even where there would be room for three."""
    assert len(choose(candidates(*ROADS), vocabulary)) == 1


def test_a_clear_opinion_speaks_rather_than_a_scrap(vocabulary: Vocabulary) -> None:
    """Cut short, without diacritics, mostly covered, or not looked at by anybody."""
    whole = "Đường trục thôn Đông lầy lội, xe máy không đi được, đề nghị xã đổ bê tông"
    for other in ("Đường lầy", fold(whole), whole.replace("thôn Đông lầy lội", "▇▇▇▇ ▇▇▇▇ ▇▇▇ ▇▇▇")):
        assert choose(candidates(other, whole), vocabulary)[0] == 2
        assert choose(candidates(whole, other), vocabulary)[0] == 1
    unseen = Candidate(1, fold(whole), None, True, False)
    seen = Candidate(2, fold(whole) + " som", None, True, True)
    assert choose([unseen, seen], vocabulary)[0] == 2


@pytest.mark.parametrize("texts", [(), ("",), ("▇▇▇ ▇▇",), ("…", "?!")])
def test_without_words_nobody_speaks(vocabulary: Vocabulary, texts: tuple[str, ...]) -> None:
    """Empty or wholly covered."""
    assert choose(candidates(*texts), vocabulary) == ()


def test_fifteen_hundred_opinions_are_chosen_from_in_good_time(vocabulary: Vocabulary) -> None:
    """What is compared is limited, the same ones each time; half a second of the processor at the very most."""
    rows = [row["text"] for row in corpus()]
    found = candidates(*(f"{text} lần {at}" for at, text in enumerate((rows * 2)[:1500])))
    assert len(found) > MOST_COMPARED
    chosen = choose(found, vocabulary)
    began = time.process_time()
    assert choose(found, vocabulary) == chosen
    assert time.process_time() - began < 0.5
