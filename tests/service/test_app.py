"""The app is described by a valid OpenAPI document that it keeps to."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from tests.service.conftest import KEY, Serve
from ydan_service.app import create_app
from ydan_service.schemas import REQUEST_EXAMPLES, ClassifyIn, ClassifyOut
from ydan_service.settings import Settings

ROUTES = {
    "/v1/classify": {"post"},
    "/v1/classify/stream": {"post"},
    "/v1/minutes": {"post"},
    "/v1/feedback": {"post"},
    "/v1/feedback/{number}": {"delete"},
    "/v1/feedback/agreement": {"get"},
    "/v1/competence": {"get"},
    "/v1/competence/{matter}": {"get"},
    "/v1/selftest": {"get"},
    "/v1/taxonomy": {"get"},
    "/v1/model": {"get"},
    "/health/live": {"get"},
    "/health/ready": {"get"},
    "/metrics": {"get"},
}
FREE = {"/health/live", "/health/ready", "/v1/oauth/token", "/.well-known/oauth-authorization-server"}
"""Routes that ask for no key."""


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


@pytest.mark.parametrize("settings", [{}, {"api_key": KEY}])
def test_the_openapi_document_is_valid(serve: Serve, settings: dict[str, str]) -> None:
    """With a key and without."""
    validate(serve(**settings).get("/openapi.json", headers={"Authorization": f"Bearer {KEY}"}).json())


def test_the_document_names_every_route(document: dict[str, Any]) -> None:
    """CONTRACT.md's, method by method, among those that came after it."""
    assert ROUTES.items() <= {path: set(methods) for path, methods in document["paths"].items()}.items()


def test_every_reference_in_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    """A client generator follows them all."""

    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [ref for value in node.values() for ref in references(value)]
        return [ref for value in node for ref in references(value)] if isinstance(node, list) else []

    found = references(document)
    assert "#/components/schemas/ClassifyIn" in found
    for reference in found:
        node: Any = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


@pytest.mark.parametrize("name", REQUEST_EXAMPLES)
def test_a_request_example_is_accepted_and_its_answer_fits_the_schema(client: TestClient, name: str) -> None:
    """As many results as opinions, in order."""
    example = REQUEST_EXAMPLES[name]["value"]
    ClassifyIn.model_validate(example)
    found = client.post("/v1/classify", json=example)
    assert found.status_code == 200
    answer = ClassifyOut.model_validate(found.json())
    assert [result.id for result in answer.results] == [opinion["id"] for opinion in example["opinions"]]


def test_with_a_key_the_document_says_which_routes_need_it(serve: Serve) -> None:
    """All but health and what tells where a token is had; each names its scope, and how it refuses."""
    document = serve(api_key=KEY).get("/openapi.json", headers={"Authorization": f"Bearer {KEY}"}).json()
    needs = {path for path, methods in document["paths"].items() if any(m["security"] for m in methods.values())}
    assert set(document["paths"]) - needs >= FREE
    assert needs >= set(ROUTES) - FREE
    classify = document["paths"]["/v1/classify"]["post"]
    assert classify["security"] == [{"key": []}, {"oauth": ["classify"]}]
    assert {"401", "403", "429"} <= set(classify["responses"])


def test_without_a_key_the_document_says_that_none_is_needed(document: dict[str, Any]) -> None:
    """OpenAPI's way: nothing at all is one of the ways."""
    assert document["paths"]["/v1/model"]["get"]["security"] == [{}, {"key": []}, {"oauth": ["knowledge"]}]


def test_two_apps_share_nothing(predictor: Any) -> None:
    """Each has its own settings and counters."""
    one, other = (TestClient(create_app(Settings(), predictor)) for _ in range(2))
    one.get("/health/live")
    assert "/health/live" not in other.get("/metrics").text


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_loads_scripts_from_elsewhere_is_served(client: TestClient, path: str) -> None:
    """A commune's network may be closed, and a page from a CDN would be a hole."""
    assert client.get(path).status_code == 404
