"""OpenTelemetry traces, where ``YDAN_TRACES`` asks for them: each request, and in it the reading and the assessing.

Where they go is said by the standard ``OTEL_*`` variables. What goes is a closed list of attributes: no path, no
query, no address, no words of an exception.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ydan.assessment import Assessment
from ydan.errors import MissingExtra
from ydan.minutes.extract import Extract
from ydan.minutes.reader import MinutesReader
from ydan.minutes.records import Minutes
from ydan.model.signals import Signals
from ydan.opinion import Opinion
from ydan.predictor import Predictor
from ydan_service import request_id

try:
    from opentelemetry import trace
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
except ImportError as error:
    raise MissingExtra(f'Vết OpenTelemetry thiếu {error.name}. Hãy chạy: pip install "ydan[traces]"') from error

if TYPE_CHECKING:
    from fastapi import FastAPI

KEPT = frozenset(
    (
        "http.method", "http.request.method", "http.route", "http.status_code", "http.response.status_code",
        "error.type", "exception.type", "ydan.request_id", "ydan.opinions",
        "ydan.model.version",
    )
)  # fmt: skip
_UNWATCHED = "/health/.*,/metrics"
_tracer = trace.get_tracer("ydan")


class Discreet(SpanExporter):
    """Hands spans on with the attributes that may leave the house, and with no others."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export the covered copies."""
        return self._exporter.export([_covered(span) for span in spans])

    def shutdown(self) -> None:
        """End."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._exporter.force_flush(timeout_millis)


def provider_of_the_environment() -> TracerProvider:
    """A provider that sends where ``OTEL_TRACES_EXPORTER`` says: ``otlp`` over HTTP (the default) or ``none``."""
    provider = TracerProvider(resource=Resource.create(None if _named() else {SERVICE_NAME: "ydan"}))
    if os.environ.get("OTEL_TRACES_EXPORTER", "otlp") != "none":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        provider.add_span_processor(BatchSpanProcessor(Discreet(OTLPSpanExporter())))
    return provider


def install(app: FastAPI) -> TracerProvider:
    """Trace the requests of ``app``, and what its models read and assess meanwhile."""
    global _tracer
    provider = provider_of_the_environment()
    _tracer = provider.get_tracer("ydan")
    FastAPIInstrumentor.instrument_app(
        app,
        tracer_provider=provider,
        excluded_urls=_UNWATCHED,
        server_request_hook=_identify,
        exclude_spans=["receive", "send"],
    )
    return provider


class TracedPredictor(Predictor):
    """A predictor whose batches show in the trace; one batch may answer several requests."""

    def signals(self, opinions: Sequence[Opinion]) -> Signals:
        """Reading, as a span."""
        with _tracer.start_as_current_span("ydan.read_opinions") as span:
            span.set_attribute("ydan.opinions", len(opinions))
            return super().signals(opinions)

    def _assess(self, opinions: Sequence[Opinion]) -> list[Assessment]:
        if not opinions:
            return []
        with _tracer.start_as_current_span("ydan.assess") as span:
            span.set_attribute("ydan.opinions", len(opinions))
            span.set_attribute("ydan.model.version", self.bundle.version)
            return super()._assess(opinions)


class TracedReader(MinutesReader):
    """A reader of minutes whose work shows in the trace."""

    def read(self, extract: Extract) -> Minutes:
        """Finding the opinions, as a span."""
        with _tracer.start_as_current_span("ydan.read_minutes") as span:
            found = super().read(extract)
            span.set_attribute("ydan.opinions", len(found.opinions))
            return found


def _named() -> bool:
    return "OTEL_SERVICE_NAME" in os.environ or "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")


def _identify(span: trace.Span, scope: dict[str, Any]) -> None:
    if span.is_recording():
        span.set_attribute("ydan.request_id", request_id.current())


def _covered(span: ReadableSpan) -> ReadableSpan:
    route = (span.attributes or {}).get("http.route")
    method = (span.attributes or {}).get("http.request.method") or (span.attributes or {}).get("http.method")
    name = span.name if span.name.startswith("ydan.") else f"{method or 'HTTP'} {route or 'unmatched'}"
    return ReadableSpan(
        name=name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_kept(span.attributes),
        events=[Event(each.name, _kept(each.attributes), each.timestamp) for each in span.events],
        links=span.links,
        kind=span.kind,
        status=trace.Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _kept(attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in KEPT}
