"""The pages that promise whole lists hold whole lists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import ydan.errors
from ydan.cli.main import build_parser
from ydan.decisions.review import LABELS
from ydan_service.problems import TITLES

SOURCES = (
    "models/ydan/opinion.py",
    "models/ydan/cli/reading.py",
    "service/ydan_service/programs/feedback/labels.py",
    "service/ydan_service/routes/stream.py",
)


def page(root: Path, name: str) -> str:
    return (root / "docs" / name).read_text(encoding="utf-8")


def test_every_error_code_is_on_the_page(root: Path) -> None:
    """Codes of opinions, of files and tables, and of HTTP."""
    codes = {kind.code for kind in vars(ydan.errors).values() if hasattr(kind, "code")} | set(TITLES) | {"settings"}
    for source in SOURCES:
        text = (root / source).read_text(encoding="utf-8")
        codes |= set(re.findall(r"OpinionError\(\s*\"([a-z_0-9]+)\"", text))
        codes |= set(re.findall(r"Failure\(\s*[^,]+,\s*\"([a-z_0-9]+)\"", text))
    assert len(codes) > 25
    missing = sorted(code for code in codes if f"`{code}`" not in page(root, "errors.md"))
    assert missing == []


def test_every_setting_of_the_service_is_on_the_page(root: Path) -> None:
    """Each YDAN_* that the code reads."""
    sources = (root / "service/ydan_service").rglob("*.py")
    named = {name for file in sources for name in re.findall(r"YDAN_[A-Z_]+", file.read_text(encoding="utf-8"))}
    assert len(named) >= 7
    assert sorted(name for name in named if f"`{name}`" not in page(root, "settings.md")) == []


def test_every_setting_of_the_training_is_on_the_page(root: Path) -> None:
    """Each name of default.toml, under its section."""
    values = tomllib.loads((root / "training/ydan_training/default.toml").read_text(encoding="utf-8"))
    text = page(root, "settings.md")
    for section, settings in values.items():
        lines = "\n".join(line for line in text.splitlines() if f"`[{section}]`" in line)
        assert sorted(name for name in settings if f"`{name}`" not in lines) == [], section


@pytest.mark.parametrize(
    "command", ["classify", "bulk", "read", "documents", "explain", "selftest", "labels", "competence"]
)
def test_every_command_is_on_the_page(command: str, root: Path) -> None:
    """A heading each."""
    assert f"## `ydan {command}" in page(root, "cli.md")


def test_every_option_is_on_a_page(root: Path) -> None:
    """Long options of all commands, in cli.md or settings.md."""
    text = page(root, "cli.md") + page(root, "settings.md")
    actions = next(a for a in build_parser()._actions if a.dest == "command").choices
    assert actions is not None
    options = {word for parser in actions.values() for a in parser._actions for word in a.option_strings}
    assert sorted(o for o in options if o.startswith("--") and o != "--help" and o not in text) == []


def test_every_review_reason_is_on_the_page(root: Path) -> None:
    """docs/api.md names them all."""
    assert sorted(code for code in LABELS if f"`{code}`" not in page(root, "api.md")) == []
