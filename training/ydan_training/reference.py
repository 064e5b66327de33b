"""``ydan-train reference``: what drift is told from – the model's own answers to the corpus, counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ydan.assessment import Assessment
from ydan.model.drift import LABELS, Profile, save_reference
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor
from ydan_training.config import Config
from ydan_training.corpus import LabelledOpinion, read_jsonl

HELD_OUT = ("validation", "test")


def write_reference(config: Config, model: Path | None = None) -> int:
    """Answer the whole corpus and write the counts beside the bundle."""
    folder = model or config.path("model", "bundle")
    predictor = Predictor.load(folder)
    learned = read_jsonl(config.path("corpus", "train"))
    strange = [row for name in HELD_OUT for row in read_jsonl(config.path("corpus", name))]
    profile = profile_of(predictor, learned, strange)
    file = save_reference(profile, predictor.bundle.version, folder)
    print(
        f"wrote {file}: {profile.opinions} opinions; of {profile.texts} held out, "
        f"{profile.unknown_share:.1%} of the syllables are unknown"
    )
    return 0


def profile_of(predictor: Predictor, learned: Sequence[LabelledOpinion], strange: Sequence[LabelledOpinion]) -> Profile:
    """Labels as given to all opinions; what the texts are like from the ``strange`` ones alone.

    Of the opinions that the vocabulary was made from it knows nearly every syllable; measured on those, every later
    text would seem to drift.
    """
    profile = Profile()
    profile.add(_answers(predictor, strange))
    labels = Profile()
    labels.add(_answers(predictor, learned))
    for name in LABELS:
        profile.counts[name].update(labels.counts[name])
    profile.opinions += labels.opinions
    return profile


def _answers(predictor: Predictor, rows: Sequence[LabelledOpinion]) -> list[Assessment]:
    opinions = [Opinion(row.id, row.text, Session(date.fromisoformat(row.date), row.host_level)) for row in rows]
    return [found for found in predictor.assess_many(opinions) if isinstance(found, Assessment)]
