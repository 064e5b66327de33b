"""Features and spans of the chain that finds the matters in a turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from ydan.minutes.chain import Chain
from ydan.minutes.changes import CHANGES
from ydan.minutes.splitting import DOCUMENT, SINGLE, observe_turns, spans_of
from ydan.text import syllables

UNDECIDED = Chain(CHANGES, {}, np.zeros((0, 2), np.float32), np.zeros((2, 2), np.float32))


def topics(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Roads where a text says “đường”, power elsewhere."""
    return np.array([[0.9, 0.1] if "ường" in text else [0.1, 0.9] for text in texts], dtype=np.float32)


def features(text: str, opening: str = "colon", source: str = DOCUMENT) -> list[list[str]]:
    return observe_turns([text], [opening], topics, UNDECIDED, source)[0].rows()


def test_every_syllable_has_its_features() -> None:
    """One list a syllable, in order."""
    text = "Thưa xã, đường lầy. Còn đèn thì hỏng."
    assert len(features(text)) == len(syllables(text))


def test_the_subject_is_seen_to_change_where_a_sentence_begins() -> None:
    """The first syllable of a sentence on another topic differs from that of a sentence on the same."""
    changed = features("Đường lầy quá. Đèn hỏng.")[3]
    kept = features("Đường lầy quá. Đường hẹp.")[3]
    assert [f for f in changed if f.startswith("S|same")] != [f for f in kept if f.startswith("S|same")]


def test_phrases_are_marked_where_they_begin_and_end() -> None:
    """“Với lại” opens a matter at the syllable after it."""
    rows = features("Đường lầy. Với lại đèn hỏng.")
    assert "c:>connective" in rows[2]
    assert "c:<connective" in rows[4]


def test_a_number_inside_a_turn_is_marked() -> None:
    """“2.” before a matter is an item, “2,5 km” is not."""
    assert any("c:>item" in row for row in features("Xin nêu hai việc: 1. Đường lầy. 2. Đèn hỏng."))
    assert not any("c:>item" in row for row in features("Đường dài 2,5 km lầy lội."))


def test_single_turns_are_told_from_documents() -> None:
    """The rates of hard single turns must not become those of documents."""
    assert "S|start|document" in features("Đường lầy.")[0]
    assert "S|start|single" in features("Đường lầy.", source=SINGLE)[0]


def test_several_turns_are_read_at_once_in_order() -> None:
    """Topics are asked once for all; no turn takes another's."""
    texts = ["Đường lầy. Đèn hỏng.", "Đèn hỏng."]
    together = [one.rows() for one in observe_turns(texts, ["colon", "cell"], topics, UNDECIDED)]
    assert together[0] == features("Đường lầy. Đèn hỏng.")
    assert together[1] == features("Đèn hỏng.", "cell")


@pytest.mark.parametrize(
    ("text", "tags", "spans"),
    [
        ("Thưa xã, đường lầy.", "OOBI", ["đường lầy."]),
        ("Đường lầy. Đèn hỏng!", "BIBI", ["Đường lầy.", "Đèn hỏng!"]),
        ("Thưa: “đường lầy”.", "OBI", ["“đường lầy”."]),
        ("Đường lầy", "OI", ["lầy"]),
        ("Đường lầy", "OO", []),
        ("", "", []),
    ],
)
def test_tags_become_spans_with_their_closing_marks(text: str, tags: str, spans: list[str]) -> None:
    """An opinion keeps its full stop and its quotation marks."""
    assert [text[begin:end] for begin, end in spans_of(text, list(tags))] == spans


def test_an_empty_turn_has_no_features() -> None:
    """Nothing said, nothing to tag."""
    assert features("") == []


def test_a_phone_number_is_no_matter_of_its_own() -> None:
    """The parcel's number is: a sentence about a plot of land may be short and still a matter."""
    text = "Đèn ngõ tắt. Ai cần thì gọi 0900000000. Thửa đất số 12 bị thu hồi."
    tags = [*"BII", *"BIIII", *"BIIIIII"]
    assert [text[a:b] for a, b in spans_of(text, tags)] == [
        "Đèn ngõ tắt. Ai cần thì gọi 0900000000.",
        "Thửa đất số 12 bị thu hồi.",
    ]
