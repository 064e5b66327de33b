"""``ydan explain``: every decision with its reason, its rivals and its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Ask
from tests.models.cli.conftest import Run
from ydan.cli.explain import marked

ROAD = "Đường tỉnh 391 nát bét, đề nghị tỉnh vá lại đường tỉnh"


@pytest.mark.parametrize("part", ["Lĩnh vực", "Thẩm quyền", "Căn cứ", "Ai quyết định", "Có thể khác", "«"])
def test_it_shows_each_decision_and_its_ground(run: Run, part: str) -> None:
    """In words that a secretary reads."""
    found = run("explain", ROAD, "--date", "2026-03-01")
    assert found.status == 0
    assert part in found.out


def test_as_json_it_is_an_assessment_with_its_versions(run: Run) -> None:
    """The same object as ``classify`` writes."""
    found = json.loads(run("explain", ROAD, "--json", "--date", "2026-03-01").out)
    assert found["text"] == ROAD
    assert found["jurisdiction"]["period"] == "2026-01-31"
    assert {"model", "taxonomy", "competence"} <= found.keys()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["  "], "không có chữ nào"),
        (["Please mend the road in front of our school soon"], "không phải tiếng Việt"),
        ([ROAD, "--host-level", "district", "--date", "2025-07-01"], "2025-07-01"),
        ([ROAD, "--model", "không-có"], "ydan-train fit"),
    ],
)
def test_what_cannot_be_explained_says_why(run: Run, arguments: list[str], says: str) -> None:
    """Exit status 2."""
    found = run("explain", *arguments)
    assert (found.status, found.out) == (2, "")
    assert says in found.err


def test_half_an_emoji_is_explained_all_the_same(run: Run) -> None:
    """As text and as JSON."""
    text = "Đường xóm \ud83d lầy lội"
    assert run("explain", text).status == 0
    assert json.loads(run("explain", text, "--json").out)["text"] == text


@pytest.mark.parametrize("text", [ROAD, "Vâng", "Mất điện suốt, trạm biến áp quá tải", "Đường xóm lầy lội"])
def test_the_marks_change_no_letter(ask: Ask, text: str) -> None:
    """Without the guillemets it is the opinion; each that opens is closed."""
    shown = marked(ask(text))
    assert shown.replace("«", "").replace("»", "") == text
    assert shown.count("«") == shown.count("»")


def test_a_tiny_model_can_be_explained(run: Run, tiny_bundle: Path) -> None:
    """``--model`` counts here too."""
    assert "Điện" in run("explain", "Điện yếu, tối nào cũng sụt áp", "--model", tiny_bundle).out
