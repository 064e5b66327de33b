"""A served app follows the chosen model by itself: nobody who calls meanwhile notices more than another version."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from tests.service.conftest import GOOD
from tests.service.models_at_hand import another
from tests.service.routes.serving import served
from ydan_service import models
from ydan_service.app import create_app
from ydan_service.model_pointer import Pointer
from ydan_service.models import Models
from ydan_service.settings import Settings

LONG = GOOD + " " + "Trạm y tế xã thiếu thuốc, bà con phải lên huyện mua. " * 20
BODIES = [
    {"opinions": [{"text": GOOD}]},
    {"opinions": [{"text": GOOD}, {"text": ""}, {"text": "Rác ở chợ không ai thu gom cả tuần nay."}]},
    {"opinions": [{"text": LONG}] * 30},  # read and assessed in another thread
]


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    settings = Settings(data_dir=tmp_path / "data", serve_pages=False)
    loaded, pointer = models.first(settings)
    return create_app(settings, loaded.predictor, models=Models(loaded, pointer, settings))


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    with served(app) as port:
        yield port


def wait_for(port: int, version: str) -> None:
    until = time.monotonic() + 60
    while httpx2.get(f"http://127.0.0.1:{port}/health/ready").json()["model"]["version"] != version:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_switch_under_load_loses_no_request(app: FastAPI, port: int, tmp_path: Path) -> None:
    """Eight callers at once: every answer is whole and good, each sees the version change once and for good."""
    seen: dict[int, list[str]] = {}
    statuses: Counter[int] = Counter()

    async def calling(number: int, client: httpx2.AsyncClient, until: asyncio.Event) -> None:
        seen[number] = []
        turn = number
        while not until.is_set():
            body = BODIES[turn % len(BODIES)]
            answer = await client.post("/v1/classify", json=body)
            statuses[answer.status_code] += 1
            found = answer.json()
            assert len(found["results"]) == len(body["opinions"])
            seen[number].append(found["model"]["version"])
            turn += 1

    async def all_of_them() -> None:
        until = asyncio.Event()
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            callers = [asyncio.create_task(calling(number, client, until)) for number in range(8)]
            await asyncio.sleep(0.5)
            Pointer(app.state.settings.data_dir).choose(new, "ydan-default", "1.0.1")
            for _ in range(600):
                await asyncio.sleep(0.1)
                if all(versions[-1:] == ["1.0.1"] for versions in seen.values()):
                    break
            until.set()
            await asyncio.gather(*callers)

    new = another(tmp_path / "new")
    asyncio.run(all_of_them())
    assert set(statuses) == {200}
    for versions in seen.values():
        assert versions == sorted(versions)
        assert set(versions) == {"1.0.0", "1.0.1"}


def test_a_hangup_does_not_wait_for_the_next_second(app: FastAPI, port: int, tmp_path: Path) -> None:
    """What SIGHUP does: the ticker is woken."""
    app.state.ticker._interval = 3600
    time.sleep(1.2)
    Pointer(app.state.settings.data_dir).choose(another(tmp_path / "new"), "ydan-default", "1.0.1")
    app.state.ticker.wake()
    wait_for(port, "1.0.1")


def test_what_was_put_aside_is_counted_within_a_second_or_two(app: FastAPI, port: int) -> None:
    """Nobody need look for it."""
    httpx2.post(f"http://127.0.0.1:{port}/v1/classify", json=BODIES[0])
    until = time.monotonic() + 20
    while app.state.metrics.window.seen().profile.opinions == 0:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert app.state.metrics._aside == []
