"""``ydan selftest``: the model that ships passes; another says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ydan.cli import main


def test_the_shipped_model_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """Every check on a line, and one sentence."""
    assert main(["selftest"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 15
    assert all(line.startswith("đạt") for line in lines[:-1])
    assert "60 ví dụ" in lines[-1]


def test_a_model_without_examples_fails_and_says_what_to_do(
    tiny_bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1."""
    assert main(["selftest", "--model", str(tiny_bundle)]) == 1
    assert "KHÔNG" in capsys.readouterr().out


def test_json_holds_the_checks_and_the_versions(capsys: pytest.CaptureFixture[str]) -> None:
    """For programs."""
    assert main(["selftest", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["result"], found["examples"], found["model"]["name"]) == ("passed", 60, "ydan-default")
    assert all(check["passed"] for check in found["checks"])
