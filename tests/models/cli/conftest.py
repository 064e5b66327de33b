"""Run the command in this process, with bytes on standard input as a pipe gives them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ydan.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left behind."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("classify", "-", said="…")``; ``said`` may be bytes."""

    def running(*arguments: object, said: str | bytes = b"") -> Outcome:
        data = said.encode() if isinstance(said, str) else said
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        return Outcome(status, *capsys.readouterr())

    return running


@pytest.fixture
def classify(run: Run, tiny_bundle: Path) -> Run:
    """``classify("a.csv", "--format", "jsonl")`` with the tiny model."""

    def classifying(*arguments: object, said: str | bytes = b"") -> Outcome:
        return run("classify", *arguments, "--model", tiny_bundle, "--date", "2026-03-01", said=said)

    return classifying
