"""What the service has done since it started, counted: numbers only, never a word of an opinion.

One registry an app. What a request adds is little: answers are put aside and counted together, every second
(:mod:`ydan_service.ticker`), when there are many, or when somebody looks. With several processes on one port
(``PROMETHEUS_MULTIPROC_DIR`` is set by :mod:`ydan_service.supervisor`) any of them shows the sums of all.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter as Counts
from collections.abc import Iterable, Sequence
from threading import Lock

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from ydan.assessment import Assessment, Failure
from ydan.model.drift import LABELS, Profile
from ydan.model.window import Window

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
UNMATCHED = "unmatched"
"""The route of requests that no route took: their paths are anybody's invention and would never end."""
MOST_ASIDE = 512
"""Answers that are put aside before they are counted."""
SHARED = "PROMETHEUS_MULTIPROC_DIR"

_METHODS = frozenset(("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"))
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_CONFIDENCES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_HEADS = ("topic", "type", "level", "escalation")

prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]


class Tallied(Histogram):
    """A histogram that takes many observations at once."""

    def observe_many(self, values: Sequence[float]) -> None:
        """As ``observe`` for each, with one addition a bucket."""
        bounds = self._upper_bounds
        for at, count in Counts([bisect_left(bounds, value) for value in values]).items():
            self._buckets[at].inc(count)
        self._sum.inc(sum(values))


class Metrics:
    """The figures of one app. Safe to share between threads."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.shared = SHARED in os.environ
        self.window = Window()
        self._lock = Lock()
        self._aside: list[Assessment | Failure] = []
        self._routes: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        by_route = ("method", "route", "status")
        self._requests = Counter("ydan_requests", "Requests answered.", by_route, registry=registry)
        self._seconds = Histogram(
            "ydan_request_seconds",
            "Time from the request's head to the end of its answer.",
            by_route,
            buckets=_SECONDS,
            registry=registry,
        )
        self.in_progress = Gauge(
            "ydan_requests_in_progress",
            "Requests that are being answered.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._assessed = Counter("ydan_opinions_assessed", "Opinions that got an assessment.", registry=registry)
        self._failures = Counter(
            "ydan_opinion_failures", "Opinions that got an error, by its code.", ["code"], registry=registry
        )
        self._classify = Histogram(
            "ydan_classify_seconds",
            "Time that a call spent on reading and assessing its opinions.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._labels = Counter("ydan_labels", "Labels given, by head.", ["head", "label"], registry=registry)
        self._confidence = Tallied(
            "ydan_confidence",
            "Confidence of the labels given, by head; of the escalation, the confidence in what was said.",
            ["head"],
            buckets=_CONFIDENCES,
            registry=registry,
        )
        self._escalated = Counter(
            "ydan_opinions_escalated", "Opinions that must go up, by urgency.", ["urgency"], registry=registry
        )
        self._escalations = Counter(
            "ydan_escalations",
            "Reasons given for going up, by code and the opinion's urgency.",
            ["code", "urgency"],
            registry=registry,
        )
        self._review = Counter("ydan_review_needed", "Opinions that a person must look at first.", registry=registry)
        self._reasons = Counter(
            "ydan_review_reasons", "Reasons why a person must look first, by code.", ["code"], registry=registry
        )
        self._switches = Counter(
            "ydan_model_switches", "Switches to another model: done, failed.", ["outcome"], registry=registry
        )
        for outcome in ("done", "failed"):
            self._switches.labels(outcome)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request was answered."""
        key = (method if method in _METHODS else "other", route, status)
        found = self._routes.get(key)
        if found is None:
            found = self._routes[key] = (self._requests.labels(*key), self._seconds.labels(*key))
        found[0].inc()
        found[1].observe(seconds)

    def assessed(self, answers: Sequence[Assessment | Failure], seconds: float) -> None:
        """One call was answered: its answers, and the time that they took."""
        self._classify.observe(seconds)
        with self._lock:
            self._aside += answers
            many = len(self._aside) >= MOST_ASIDE
        if many:
            self.flush()

    def switched(self, *, done: bool) -> None:
        """The model was switched, or could not be; what the old one answered says nothing of the new one."""
        self._switches.labels("done" if done else "failed").inc()
        if done:
            self.flush()
            self.window.clear()

    def flush(self) -> None:
        """Count what was put aside."""
        with self._lock:
            answers, self._aside = self._aside, []
        if answers:
            self._count(answers)

    def add(self, collectors: Iterable[Collector]) -> None:
        """Figures that are worked out when somebody looks."""
        self._looked_up = tuple(collectors)

    _looked_up: tuple[Collector, ...] = ()

    def render(self) -> bytes:
        """The Prometheus text format, version 0.0.4.

        >>> metrics = Metrics()
        >>> metrics.assessed([Failure("1", "empty_text", "…")], 0.25)
        >>> [line for line in metrics.render().decode().splitlines() if line.startswith("ydan_opinion_f")]
        ['ydan_opinion_failures_total{code="empty_text"} 1.0']
        """
        self.flush()
        shown = CollectorRegistry()
        if self.shared:
            MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        else:
            shown.register(self.registry)
        for collector in self._looked_up:
            shown.register(collector)
        return generate_latest(shown)

    def _count(self, answers: Sequence[Assessment | Failure]) -> None:
        for code, count in Counts([each.code for each in answers if isinstance(each, Failure)]).items():
            self._failures.labels(code).inc(count)
        done = [each for each in answers if isinstance(each, Assessment)]
        if not done:
            return
        profile = Profile()
        profile.add(done)
        self.window.add(profile)
        self._assessed.inc(len(done))
        for head in LABELS:
            for label, count in profile.counts[head].items():
                self._labels.labels(head, label).inc(count)
        for head, values in zip(_HEADS, zip(*map(_confidences, done), strict=True), strict=True):
            self._confidence.labels(head).observe_many(values)
        up = [each.escalation for each in done if each.escalation.required]
        for urgency, count in Counts([each.urgency or "none" for each in up]).items():
            self._escalated.labels(urgency).inc(count)
        codes = Counts([(reason.code, each.urgency or "none") for each in up for reason in each.reasons])
        for (code, urgency), count in codes.items():
            self._escalations.labels(code, urgency).inc(count)
        self._review.inc(sum(bool(each.review) for each in done))
        for code, count in Counts([reason.code for each in done for reason in each.review]).items():
            self._reasons.labels(code).inc(count)


def _confidences(found: Assessment) -> tuple[float, float, float, float]:
    up = found.escalation
    return (
        found.topic.confidence,
        found.type.confidence,
        found.jurisdiction.level.confidence,
        up.confidence if up.required else 1 - up.confidence,
    )
