"""A record's labels are checked against the taxonomy and against each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.training.tiny import tiny_rows
from ydan_training.corpus import LabelledOpinion, read_jsonl, write_jsonl
from ydan_training.corpus.record import CorpusError

GOOD = tiny_rows()[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"topic": "roads"}, "topic"),
        ({"type": "wish"}, "type"),
        ({"level": "village"}, "level"),
        ({"matter": "potholes"}, "matter"),
        ({"host_level": "central"}, "host_level"),
        ({"secondary": ["roads"]}, "secondary"),
        ({"codes": ["urgent"], "escalate": True}, "codes"),
        ({"date": "2026/03/01"}, "date"),
        ({"text": "  "}, "text"),
        ({"level": "district", "codes": ["beyond_competence"], "escalate": True}, "district"),
        ({"level": "province"}, "beyond_competence"),
        ({"codes": ["danger"]}, "escalate"),
        ({"transfer": True}, "transfer"),
    ],
)
def test_a_broken_label_is_named(change: dict[str, object], says: str) -> None:
    """One fault, and the field's name in it."""
    assert any(says in fault for fault in replace(GOOD, **change).faults())  # type: ignore[arg-type]


def test_a_good_record_has_no_fault() -> None:
    """The fixture's rows are all good."""
    assert [row.faults() for row in tiny_rows()] == [[]] * len(tiny_rows())


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Every field, diacritics readable in the file."""
    file = tmp_path / "rows.jsonl"
    write_jsonl(file, tiny_rows())
    assert read_jsonl(file) == tiny_rows()
    assert "Đường" in file.read_text(encoding="utf-8")


def test_a_bad_line_is_named_with_its_number(tmp_path: Path) -> None:
    """So that it can be mended."""
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"rows\.jsonl:1"):
        read_jsonl(file)


def test_fields_of_other_files_are_passed_over(tmp_path: Path) -> None:
    """Evaluation sets carry a source; it is no fault."""
    file = tmp_path / "rows.jsonl"
    write_jsonl(file, [GOOD])
    file.write_text(file.read_text(encoding="utf-8").replace('{"id"', '{"source": "x", "id"'), encoding="utf-8")
    assert read_jsonl(file) == [GOOD]


def test_a_group_is_an_author_on_a_matter() -> None:
    """What never straddles a split."""
    assert GOOD.group == "a0/village_road"
    assert isinstance(GOOD, LabelledOpinion)
