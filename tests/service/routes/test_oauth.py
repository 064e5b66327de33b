"""Client credentials over HTTP, as any OAuth library asks for them (RFC 6749, RFC 8414)."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import Serve
from tests.service.programs.test_callers import add, renew
from ydan_service.programs import tokens
from ydan_service.store.store import Store

ASK = {"grant_type": "client_credentials"}


@pytest.fixture
def at(serve: Serve, the_store: Store) -> TestClient:
    """An endpoint that others can reach."""
    return serve(the_store, host="0.0.0.0", public_url="https://ydan.example")


@pytest.fixture
def credentials(the_store: Store) -> tuple[str, str]:
    return add(the_store).caller.client_id, renew(the_store, kind="client_secret").secret


def ask(client: TestClient, form: dict[str, str], **more: Any) -> Any:
    return client.post("/v1/oauth/token", data={**ASK, **form}, **more)


def test_credentials_go_by_basic_or_in_the_form(store: Store, at: TestClient, credentials: tuple[str, str]) -> None:
    """RFC 6749 2.3.1; the answer is kept by nobody on the way."""
    for found in (
        ask(at, {}, auth=credentials),
        ask(at, {"client_id": credentials[0], "client_secret": credentials[1]}),
        ask(at, {"client_id": credentials[0]}, auth=credentials),
    ):
        assert found.status_code == 200
        assert (found.headers["cache-control"], found.headers["pragma"]) == ("no-store", "no-cache")
        body = found.json()
        assert body.pop("access_token").startswith("ydan_token_")
        assert body == {"token_type": "Bearer", "expires_in": 3600, "scope": "classify jobs"}


def test_fewer_scopes_can_be_asked_for(at: TestClient, credentials: tuple[str, str]) -> None:
    """An empty one is none."""
    assert ask(at, {"scope": "jobs"}, auth=credentials).json()["scope"] == "jobs"
    assert ask(at, {"scope": ""}, auth=credentials).json()["scope"] == "classify jobs"


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"scope": "metrics"}, 400, "invalid_scope"),
        ({"client_secret": "x"}, 400, "invalid_request"),
        ({"client_id": "client_khac"}, 400, "invalid_request"),
        ({"x": "\0"}, 400, "invalid_request"),
    ],
)
def test_what_is_wrong_is_named_as_the_standard_names_it(
    at: TestClient, credentials: tuple[str, str], form: dict[str, str], status: int, error: str
) -> None:
    """RFC 6749 5.2, with a sentence for people."""
    found = ask(at, form, auth=credentials)
    assert (found.status_code, found.json()["error"], found.headers["cache-control"]) == (status, error, "no-store")
    assert found.json()["error_description"].endswith(".")


@pytest.mark.parametrize(
    "authorization",
    [None, "Basic", "Basic %%%", "Bearer abc", "Basic " + base64.b64encode(b"khong-hai-cham").decode(),
     "Basic " + base64.b64encode(b"client_x:ydan_secret_x").decode(),
     "Basic " + base64.b64encode(b"\xff:\xff").decode()],
)  # fmt: skip
def test_who_is_not_known_gets_401(at: TestClient, authorization: str | None) -> None:
    """With the scheme to use; unknown and wrong are not told apart."""
    found = ask(at, {}, headers={} if authorization is None else {"Authorization": authorization})
    assert (found.status_code, found.json()["error"]) == (401, "invalid_client")
    assert found.headers["www-authenticate"] == 'Basic realm="ydan"'


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"grant_type": "client_credentials"}', "application/json", 400),
        (b"grant_type=client_credentials&grant_type=x", "application/x-www-form-urlencoded", 400),
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"khong-co-dau-bang", "application/x-www-form-urlencoded", 400),
        (b"a=" + b"x" * 20_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_body_that_is_no_form_is_refused(at: TestClient, body: bytes, kind: str, status: int) -> None:
    """Before anything is looked up."""
    found = at.post("/v1/oauth/token", content=body, headers={"Content-Type": kind})
    assert found.status_code == status
    assert status == 413 or found.json()["error"] == "invalid_request"


def test_a_secret_with_signs_may_be_encoded(at: TestClient, credentials: tuple[str, str]) -> None:
    """RFC 6749 encodes both parts before Basic does; most libraries do, some do not."""
    id_, secret = (part.replace("_", "%5F") for part in credentials)
    assert ask(at, {}, auth=(id_, secret)).status_code == 200


def test_a_token_for_every_call_is_too_many(
    at: TestClient, credentials: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token works an hour."""
    monkeypatch.setattr(tokens, "MOST_PER_MINUTE", 2)
    found = [ask(at, {}, auth=credentials) for _ in range(3)]
    assert [each.status_code for each in found] == [200, 200, 429]
    assert found[2].headers["retry-after"] == "60"


def test_where_nothing_is_kept_there_are_no_tokens(client: TestClient) -> None:
    """501 with what to set; the route stays in the document."""
    found = ask(client, {}, auth=("a", "b"))
    assert (found.status_code, found.json()["code"]) == (501, "no_store")
    assert "YDAN_DATABASE_URL" in found.json()["detail"]
    assert "/v1/oauth/token" in client.get("/openapi.json").json()["paths"]


def test_a_library_finds_the_endpoint_by_itself(at: TestClient) -> None:
    """RFC 8414, to everybody, with the address that callers use."""
    found = at.get("/.well-known/oauth-authorization-server")
    assert found.status_code == 200
    assert found.json()["issuer"] == "https://ydan.example"
    assert found.json()["token_endpoint"] == "https://ydan.example/v1/oauth/token"
    assert found.json()["grant_types_supported"] == ["client_credentials"]
    assert "classify" in found.json()["scopes_supported"]


def test_an_oauth_library_gets_a_token(at: TestClient, credentials: tuple[str, str]) -> None:
    """Authlib, with nothing but the address and the credentials."""
    pytest.importorskip("authlib")
    from authlib.oauth2.rfc6749.parameters import prepare_token_request

    body = prepare_token_request("client_credentials", "", scope="classify")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    found = at.post("/v1/oauth/token", content=body, headers=kind, auth=credentials)
    assert found.json()["scope"] == "classify"
