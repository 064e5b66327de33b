"""Whether what comes in still looks like what the model learned from."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest

from ydan.assessment import Assessment
from ydan.errors import BundleError
from ydan.model.bundle import default_bundle_path
from ydan.model.drift import (
    DRIFTED,
    LABELS,
    LEAST,
    SHIFTING,
    TEXTS,
    Profile,
    compare,
    load_reference,
    psi,
    save_reference,
    worst,
)  # fmt: skip
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

TEXTS_OF_A_DAY = [
    "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông.",
    "duong thon 6 lay loi de nghi xa do be tong",
    "Trạm y tế xã thiếu thuốc, bà con phải lên huyện mua.",
    "Zyxwv qwrtp fghjk blarg snorf.",
]


@pytest.fixture(scope="module")
def answers(predictor: Predictor) -> list[Assessment]:
    session = Session(date(2026, 3, 1))
    return [predictor.assess(Opinion(str(n), text, session)) for n, text in enumerate(TEXTS_OF_A_DAY)]


@pytest.fixture(scope="module")
def reference() -> Profile:
    """That of the shipped model."""
    found = load_reference(default_bundle_path(), "1.0.0")
    assert found is not None
    return found


def drawn(reference: Profile, count: int, seed: int) -> Profile:
    """As many opinions as if nothing had changed."""
    random, made = Random(seed), Profile(opinions=count, texts=count)
    for name, counts in reference.counts.items():
        made.counts[name] = Counter(random.choices(list(counts), list(counts.values()), k=count))
    return made


def test_every_opinion_is_counted_once_in_everything(answers: list[Assessment]) -> None:
    """Labels and texts."""
    profile = Profile()
    profile.add(answers)
    assert {name: counts.total() for name, counts in profile.counts.items()} == dict.fromkeys((*LABELS, *TEXTS), 4)
    assert profile.counts["topic"]["transport_roads"] == 2
    assert profile.counts["diacritics"]["without"] >= 1
    assert profile.counts["unknown"][">0.4"] == 1
    assert 0.2 <= profile.unknown_share <= 0.4


def test_a_profile_holds_no_word(answers: list[Assessment]) -> None:
    """Only labels and numbers."""
    profile = Profile()
    profile.add(answers)
    said = json.dumps(profile.to_json(), ensure_ascii=False)
    assert not any(word in said for text in TEXTS_OF_A_DAY for word in text.split() if len(word) > 4)


def test_a_profile_comes_back_as_it_was(answers: list[Assessment]) -> None:
    """Through JSON."""
    profile = Profile()
    profile.add(answers)
    assert Profile.from_json(json.loads(json.dumps(profile.to_json()))).to_json() == profile.to_json()


def test_profiles_add_up(answers: list[Assessment]) -> None:
    """Two halves are the whole."""
    whole, first, second = Profile(), Profile(), Profile()
    whole.add(answers)
    first.add(answers[:1])
    second.add(answers[1:])
    first.merge(second)
    assert first.to_json() == whole.to_json()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [LEAST, 5000])
def test_the_same_kind_of_opinions_is_stable(reference: Profile, count: int, seed: int) -> None:
    """Chance is no drift, in small samples either."""
    found = compare(reference, drawn(reference, count, seed))
    assert {each.verdict for each in found} == {"stable"}
    assert worst(found) == "stable"


def test_another_mix_of_topics_drifts(reference: Profile) -> None:
    """A campaign on one matter: half of all opinions are about land."""
    seen = drawn(reference, 1000, 1)
    seen.counts["topic"]["land_clearance"] += 1000
    found = {each.of: each for each in compare(reference, seen)}
    assert found["topic"].verdict == "drifted"
    assert found["topic"].psi - found["topic"].noise > DRIFTED > SHIFTING
    assert found["type"].verdict == "stable"


def test_strange_words_drift(reference: Profile) -> None:
    """Another language, another way of writing."""
    seen = drawn(reference, 1000, 1)
    seen.counts["unknown"] = Counter({">0.4": 300, "<=0": 700})
    seen.counts["diacritics"] = Counter({"without": 600, "with": 400})
    found = {each.of: each.verdict for each in compare(reference, seen)}
    assert found["unknown"] == found["diacritics"] == "drifted"


def test_of_few_opinions_nothing_is_said(reference: Profile) -> None:
    """However odd they are."""
    seen = Profile()
    seen.counts["topic"]["other"] = LEAST - 1
    assert {each.verdict for each in compare(reference, seen)} == {"too_few"}


def test_the_noise_is_what_chance_gives() -> None:
    """On average over many samples."""
    random = Random(7)
    values = []
    for _ in range(300):
        two = [Counter(random.choices("abcdefgh", k=500)) for _ in range(2)]
        value, noise = psi(*two)
        values.append(value)
    assert sum(values) / len(values) == pytest.approx(noise, rel=0.15)


def test_the_shipped_reference_is_of_the_whole_corpus(reference: Profile) -> None:
    """Labels of all opinions, texts of those that the vocabulary was not made from."""
    assert reference.opinions == sum(reference.counts["topic"].values()) > 11_000
    assert 1000 < reference.texts == sum(reference.counts["length"].values()) < 2000
    assert 0 < reference.unknown_share < 0.05


def test_a_reference_of_another_version_is_none(tmp_path: Path) -> None:
    """It says nothing of this one; none at all is none."""
    save_reference(Profile(), "1.0.0", tmp_path)
    assert load_reference(tmp_path, "1.0.0") is not None
    assert load_reference(tmp_path, "2.0.0") is None
    assert load_reference(tmp_path / "none", "1.0.0") is None


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1, "version": "1"}', "{"])
def test_a_damaged_reference_is_said_so(tmp_path: Path, text: str) -> None:
    """With what to do."""
    (tmp_path / "reference.json").write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match="ydan-train reference"):
        load_reference(tmp_path, "1")
