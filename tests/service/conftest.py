"""The app with its own settings, asked over Starlette's test client."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings

Serve = Callable[..., TestClient]
KEY = "mot-khoa-du-dai-de-thu"
GOOD = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"


@pytest.fixture
def serve(predictor: Predictor) -> Serve:
    """``serve(most_opinions=2)``: a client of an app with these settings; errors of the app come as answers."""

    def serving(**settings: object) -> TestClient:
        app = create_app(Settings(**settings), predictor)  # type: ignore[arg-type]
        return TestClient(app, raise_server_exceptions=False)

    return serving


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """An app on loopback with the defaults."""
    return serve()
