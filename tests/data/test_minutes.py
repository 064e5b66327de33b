"""The minutes of our own: enough of them, of every kind, in step with their sources, whole after reading."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ydan_training.minutes.build import stale
from ydan_training.minutes.lessons import document_lessons
from ydan_training.minutes.source import LAYOUTS, MEETING_TYPES
from ydan_training.minutes.turns import read_turns


@pytest.fixture(scope="module")
def golds(root: Path) -> dict[str, dict[str, Any]]:
    folder = root / "data/minutes/documents"
    return {
        p.name.removesuffix(".gold.json"): json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.gold.json")
    }


def test_there_are_enough_of_every_layout_and_kind(root: Path, golds: dict[str, dict[str, Any]]) -> None:
    """At least 25 documents; each layout, each kind of meeting, each host level."""
    files = [p for p in (root / "data/minutes/documents").iterdir() if not p.name.endswith(".gold.json")]
    assert len(files) == len(golds) >= 25
    assert {p.suffix[1:] for p in files} == set(LAYOUTS)
    assert {gold["meeting_type"] for gold in golds.values()} == set(MEETING_TYPES)
    assert {gold["host_level"] for gold in golds.values()} == {"commune", "district", "province"}
    assert sum(len(gold["opinions"]) for gold in golds.values()) >= 500


def test_documents_say_what_their_sources_say(root: Path) -> None:
    """Generated again they are the same; a PDF's bytes depend on library versions and are compared elsewhere."""
    late = stale(root / "data/minutes/source", root / "data/minutes/documents")
    assert [name for name in late if not name.endswith(".pdf")] == []


def test_reading_a_document_keeps_every_opinion_whole(root: Path, golds: dict[str, dict[str, Any]]) -> None:
    """The words of each gold opinion stand in one piece in the extracted text, in every layout and encoding."""
    lost = {
        lesson.name: len(golds[lesson.name]["opinions"]) - len(lesson.opinions)
        for lesson in document_lessons(root / "data/minutes/documents")
    }
    assert {name: count for name, count in lost.items() if count} == {}


def test_turns_are_many_and_mostly_citizens(root: Path) -> None:
    """What the splitter learns from beside the documents."""
    turns = read_turns(root / "data/minutes/turns")
    assert len(turns) >= 800
    assert Counter(turn.is_citizen for turn in turns)[True] >= 600
