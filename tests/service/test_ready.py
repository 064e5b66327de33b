"""The waiting of units and health checks, against a real server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ydan_service import ready


class Health(BaseHTTPRequestHandler):
    """Not ready until told so."""

    status = 503

    def do_GET(self) -> None:
        assert self.path == "/health/ready"
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    Health.status = 503
    with HTTPServer(("127.0.0.1", 0), Health) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


def test_ready_is_ready(server: HTTPServer) -> None:
    """Asked once."""
    Health.status = 200
    assert ready.main(["--port", str(server.server_port)]) == 0


def test_not_ready_is_said(server: HTTPServer, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where the server answers, but not with 200."""
    assert ready.main(["--port", str(server.server_port)]) == 1
    assert "chưa sẵn sàng" in capsys.readouterr().err


def test_it_waits_until_ready(server: HTTPServer) -> None:
    """As long as it was told to."""
    threading.Timer(0.4, lambda: setattr(Health, "status", 200)).start()
    begun = time.monotonic()
    assert ready.main(["--port", str(server.server_port), "--seconds", "10"]) == 0
    assert 0.3 < time.monotonic() - begun < 5


def test_nobody_there_is_not_ready(server: HTTPServer) -> None:
    """A port that nothing listens on."""
    port = server.server_port
    server.server_close()
    assert ready.main(["--port", str(port), "--seconds", "0.3"]) == 1
