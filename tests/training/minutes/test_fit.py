"""The chains are learned, and what NumPy decodes is what CRFsuite would."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycrfsuite
import pytest

from ydan.minutes.changes import NEW
from ydan_training.minutes.fit import fit_chain, fit_changes, fit_minutes, sentences_of
from ydan_training.minutes.lessons import turn_lessons
from ydan_training.minutes.turns import Turn

SETTINGS = {"c1": 0.0, "c2": 0.1, "max_iterations": 30}
SEQUENCES = [
    ([["w=chao"], ["w=duong"], ["w=lay"]], ["O", "B", "I"]),
    ([["w=duong"], ["w=lay"], ["w=den"], ["w=hong"]], ["B", "I", "B", "I"]),
    ([["w=chao"], ["w=den"], ["w=hong"]], ["O", "B", "I"]),
]


def topics(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    return np.array([[0.9, 0.1] if "đường" in text.lower() else [0.1, 0.9] for text in texts], dtype=np.float32)


def test_a_chain_learns_its_lessons() -> None:
    """Three sequences are few enough to be known by heart."""
    chain = fit_chain(SEQUENCES, ("B", "I", "O"), SETTINGS)
    assert [chain.decode(features) for features, _tags in SEQUENCES] == [tags for _features, tags in SEQUENCES]


def test_decoding_agrees_with_the_library_that_learned() -> None:
    """The exported numbers are the whole model."""
    chain = fit_chain(SEQUENCES, ("B", "I", "O"), SETTINGS)
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({**SETTINGS, "feature.possible_transitions": True})
    for features, tags in SEQUENCES:
        trainer.append(features, tags)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        rng = np.random.default_rng(3)
        words = ["w=chao", "w=duong", "w=lay", "w=den", "w=hong"]
        for _ in range(40):
            sequence = [[words[k]] for k in rng.integers(0, len(words), rng.integers(1, 7))]
            assert chain.decode(sequence) == tagger.tag(sequence)
        tagger.close()


def test_how_matters_change_is_learned_from_single_opinions() -> None:
    """Inside an opinion nothing changes; the next opinion is another matter."""
    opinions = ["Đường lầy. Đường hẹp, đề nghị sửa.", "Đèn hỏng. Tối om cả xóm, mong thay."] * 30
    changes = fit_changes(opinions, topics, seed=1)
    assert changes.labels[1] == NEW
    assert changes.features


@pytest.mark.parametrize(
    ("text", "parts"),
    [("Đường lầy. Xe ngã!", ["Đường lầy.", "Xe ngã!"]), ("Đường lầy", ["Đường lầy"]), ("…", ["…"])],
)
def test_an_opinion_falls_into_sentences(text: str, parts: list[str]) -> None:
    """At least one, whatever it is."""
    assert sentences_of(text) == parts


def test_the_whole_model_splits_what_it_saw() -> None:
    """Turns in, a model that finds their matters out."""
    text = "Thưa xã, tôi có hai ý. Đường xóm lầy lội quá. Với lại đèn ngõ hỏng cả tháng."
    spans = tuple(
        (text.index(part), text.index(part) + len(part)) for part in ("Đường xóm lầy lội quá", "đèn ngõ hỏng cả tháng")
    )
    turns = turn_lessons(
        [Turn("t9-01", n, True, text, spans) for n in range(6)] + [Turn("t9-01", 9, False, "Xã tiếp thu.", ())]
    )
    changes = fit_changes(["Đường lầy. Đường hẹp.", "Đèn hỏng. Tối om."] * 10, topics, seed=1)
    model = fit_minutes([], turns, changes, topics, "0")
    assert model.about["opinions"] == 12
    assert model.splitter.labels == ("B", "I", "O")
