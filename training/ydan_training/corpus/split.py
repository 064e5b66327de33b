"""Which split a record belongs to: decided by its group alone, so that it never moves when others are added."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from ydan_training.corpus.record import LabelledOpinion, read_jsonl, write_jsonl

SPLITS = ("train", "validation", "test")


def split_of(row: LabelledOpinion, test_authors: Collection[str], validation_share: float) -> str:
    """``test`` for authors that nothing is learned from, else by a hash of author and matter.

    One author's opinions on one matter are often twins; the hash keeps them together without a list to maintain.
    """
    if row.author in test_authors:
        return "test"
    number = int(hashlib.sha256(row.group.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return "validation" if number < validation_share else "train"


def merge_into(
    folder: Path, rows: Iterable[LabelledOpinion], test_authors: Collection[str], validation_share: float
) -> dict[str, int]:
    """Put rows into the splits' files, in place of those with the same id; the size of each split comes back."""
    fresh = {row.id: row for row in rows}
    kept: dict[str, list[LabelledOpinion]] = {}
    for name in SPLITS:
        file = folder / f"{name}.jsonl"
        kept[name] = [row for row in read_jsonl(file) if row.id not in fresh] if file.exists() else []
    for row in fresh.values():
        kept[split_of(row, test_authors, validation_share)].append(row)
    for name, part in kept.items():
        write_jsonl(folder / f"{name}.jsonl", sorted(part, key=lambda row: row.id))
    return {name: len(part) for name, part in kept.items()}
