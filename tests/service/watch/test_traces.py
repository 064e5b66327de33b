"""OpenTelemetry traces: each request with the reading and assessing in it, and nothing of what people wrote."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

pytest.importorskip("opentelemetry.sdk")
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.service.conftest import GOOD, KEY
from ydan_service.app import create_app
from ydan_service.models import load
from ydan_service.settings import Settings
from ydan_service.watch import traces

SECRETS = ("lầy lội", "Tạ Văn Mão", "0912345678", KEY)
MINUTES = "II. Ý KIẾN CỦA NHÂN DÂN\n- Ông Tạ Văn Mão (thôn 2): Đường thôn lầy lội, đề nghị xã sửa.\n"


@pytest.fixture(scope="module")
def app(sent: InMemorySpanExporter) -> Iterator[FastAPI]:
    """Traced, into memory."""
    settings = Settings(api_key=KEY, traces=True)
    predictor = load(settings, None, proved=True).predictor
    reader = traces.TracedReader.load(predictor.bundle)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OTEL_TRACES_EXPORTER", "none")
        app = create_app(settings, predictor, minutes_reader=reader)
    app.state.traces.add_span_processor(SimpleSpanProcessor(traces.Discreet(sent)))

    @app.post("/v1/fails")
    async def fails(body: dict[str, Any]) -> None:
        raise ValueError(body["text"])

    yield app
    app.state.traces.shutdown()


@pytest.fixture(scope="module")
def sent() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def client(app: FastAPI, sent: InMemorySpanExporter) -> TestClient:
    """Nothing was sent yet."""
    sent.clear()
    return TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {KEY}"})


def everything(found: list[ReadableSpan]) -> str:
    return "\n".join(span.to_json() for span in found)


def test_a_request_holds_the_reading_and_the_assessing(client: TestClient, sent: InMemorySpanExporter) -> None:
    """Route, status and id on the one, the number of opinions on the others, all of one trace."""
    answer = client.post("/v1/classify", json={"opinions": [{"text": GOOD}, {"text": GOOD}]})
    found = {span.name: span for span in sent.get_finished_spans()}
    assert found.keys() == {"POST /v1/classify", "ydan.assess", "ydan.read_opinions"}
    request = dict(found["POST /v1/classify"].attributes or {})
    assert request["http.route"] == "/v1/classify"
    assert request["ydan.request_id"] == answer.headers["x-request-id"]
    assert 200 in (request.get("http.status_code"), request.get("http.response.status_code"))
    assert dict(found["ydan.assess"].attributes or {}) == {"ydan.opinions": 2, "ydan.model.version": "1.0.0"}
    reading, assessing = found["ydan.read_opinions"].parent, found["ydan.assess"].context
    assert reading is not None
    assert assessing is not None
    assert reading.span_id == assessing.span_id


def test_a_caller_s_trace_goes_on(client: TestClient, sent: InMemorySpanExporter) -> None:
    """W3C trace context."""
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    client.get("/v1/taxonomy", headers={"traceparent": f"00-{trace_id}-00f067aa0ba902b7-01"})
    (span,) = sent.get_finished_spans()
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == trace_id


def test_the_reading_of_minutes_shows(client: TestClient, sent: InMemorySpanExporter) -> None:
    """Not by its name."""
    form = {"file": ("Ông Tạ Văn Mão.txt", MINUTES.encode(), "text/plain")}
    assert client.post("/v1/minutes", files=form).status_code == 200
    found = {span.name: dict(span.attributes or {}) for span in sent.get_finished_spans()}
    assert found["ydan.read_minutes"] == {"ydan.opinions": 1}


def test_nothing_of_what_people_wrote_is_sent(client: TestClient, sent: InMemorySpanExporter) -> None:
    """No body, path, query, header or words of an error."""
    client.post("/v1/classify", json={"opinions": [{"id": "Tạ Văn Mão", "text": f"{GOOD} 0912345678"}]})
    client.get("/people/Tạ Văn Mão", params={"phone": "0912345678"})
    client.get("/v1/taxonomy", params={"q": "0912345678"}, headers={"User-Agent": "0912345678"})
    assert client.post("/v1/fails", json={"text": f"Tạ Văn Mão: {GOOD}"}).status_code == 500
    client.post("/v1/minutes", files={"file": ("Tạ Văn Mão.txt", MINUTES.encode(), "text/plain")})
    found = list(sent.get_finished_spans())
    said = everything(found) + repr([(span.attributes, span.events, span.status) for span in found])
    assert [secret for secret in SECRETS if secret in said] == []
    assert {"POST /v1/fails", "GET unmatched"} <= {span.name for span in found}
    assert all(set(span.attributes or {}) <= traces.KEPT for span in found)


def test_probes_are_not_traced(client: TestClient, sent: InMemorySpanExporter) -> None:
    """They would be most of what is sent."""
    for path in ("/health/live", "/health/ready", "/metrics"):
        assert client.get(path).status_code == 200
    assert sent.get_finished_spans() == ()


class Receiver(BaseHTTPRequestHandler):
    """The OTLP receiver's one path."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            import gzip

            body = gzip.decompress(body)
        self.server.got.append((self.path, ExportTraceServiceRequest.FromString(body)))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Nothing."""


def test_spans_arrive_at_a_receiver_of_otlp(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the OTEL_* variables say: address and name."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.got = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "ydan-thu")
    settings = Settings(traces=True)
    app = create_app(settings, load(settings, None, proved=True).predictor)
    provider = app.state.traces
    try:
        TestClient(app).post("/v1/classify", json={"opinions": [{"text": GOOD}]})
        assert provider.force_flush()
    finally:
        provider.shutdown()
        server.shutdown()
        server.server_close()
        thread.join(10)
    got = server.got  # type: ignore[attr-defined]
    assert {path for path, _ in got} == {"/v1/traces"}
    resources = [resource for _, message in got for resource in message.resource_spans]
    names = {span.name for each in resources for scope in each.scope_spans for span in scope.spans}
    assert names == {"POST /v1/classify", "ydan.assess", "ydan.read_opinions"}
    labels = {each.key: each.value.string_value for each in resources[0].resource.attributes}
    assert labels["service.name"] == "ydan-thu"
    assert "lầy" not in str(got)


def test_without_the_extra_the_message_names_it(tmp_path: Path) -> None:
    """In a process of its own, where the package cannot be found."""
    code = (
        "import sys; sys.modules['opentelemetry.sdk'] = None\n"
        "from ydan_service.cli import main\nsys.exit(main(['--no-pages', '--port', '1']))"
    )
    environment = {"YDAN_TRACES": "on", "YDAN_DATA": str(tmp_path), "PATH": "", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, encoding="utf-8")
    assert done.returncode == 2
    assert 'pip install "ydan[traces]"' in done.stderr
