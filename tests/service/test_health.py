"""Alive, and ready to answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import KEY, Serve
from ydan.predictor import Predictor


def test_a_living_process_says_so(client: TestClient) -> None:
    """Nothing else is looked at."""
    assert client.get("/health/live").json() == {"status": "live"}


def test_a_ready_process_names_what_it_answers_with(client: TestClient, predictor: Predictor) -> None:
    """So that a roll-out can be watched."""
    assert client.get("/health/ready").json() == {"status": "ready", **predictor.versions}


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_needs_no_key(serve: Serve, path: str) -> None:
    """CONTRACT.md: everything but health does."""
    assert serve(api_key=KEY, host="0.0.0.0").get(path).status_code == 200
