"""The opinions we write: their record, the writers' draft format, splits, near-duplicates, agreement."""

from ydan_training.corpus.record import LabelledOpinion, read_jsonl, write_jsonl

__all__ = ["LabelledOpinion", "read_jsonl", "write_jsonl"]
