"""What changes only with the model is not sent again to who has it; HEAD says the same without a body."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from ydan_service.routes.cached import language_of
from ydan_service.routes.knowledge_out import CompetenceOut, RulingOut, TaxonomyOut
from ydan_service.routes.model import ModelCard

RULING = "/v1/competence/provincial_road?date=2026-03-01"
PATHS = ("/v1/taxonomy", "/v1/competence", RULING, "/v1/model")


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_answer_gets_304_without_it(client: TestClient, path: str) -> None:
    """By the strong ETag, alone or among others, or by a star."""
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.status_code == 200
    assert tag.startswith('"')
    assert first.headers["cache-control"] == "private, no-cache"
    for given in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        again = client.get(path, headers={"if-none-match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"if-none-match": '"x"'}).content == first.content


@pytest.mark.parametrize("path", PATHS)
def test_head_says_what_get_would(client: TestClient, path: str) -> None:
    """Length and ETag; no body."""
    asked, found = client.head(path), client.get(path)
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["etag"] == found.headers["etag"]
    assert int(asked.headers["content-length"]) == len(found.content)
    assert client.head(path, headers={"if-none-match": found.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "shape"),
    list(zip(PATHS, (TaxonomyOut, CompetenceOut, RulingOut, ModelCard), strict=True)),
)
def test_the_answer_is_what_the_document_describes(client: TestClient, path: str, shape: type[BaseModel]) -> None:
    """No field lost, none added."""
    body = client.get(path).json()
    assert shape.model_validate(body).model_dump(mode="json", by_alias=True) == body


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_names_its_versions(client: TestClient, path: str) -> None:
    """Those of classify."""
    versions: dict[str, Any] = client.post("/v1/classify", json={"opinions": []}).json()
    body = client.get(path).json()
    for name in ("taxonomy", "competence"):
        assert body[name] in (versions[name], versions[name]["version"])
    assert body["version" if path == "/v1/model" else "model"] in (versions["model"], versions["model"]["version"])


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "vi"),
        ("en", "en"),
        ("en-US,en;q=0.9,vi;q=0.8", "en"),
        ("vi-VN,en;q=0.5", "vi"),
        ("fr, *;q=0.5", "vi"),
        ("en;q=0", "vi"),
        ("en;q=x", "vi"),
        ("fr,en;q=0.1", "en"),
    ],
)
def test_the_language_that_is_liked_best_is_taken(header: str, language: str) -> None:
    """Of the two that there are."""
    from starlette.requests import Request

    scope = {"type": "http", "headers": [(b"accept-language", header.encode())]}
    assert language_of(Request(scope)) == language


def test_only_the_cards_words_are_there_in_english(client: TestClient) -> None:
    """Labels have Vietnamese alone: the same bytes whatever is liked, and the header says so."""
    english = {"accept-language": "en"}
    assert client.get("/v1/taxonomy", headers=english).headers["content-language"] == "vi"
    vi, en = client.get("/v1/model"), client.get("/v1/model", headers=english)
    assert (vi.headers["content-language"], en.headers["content-language"]) == ("vi", "en")
    assert vi.headers["etag"] != en.headers["etag"]
    assert en.json()["card"]["rule"] == "Every label is a suggestion that a person confirms."
    assert {**vi.json(), "card": None} == {**en.json(), "card": None}
    assert "Accept-Language" in vi.headers["vary"]
