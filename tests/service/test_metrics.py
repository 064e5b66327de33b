"""``GET /metrics``: counts of what was asked and answered, never a word of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, KEY, Serve
from ydan_service.metrics import MEDIA_TYPE, Metrics


def samples(client: TestClient) -> dict[str, float]:
    """The exposition, parsed: a name with its labels, and the value."""
    lines = client.get("/metrics").text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def test_a_fresh_app_has_counted_nothing(client: TestClient) -> None:
    """Its own counters are there, at zero."""
    found = samples(client)
    assert (found["ydan_opinions_assessed_total"], found["ydan_classify_seconds_count"]) == (0, 0)
    assert not any(name.startswith("ydan_requests_total") for name in found)


def test_opinions_are_counted_by_what_became_of_them(client: TestClient) -> None:
    """Assessed, or refused with a code; and the time it took."""
    body = {"opinions": [{"text": GOOD}, {"text": ""}, {"text": GOOD}, {"text": ""}, {}]}
    client.post("/v1/classify", json=body)
    found = samples(client)
    assert found["ydan_opinions_assessed_total"] == 2
    assert found['ydan_opinion_failures_total{code="empty_text"}'] == 2
    assert found['ydan_opinion_failures_total{code="missing_text"}'] == 1
    assert found["ydan_classify_seconds_count"] == 1
    assert found["ydan_classify_seconds_sum"] > 0


@pytest.mark.parametrize(
    ("method", "path", "labels"),
    [
        ("GET", "/health/live", 'method="GET",route="/health/live",status="200"'),
        ("GET", "/v1/classify", 'method="GET",route="/v1/classify",status="405"'),
        ("POST", "/v1/classify", 'method="POST",route="/v1/classify",status="400"'),
        ("GET", "/nha/rieng/09x", 'method="GET",route="unmatched",status="404"'),
        ("XYZ", '/"}', 'method="other",route="unmatched",status="404"'),
    ],
)
def test_requests_are_counted_by_route_and_status(client: TestClient, method: str, path: str, labels: str) -> None:
    """Paths that no route took share one name: anybody could invent millions."""
    client.request(method, path)
    assert samples(client)[f"ydan_requests_total{{{labels}}}"] == 1


def test_a_refused_caller_is_counted(serve: Serve) -> None:
    """Someone trying keys shows."""
    client = serve(api_key=KEY)
    client.get("/v1/model")
    text = client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"}).text
    assert 'ydan_requests_total{method="GET",route="/v1/model",status="401"} 1' in text


def test_a_crash_is_counted_as_500(client: TestClient) -> None:
    """The one that matters most."""
    client.app.state.predictor = None  # type: ignore[attr-defined]
    client.get("/health/ready")
    assert samples(client)['ydan_requests_total{method="GET",route="/health/ready",status="500"}'] == 1


def test_the_format_is_the_one_that_prometheus_reads(client: TestClient) -> None:
    """Media type and version; help and type before the samples; a newline at the end."""
    found = client.get("/metrics")
    assert found.headers["content-type"] == MEDIA_TYPE
    assert found.text.endswith("\n")
    for name in ("ydan_requests_total", "ydan_opinions_assessed_total", "ydan_opinion_failures_total"):
        assert f"# TYPE {name} counter\n" in found.text
    assert "# TYPE ydan_classify_seconds summary\n" in found.text


def test_no_word_of_an_opinion_is_shown(client: TestClient) -> None:
    """Nor an id."""
    client.post("/v1/classify", json={"opinions": [{"id": "bà Tư", "text": GOOD}, {"id": "ông Năm", "text": "?"}]})
    text = client.get("/metrics").text
    assert not any(word in text for word in ("lầy", "Tư", "Năm"))


def test_threads_lose_no_count() -> None:
    """The service counts from several."""
    metrics = Metrics()
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2000):
            pool.submit(metrics.classified, 1, {"empty_text": 1}, 0.0)
    assert "ydan_opinions_assessed_total 2000\n" in metrics.render()
    assert 'ydan_opinion_failures_total{code="empty_text"} 2000\n' in metrics.render()
