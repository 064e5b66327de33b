"""Who may call: nobody needs a key on loopback unless one is set; then everything but health does."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import KEY, Serve

GUARDED = [
    ("POST", "/v1/classify"),
    ("GET", "/v1/taxonomy"),
    ("GET", "/v1/model"),
    ("GET", "/metrics"),
    ("GET", "/openapi.json"),
]


def ask(client: TestClient, method: str, path: str, **headers: str | bytes) -> int:
    body = {"opinions": []} if method == "POST" else None
    encoded = {name: value.encode() if isinstance(value, str) else value for name, value in headers.items()}
    return int(client.request(method, path, json=body, headers=encoded).status_code)  # type: ignore[arg-type]


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_on_loopback_nobody_needs_a_key(client: TestClient, method: str, path: str) -> None:
    """CONTRACT.md: the stateless routes, unless settings say so."""
    assert ask(client, method, path) == 200


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_where_a_key_is_set_every_route_but_health_asks_for_it(serve: Serve, method: str, path: str, host: str) -> None:
    """Whatever the address; with the right one the route answers."""
    client = serve(api_key=KEY, host=host)
    assert ask(client, method, path) == 401
    assert ask(client, method, path, authorization=f"Bearer {KEY}") == 200


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        KEY,
        f"Basic {KEY}",
        f"Bearer {KEY[:-1]}",
        f"Bearer {KEY}x",
        f"Bearer {KEY.upper()}",
        "Bearer ờ",
    ],
)
def test_a_wrong_key_is_refused(serve: Serve, given: str) -> None:
    """Missing, halved, lengthened, of another scheme, of other letters."""
    assert ask(serve(api_key=KEY), "GET", "/v1/model", authorization=given) == 401


def test_the_refusal_says_how_to_send_the_key(serve: Serve) -> None:
    """RFC 9110: 401 comes with ``WWW-Authenticate``; RFC 9457: with a code. The key itself is never shown."""
    found = serve(api_key=KEY).get("/v1/model")
    assert found.headers["www-authenticate"] == 'Bearer realm="ydan"'
    assert found.json()["code"] == "unauthorized"
    assert "Authorization: Bearer" in found.json()["detail"]
    assert KEY not in found.text


@pytest.mark.parametrize("key", [KEY, "khoá-dài-có-dấu-tiếng-Việt"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_the_right_key_is_taken_however_the_scheme_is_spelled(serve: Serve, key: str, scheme: str) -> None:
    """Schemes have no case; a key may have diacritics, sent as UTF-8."""
    assert ask(serve(api_key=key), "GET", "/v1/model", authorization=f"{scheme} {key}".encode()) == 200


def test_a_refused_caller_makes_nobody_read_the_body(serve: Serve) -> None:
    """A body over the limit is not even looked at: the answer is 401, not 413."""
    found = serve(api_key=KEY, most_bytes=10).post("/v1/classify", json={"opinions": ["x" * 100]})
    assert found.status_code == 401


def test_keys_are_compared_in_constant_time(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """By ``hmac.compare_digest``: the time it takes tells no letter of the key."""
    import hmac

    compared: list[tuple[bytes, bytes]] = []
    real = hmac.compare_digest

    def noting(given: bytes, wanted: bytes) -> bool:
        compared.append((given, wanted))
        return real(given, wanted)

    monkeypatch.setattr(hmac, "compare_digest", noting)
    ask(serve(api_key=KEY), "GET", "/v1/model", authorization="Bearer x")
    assert compared == [(b"x", KEY.encode())]
