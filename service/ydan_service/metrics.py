"""What the service has done since it started, counted: numbers only, never a word of an opinion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
UNMATCHED = "unmatched"
"""The route of requests that no route took: their paths are anybody's invention and would never end."""

_METHODS = frozenset(("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Metrics:
    """The counters of one app. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._failures: Counter[str] = Counter()
        self._assessed = 0
        self._seconds = 0.0
        self._calls = 0

    def request(self, method: str, route: str, status: int) -> None:
        """One request was answered."""
        with self._lock:
            self._requests[method if method in _METHODS else "other", route, status] += 1

    def classified(self, assessed: int, failures: Mapping[str, int], seconds: float) -> None:
        """One call of classify: opinions assessed, opinions refused by code, time taken."""
        with self._lock:
            self._assessed += assessed
            self._failures.update(failures)
            self._seconds += seconds
            self._calls += 1

    def render(self) -> str:
        """The Prometheus text format, version 0.0.4.

        >>> metrics = Metrics()
        >>> metrics.classified(2, {"empty_text": 1}, 0.25)
        >>> [line for line in metrics.render().splitlines() if line.startswith("ydan_opinion_f")]
        ['ydan_opinion_failures_total{code="empty_text"} 1']
        """
        with self._lock:
            return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from _head("ydan_requests_total", "counter", "Requests answered.")
        for (method, route, status), count in sorted(self._requests.items()):
            yield f'ydan_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
        yield from _head("ydan_opinions_assessed_total", "counter", "Opinions that got an assessment.")
        yield f"ydan_opinions_assessed_total {self._assessed}"
        yield from _head("ydan_opinion_failures_total", "counter", "Opinions that got an error, by its code.")
        for code, count in sorted(self._failures.items()):
            yield f'ydan_opinion_failures_total{{code="{code}"}} {count}'
        yield from _head("ydan_classify_seconds", "summary", "Time spent on reading and assessing opinions.")
        yield f"ydan_classify_seconds_sum {self._seconds:.6f}"
        yield f"ydan_classify_seconds_count {self._calls}"


def _head(name: str, kind: str, meaning: str) -> tuple[str, str]:
    return f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"


class CountRequests:
    """ASGI middleware: counts every answer under the route's pattern, not its path."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500  # what an exception becomes further out

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", UNMATCHED)
            self._metrics.request(scope["method"], route, status)
