"""What the head of minutes says of the meeting."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ydan.minutes.extract import Extract, Piece, build_extract
from ydan.minutes.meeting import read_meeting

HEADS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("heads.toml").read_text(encoding="utf-8"))["head"]


def extract_of(text: str) -> Extract:
    """A text file of one paragraph a line."""
    return build_extract(map(Piece, text.strip().split("\n")), "txt")


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["name"])
def test_the_head_gives_every_fact_that_it_holds(head: dict[str, Any]) -> None:
    extract = extract_of(head["text"])
    said = read_meeting(extract, len(extract.text)).to_json()
    wanted = {name: value for name, value in head.items() if name not in ("name", "text")}
    assert {name: said[name] for name in wanted} == wanted


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["name"])
def test_the_head_gives_no_fact_that_it_does_not_hold(head: dict[str, Any]) -> None:
    extract = extract_of(head["text"])
    said = read_meeting(extract, len(extract.text)).to_json()
    facts = ("date", "place", "chair", "secretary", "attendance", "invited")
    assert {name: said[name] for name in facts if name not in head} == {n: None for n in facts if n not in head}
