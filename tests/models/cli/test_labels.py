"""``ydan labels``: every id that an answer can hold."""

from __future__ import annotations

import json

import pytest

from tests.models.cli.conftest import Run
from ydan.taxonomy import load_taxonomy

KINDS = ("topics", "types", "levels", "codes", "bodies", "matters")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_lists_every_label_it_has(run: Run, kind: str) -> None:
    """Id and name, and no other kind's heading."""
    taxonomy = load_taxonomy()
    table = taxonomy.escalation_codes if kind == "codes" else getattr(taxonomy, kind)
    found = run("labels", kind)
    assert found.status == 0
    assert all(label.id in found.out and label.label in found.out for label in table.values())
    assert found.out.count("):") == 1


def test_without_a_kind_all_are_listed(run: Run) -> None:
    """Six headings, under the version."""
    out = run("labels").out
    assert out.startswith(f"Bộ nhãn {load_taxonomy().version}")
    assert out.count("):") == len(KINDS)


def test_as_json_they_can_be_read_by_a_program(run: Run) -> None:
    """Dates and sets become plain text and lists."""
    found = json.loads(run("labels", "--json").out)
    assert found.keys() == {"version", *KINDS}
    assert [len(found[kind]) for kind in ("topics", "matters")] == [22, 182]
    district = next(level for level in found["levels"] if level["id"] == "district")
    assert district["valid_until"] == "2025-06-30"


def test_an_unknown_kind_lists_the_choices(run: Run) -> None:
    """Exit status 2."""
    found = run("labels", "topic")
    assert found.status == 2
    assert all(kind in found.err for kind in KINDS)
