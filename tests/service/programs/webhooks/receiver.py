"""A real receiver of webhooks on this machine: it answers what it is told to, and remembers what it got."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """``answers`` are the statuses to come, then 200; 0 hangs, 1 closes without a word, 2 talks without end."""

    def __init__(self, answers: list[int]) -> None:
        self.answers = answers
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.paths: list[str] = []
        self.ended = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.paths.append(self.path)
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status = receiver.answers.pop(0) if receiver.answers else 200
                if status == 0:
                    receiver.ended.wait(30)
                    return
                if status == 1:
                    return
                if status == 2:
                    self.wfile.write(b"HTTP/1.0 200 OK\r\n")
                    while not receiver.ended.wait(0.1):
                        self.wfile.write(b"X-More: x\r\n")
                    return
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                self.end_headers()
                self.wfile.write(b"x" * 100_000)

            def log_message(self, *_about: Any) -> None:
                """Quiet."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_about: Any) -> None:
                """A caller that goes away is no news."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        """For ``YDAN_WEBHOOK_HOSTS``."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.host}/hook?x=1"

    def wait(self, count: int, seconds: float = 20.0) -> None:
        """Until it was called so many times."""
        until = time.monotonic() + seconds
        while len(self.got) < count:
            assert time.monotonic() < until, f"{len(self.got)} of {count}"
            time.sleep(0.01)

    def close(self) -> None:
        """No more."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def receiving(*answers: int) -> Iterator[Receiver]:
    """A receiver, while it listens."""
    receiver = Receiver(list(answers))
    try:
        yield receiver
    finally:
        receiver.close()
