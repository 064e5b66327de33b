"""What an answer to a program says beside its body."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, KEY, Serve
from ydan_service.settings import Settings, SettingsError

PAGE = "https://cong.haiphong.gov.vn"
CLASSIFY = {"opinions": [{"id": "1", "text": GOOD}]}


@pytest.mark.parametrize("path", ["/v1/taxonomy", "/v1/khong-co", "/health/live", "/openapi.json"])
def test_answers_are_never_taken_for_something_else(client: TestClient, path: str) -> None:
    """Not sniffed, not framed, nothing loaded."""
    found = client.get(path).headers
    assert found["x-content-type-options"] == "nosniff"
    assert found["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_what_is_about_people_is_kept_by_nobody_on_the_way(client: TestClient) -> None:
    """Neither by a proxy nor by a browser."""
    assert client.post("/v1/classify", json=CLASSIFY).headers["cache-control"] == "no-store"


def test_other_sites_pages_may_not_read_answers_by_default(client: TestClient) -> None:
    """No CORS header at all, and no preflight."""
    found = client.get("/v1/model", headers={"Origin": PAGE})
    assert not [name for name in found.headers if name.startswith("access-control-")]
    asked = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
    assert client.options("/v1/classify", headers=asked).status_code == 405


def test_pages_of_the_named_origins_may(serve: Serve) -> None:
    """With a key of their own, never with cookies; they can read what the headers say."""
    client = serve(cors_origins=(PAGE,), api_key=KEY)
    asked = {"Origin": PAGE, "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "authorization,content-type,idempotency-key"}  # fmt: skip
    preflight = client.options("/v1/classify", headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, PAGE)
    assert "idempotency-key" in preflight.headers["access-control-allow-headers"].lower()
    found = client.post("/v1/classify", json=CLASSIFY, headers={"Origin": PAGE, "Authorization": f"Bearer {KEY}"})
    assert (found.status_code, found.headers["access-control-allow-origin"]) == (200, PAGE)
    assert "X-Request-Id" in found.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in found.headers
    refused = client.post("/v1/classify", json=CLASSIFY, headers={"Origin": PAGE})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, PAGE)


def test_others_and_other_paths_may_not(serve: Serve) -> None:
    """Health and metrics are for machines, not for pages."""
    client = serve(cors_origins=(PAGE,))
    for path, origin in (("/v1/model", "https://khac.vn"), ("/metrics", PAGE), ("/health/live", PAGE)):
        found = client.get(path, headers={"Origin": origin})
        assert "access-control-allow-origin" not in found.headers


@pytest.mark.parametrize("origin", ["cong.haiphong.gov.vn", f"{PAGE}/", f"{PAGE}/trang", "ftp://may", "https://"])
def test_an_origin_that_no_browser_sends_is_refused_at_the_start(origin: str) -> None:
    """It would never match, and nobody would know why."""
    with pytest.raises(SettingsError, match="YDAN_CORS_ORIGINS"):
        Settings(cors_origins=(origin,))
    assert Settings(cors_origins=("*", PAGE, "http://localhost:5173")).cors_origins


def test_where_nobody_needs_a_key_other_sites_pages_do_nothing(serve: Serve) -> None:
    """A page that a person on this machine happens to open must not hand anything in; one that is named may."""
    client = serve()
    other = {"Origin": "https://khac.vn", "Sec-Fetch-Site": "cross-site"}
    found = client.post("/v1/classify", json=CLASSIFY, headers=other)
    assert (found.status_code, found.json()["code"]) == (403, "forbidden")
    assert client.get("/v1/model", headers=other).status_code == 200
    named = serve(cors_origins=("https://khac.vn",)).post("/v1/classify", json=CLASSIFY, headers=other)
    assert named.status_code == 200
