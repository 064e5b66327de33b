"""What many tests share: the shipped model, a tiny model trained on the spot, and a way to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ydan.assessment import Assessment
from ydan.model import save_bundle
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

ROOT = Path(__file__).resolve().parents[1]
Ask = Callable[..., Assessment]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def predictor() -> Predictor:
    """The model that ships."""
    return Predictor.load()


@pytest.fixture(scope="session")
def ask(predictor: Predictor) -> Ask:
    """``ask(text, host="commune", day="2026-03-01", province=None)`` with the model that ships."""

    def asking(text: str, host: str = "commune", day: str = "2026-03-01", province: str | None = None) -> Assessment:
        return predictor.assess(Opinion("1", text, Session(date.fromisoformat(day), host, province)))

    return asking


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real model, learned in a second from a handful of opinions; tests may copy and break it."""
    pytest.importorskip("sklearn")
    from tests.training.tiny import tiny_config, tiny_rows
    from ydan_training.fitting.model import fit

    folder = tmp_path_factory.mktemp("tiny") / "bundle"
    bundle = fit(tiny_rows(), tiny_config(), lambda _: None)
    save_bundle(replace(bundle, about={"figures": {}, "trained_on": len(tiny_rows())}), folder)
    return folder
