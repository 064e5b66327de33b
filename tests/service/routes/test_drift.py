"""``GET /v1/drift``: what comes in against what the model learned from."""

from __future__ import annotations

import json
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from tests.service.conftest import KEY, Serve
from ydan.model.drift import LEAST
from ydan_service.routes.drift import DriftOut


def ask(client: TestClient, texts: list[str]) -> None:
    client.post("/v1/classify", json={"opinions": [{"text": text} for text in texts]})


def drift(client: TestClient) -> DriftOut:
    return DriftOut.model_validate(client.get("/v1/drift").json())


def corpus(root: Path) -> list[str]:
    lines = (root / "data/opinions/test.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def gauges(client: TestClient, name: str) -> dict[str, float]:
    return {
        ",".join(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
        if sample.name == name
    }


def test_of_few_opinions_nothing_is_said(client: TestClient) -> None:
    """Only how many there are, and how many it takes."""
    ask(client, ["Đường thôn 6 lầy lội, đề nghị xã sửa."] * 3)
    found = drift(client)
    assert (found.verdict, found.opinions, found.least) == ("too_few", 3, LEAST)
    assert {each.verdict for each in found.differences} == {"too_few"}
    assert gauges(client, "ydan_drift_psi") == {}
    assert gauges(client, "ydan_drift_opinions") == {"": 3}


def test_opinions_like_those_of_the_corpus_are_stable_as_texts(client: TestClient, root: Path) -> None:
    """Lengths and unknown syllables are those of the held-out opinions."""
    ask(client, corpus(root))
    found = {each.of: each for each in drift(client).differences}
    assert found["length"].verdict == found["unknown"].verdict == "stable"
    assert gauges(client, "ydan_drift_psi").keys() == found.keys()


def test_another_language_drifts(client: TestClient, root: Path) -> None:
    """Every syllable is unknown; the gauges say the same."""
    ask(client, [text.translate(str.maketrans("aeiou", "wzjfw")) for text in corpus(root)])
    found = drift(client)
    assert found.verdict == "drifted"
    assert found.unknown_share.now is not None
    assert found.unknown_share.reference is not None
    assert found.unknown_share.now > 5 * found.unknown_share.reference
    shares = gauges(client, "ydan_text_share")
    assert round(shares["unknown,now"], 4) == found.unknown_share.now
    assert gauges(client, "ydan_drift_psi")["unknown"] > 0.25


def test_it_is_for_those_who_may_see_metrics(serve: Serve) -> None:
    """A key, like /metrics."""
    client = serve(api_key=KEY)
    assert client.get("/v1/drift").status_code == 401
    assert client.get("/v1/drift", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
