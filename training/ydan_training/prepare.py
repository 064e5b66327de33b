"""``ydan-train prepare``: the corpus checked before anything learns from it."""

from __future__ import annotations

from collections.abc import Sequence

from ydan_training.config import Config
from ydan_training.corpus import LabelledOpinion, read_jsonl
from ydan_training.corpus.card import counts_tables, write_between
from ydan_training.corpus.duplicates import near_duplicates
from ydan_training.corpus.record import CorpusError
from ydan_training.steps import run_step

SPLITS = ("train", "validation", "test")


def prepare(config: Config, *, force: bool) -> int:
    """Check every split and write the counts into the dataset card.

    :raises CorpusError: a broken record, an id twice, a near-duplicate, or a group in two splits.
    """
    files = [config.path("corpus", name) for name in SPLITS]

    def work() -> None:
        splits = {name: read_jsonl(file) for name, file in zip(SPLITS, files, strict=True)}
        faults = corpus_faults(splits)
        if faults:
            raise CorpusError("The corpus has faults:\n" + "\n".join(faults[:40]))
        print(", ".join(f"{name}: {len(part)}" for name, part in splits.items()))
        card = config.path("corpus", "card")
        write_between(card, "counts", counts_tables(splits))
        print(f"counts written to {card}")

    run_step("prepare", files, [], None, config.root, work, force=force)
    return 0


def corpus_faults(splits: dict[str, Sequence[LabelledOpinion]] | dict[str, list[LabelledOpinion]]) -> list[str]:
    """Everything that is wrong with the corpus, in words."""
    out = []
    seen: dict[str, str] = {}
    groups: dict[str, str] = {}
    for name, rows in splits.items():
        for row in rows:
            out += [f"{name} {row.id}: {fault}" for fault in row.faults()]
            if row.id in seen:
                out.append(f"{name} {row.id}: the id is also in {seen[row.id]}")
            seen[row.id] = name
            if groups.setdefault(row.group, name) != name:
                out.append(f"{name} {row.id}: group {row.group} is also in {groups[row.group]}")
    every = [row for rows in splits.values() for row in rows]
    for earlier, later, overlap in near_duplicates([row.text for row in every]):
        out.append(f"{every[later].id} nearly repeats {every[earlier].id} (overlap {overlap})")
    return out
