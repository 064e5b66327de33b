"""What the answers are made of, as JSON."""

from __future__ import annotations

import json

from starlette.testclient import TestClient

from ydan.predictor import Predictor
from ydan.taxonomy import load_taxonomy


def test_the_taxonomy_holds_every_id_that_an_answer_can(client: TestClient) -> None:
    """Each kind complete and in order, under its version."""
    known = load_taxonomy()
    found = client.get("/v1/taxonomy").json()
    assert found["version"] == known.version
    for kind in ("topics", "matters", "types", "levels", "escalation_codes", "bodies"):
        assert [label["id"] for label in found[kind]] == list(getattr(known, kind))
        assert all(label["label"] for label in found[kind])


def test_a_topic_says_what_belongs_elsewhere(client: TestClient) -> None:
    """By the ids of the neighbours."""
    topics = client.get("/v1/taxonomy").json()["topics"]
    ids = {topic["id"] for topic in topics}
    assert any(topic["goes_elsewhere"] for topic in topics)
    assert all(set(topic["goes_elsewhere"]) <= ids for topic in topics)


def test_the_model_tells_its_version_labels_and_limits(client: TestClient, predictor: Predictor) -> None:
    """The same as the loaded bundle's, figures of the card included."""
    found = client.get("/v1/model").json()
    bundle = predictor.bundle
    assert (found["name"], found["version"]) == (bundle.name, bundle.version)
    assert found["heads"]["topic"] == list(bundle.heads.heads["topic"].labels)
    assert found["thresholds"] == json.loads(json.dumps(bundle.thresholds))
    assert found["about"] == json.loads(json.dumps(bundle.about))


def test_the_answers_versions_are_those_of_the_model_route(client: TestClient) -> None:
    """An archive can be compared with what runs now."""
    model = client.get("/v1/model").json()
    answer = client.post("/v1/classify", json={"opinions": []}).json()
    assert answer["model"]["version"] == model["version"]
    assert answer["taxonomy"]["version"] == model["taxonomy"]
    assert answer["competence"]["version"] == model["competence"]
