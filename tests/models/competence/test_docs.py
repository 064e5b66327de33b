"""The pages on competence and taxonomy say what the code does: their examples run, their lists are whole."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import get_args

import pytest

from ydan.competence import load_periods
from ydan.competence.findings import Kind
from ydan.taxonomy import load_taxonomy

ROOT = Path(__file__).parents[3]
COMPETENCE = (ROOT / "docs/competence.md").read_text(encoding="utf-8")
TAXONOMY = (ROOT / "docs/taxonomy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["competence", "taxonomy"])
def test_the_examples_of_the_page_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the root of the repository, as a reader would run them."""
    monkeypatch.chdir(ROOT)
    code = "\n".join(re.findall(r"```python\n(.*?)```", {"competence": COMPETENCE, "taxonomy": TAXONOMY}[name], re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, name, f"docs/{name}.md", 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_page_names_every_period_with_its_first_day() -> None:
    """A new period needs a line of explanation."""
    for period in load_periods():
        assert f"| {period.id} | {period.begins} |" in COMPETENCE


def test_the_page_explains_every_kind_of_finding() -> None:
    """And no kind that does not exist."""
    section = COMPETENCE.split("## What the validator says")[1]
    assert set(re.findall(r"^\| `(\w+)`", section, re.M)) == set(get_args(Kind))


def test_the_taxonomy_page_has_every_label_and_definition() -> None:
    """A changed definition changes the page."""
    t = load_taxonomy()
    for topic in t.topics.values():
        assert f"| `{topic.id}` | {topic.label} | {topic.includes} |" in TAXONOMY
    for code in t.escalation_codes.values():
        assert f"| `{code.id}` | {code.label} | {code.definition} | {code.not_when} |" in TAXONOMY
    labels = {x.id: x.label for x in t.types.values()} | {x.id: x.label for x in t.levels.values()}
    labels |= {x.id: x.label for x in t.bodies.values()}
    assert [x for x, label in labels.items() if f"| `{x}` | {label} |" not in TAXONOMY] == []
