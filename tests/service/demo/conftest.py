"""A small demo for the default run: its last sessions; the whole one is heavy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from argon2 import PasswordHasher

from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.accounts import passwords
from ydan_service.demo import Demo, open_demo
from ydan_service.settings import Settings

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def small_demo(predictor: Predictor) -> Iterator[Demo]:
    """The last three sessions, with passwords that are hashed quickly."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        demo = open_demo(
            Settings(), predictor, MinutesReader.load(predictor.bundle), say=lambda _line: None, today=TODAY, scenes=3
        )
        yield demo
        demo.close()


@pytest.fixture(scope="session")
def whole_demo(predictor: Predictor) -> Iterator[Demo]:
    """The whole invented year."""
    demo = open_demo(Settings(), predictor, MinutesReader.load(predictor.bundle), say=lambda _line: None, today=TODAY)
    yield demo
    demo.close()
