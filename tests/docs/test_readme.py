"""The README and the pages it points to say what is there: their commands run, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ydan.cli import main as ydan
from ydan_training.cli import build_parser as training_parser

PAGES = ("README.md", "docs/cli.md")


def commands(root: Path, page: str, program: str) -> list[str]:
    """Lines of a page's ``bash`` blocks that call ``program`` alone (no pipe)."""
    blocks = re.findall(r"```bash\n(.*?)```", (root / page).read_text(encoding="utf-8"), re.S)
    lines = [line.strip().removeprefix(".venv/bin/") for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(f"{program} ") and "|" not in line and "&&" not in line]


def test_the_readme_has_its_two_commands(root: Path) -> None:
    """CI reads them from between their markers."""
    text = (root / "README.md").read_text(encoding="utf-8")
    for name in ("main-command", "test-command"):
        found = re.search(rf"<!-- {name} -->\n```bash\n(.+)\n```\n<!-- /{name} -->", text)
        assert found is not None
        assert "\n" not in found[1], "one command, one line"


@pytest.mark.parametrize("page", PAGES)
def test_the_ydan_commands_of_a_page_run(
    page: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As written, from the root; what they write goes to a folder of the test's own."""
    found = [c for c in commands(root, page, "ydan") if "CSV" not in c.upper().split(".")[0] and "y-kien.csv" not in c]
    assert found
    monkeypatch.chdir(root)
    for line in found:
        words = shlex.split(line)[1:]
        for option in ("--output", "--output-dir"):
            if option in words:
                words[words.index(option) + 1] = str(tmp_path / words[words.index(option) + 1])
        if words[0] == "bulk":
            words[2] = str(tmp_path / words[2])
        assert ydan(words) == 0, line


def test_the_training_commands_of_the_page_exist(root: Path) -> None:
    """Every ``ydan-train`` line of docs/training.md is understood."""
    found = commands(root, "docs/training.md", "ydan-train")
    assert len(found) >= 6
    for line in found:
        words = shlex.split(line.split("#")[0])[1:]
        training_parser().parse_args(words)


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "data/README.md",
        "benchmarks/README.md",
        *PAGES[1:],
        "docs/api.md",
        "docs/api-policy.md",
        "docs/architecture.md",
        "docs/training.md",
        "docs/errors.md",
        "docs/minutes.md",
        "docs/settings.md",
        "docs/office.md",
        "docs/running.md",
        "docs/scale.md",
        "docs/review.md",
        "docs/keyboard.md",
        "docs/accounts.md",
    ],
)
def test_the_links_of_a_page_lead_somewhere(page: str, root: Path) -> None:
    """No page points at a file that is not there."""
    text = (root / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((root / page).parent / target).exists(), target


def test_the_folders_of_the_map_exist(root: Path) -> None:
    """The README's map is the tree."""
    text = (root / "README.md").read_text(encoding="utf-8")
    folders = re.findall(r"^\| `([a-z_/]+/)` \|", text, re.M)
    assert len(folders) >= 8
    assert all((root / folder).is_dir() for folder in folders)


def test_the_figures_stand_in_the_readme(root: Path) -> None:
    """`ydan-train card --data …` filled the table between the markers."""
    text = (root / "README.md").read_text(encoding="utf-8")
    table = text[text.index("<!-- figures:begin -->") : text.index("<!-- figures:end -->")]
    assert "Topic macro-F1" in table
    assert "Escalation recall" in table
