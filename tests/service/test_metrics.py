"""``GET /metrics``: counts of what was asked and answered, never a word of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from tests.conftest import Ask
from tests.service.conftest import GOOD, KEY, Serve
from ydan.assessment import Failure
from ydan_service.metrics import MEDIA_TYPE, MOST_ASIDE, Metrics

BRIBE = "Đề nghị tỉnh thanh tra ngay ông chủ tịch xã nhận hối lộ 200 triệu để cấp sổ đỏ sai, dân kéo lên xã đòi đất."
LABELS = {"method", "route", "status", "code", "head", "label", "urgency", "outcome", "of", "when", "queue", "state"}


def samples(client: TestClient) -> dict[str, float]:
    """The exposition, read by Prometheus' own parser: a name with its labels in order, and the value."""
    found = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[sample.name + (f"{{{labels}}}" if labels else "")] = sample.value
    return found


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


def test_labels_and_confidences_are_counted_by_head(client: TestClient) -> None:
    """Every assessed opinion once in each head."""
    answer = client.post("/v1/classify", json={"opinions": [{"text": GOOD}, {"text": BRIBE}]}).json()["results"]
    found = samples(client)
    for one in answer:
        assert found[f'ydan_labels_total{{head="topic",label="{one["topic"]["id"]}"}}'] >= 1
    for head in ("topic", "type", "level", "escalation"):
        given = [value for name, value in found.items() if name.startswith(f'ydan_labels_total{{head="{head}"')]
        assert sum(given) == 2
        assert found[f'ydan_confidence_count{{head="{head}"}}'] == 2
        assert found[f'ydan_confidence_bucket{{head="{head}",le="+Inf"}}'] == 2
    topics = [one["topic"]["confidence"] for one in answer]
    assert found['ydan_confidence_sum{head="topic"}'] == pytest.approx(sum(topics))
    assert found['ydan_confidence_bucket{head="topic",le="0.9"}'] == sum(value <= 0.9 for value in topics)


def test_what_must_go_up_is_counted_by_code_and_urgency(client: TestClient) -> None:
    """As the answer says; and what a person must look at."""
    (answer,) = client.post("/v1/classify", json={"opinions": [{"text": BRIBE}]}).json()["results"]
    found = samples(client)
    up = answer["escalation"]
    assert up["required"]
    assert found[f'ydan_opinions_escalated_total{{urgency="{up["urgency"]}"}}'] == 1
    assert up["reasons"]
    for reason in up["reasons"]:
        assert found[f'ydan_escalations_total{{code="{reason["code"]}",urgency="{up["urgency"]}"}}'] >= 1
    assert found["ydan_review_needed_total"] == answer["review"]["needed"]
    for reason in answer["review"]["reasons"]:
        assert found[f'ydan_review_reasons_total{{code="{reason["code"]}"}}'] == 1


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
def test_requests_are_counted_and_timed_by_route_and_status(
    client: TestClient, method: str, path: str, labels: str
) -> None:
    """Paths that no route took share one name: anybody could invent millions."""
    client.request(method, path)
    found = samples(client)
    assert found[f"ydan_requests_total{{{labels}}}"] == 1
    assert found[f"ydan_request_seconds_count{{{labels}}}"] == 1
    assert found["ydan_requests_in_progress"] == 1  # this one


def test_a_refused_caller_is_counted(serve: Serve) -> None:
    """Someone trying keys shows."""
    client = serve(api_key=KEY)
    client.get("/v1/model")
    text = client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"}).text
    assert 'ydan_requests_total{method="GET",route="/v1/model",status="401"} 1.0' in text


def test_what_a_full_server_refuses_counts_under_its_path(serve: Serve) -> None:
    """It never came to a route."""
    client = serve(most_waiting=1)
    client.app.state.admission.under_way = 1  # type: ignore[attr-defined]
    assert client.post("/v1/classify", json={"opinions": []}).status_code == 503
    found = samples(client)
    assert found['ydan_requests_total{method="POST",route="/v1/classify",status="503"}'] == 1
    assert (found["ydan_places"], found["ydan_places_taken"]) == (1, 1)


def test_a_crash_is_counted_as_500(client: TestClient) -> None:
    """The one that matters most."""
    client.app.state.predictor = None  # type: ignore[attr-defined]
    client.get("/health/ready")
    assert samples(client)['ydan_requests_total{method="GET",route="/health/ready",status="500"}'] == 1


def test_the_model_is_named(client: TestClient) -> None:
    """With its versions, as labels of a 1."""
    ready = client.get("/health/ready").json()
    names = {"competence": "competence", "taxonomy": "taxonomy"}
    labels = ",".join(f'{name}="{ready[key]["version"]}"' for name, key in [("competence", names["competence"])])
    name, version = ready["model"]["name"], ready["model"]["version"]
    labels += f',name="{name}",taxonomy="{ready["taxonomy"]["version"]}",version="{version}"'
    assert samples(client)[f"ydan_model_info{{{labels}}}"] == 1


def test_the_format_is_the_one_that_prometheus_reads(client: TestClient) -> None:
    """Media type and version; help and type before the samples; a newline at the end."""
    found = client.get("/metrics")
    assert found.headers["content-type"] == MEDIA_TYPE
    assert found.text.endswith("\n")
    for name in ("ydan_requests_total", "ydan_opinions_assessed_total", "ydan_opinion_failures_total"):
        assert f"# TYPE {name} counter\n" in found.text
    assert "# TYPE ydan_classify_seconds histogram\n" in found.text
    assert "process_resident_memory_bytes" in found.text


def test_no_word_of_an_opinion_is_shown(client: TestClient) -> None:
    """Nor an id, nor a path, and no label beside the known ones."""
    client.post("/v1/classify", json={"opinions": [{"id": "bà Tư", "text": GOOD}, {"id": "ông Năm", "text": "?"}]})
    client.get("/meetings/lầy-lội")
    text = client.get("/metrics").text
    assert not any(word in text for word in ("lầy", "Tư", "Năm", "meetings"))
    families = list(text_string_to_metric_families(text))
    labels = {name for family in families for sample in family.samples for name in sample.labels}
    assert labels <= LABELS | {"le", "name", "version", "taxonomy", "competence"}


def test_threads_lose_no_count(ask: Ask) -> None:
    """The service counts from several; what is put aside is counted when it is much, and when somebody looks."""
    metrics = Metrics()
    found = ask(GOOD)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2000):
            pool.submit(metrics.assessed, [found, Failure("2", "empty_text", "…")], 0.0)
    text = metrics.render().decode()
    assert "ydan_opinions_assessed_total 2000.0\n" in text
    assert 'ydan_opinion_failures_total{code="empty_text"} 2000.0\n' in text
    assert metrics.window.seen().profile.opinions == 2000


def test_no_opinion_waits_long_to_be_counted(ask: Ask) -> None:
    """Its words are in memory while it waits."""
    metrics = Metrics()
    for _ in range(MOST_ASIDE + 3):
        metrics.assessed([ask(GOOD)], 0.0)
    assert len(metrics._aside) == 3


def test_two_apps_count_apart(serve: Serve) -> None:
    """A registry an app."""
    one, other = serve(), serve()
    one.post("/v1/classify", json={"opinions": [{"text": GOOD}]})
    assert samples(one)["ydan_opinions_assessed_total"] == 1
    assert samples(other)["ydan_opinions_assessed_total"] == 0
