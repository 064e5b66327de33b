"""Who may call with a key of their own: scopes, rates, persons; over HTTP, on both databases."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, KEY, APerson, Serve
from tests.service.programs.test_callers import PORTAL, add, renew
from ydan_service.accounts import sessions
from ydan_service.programs import callers
from ydan_service.programs.recognise import Recognition
from ydan_service.security import requires
from ydan_service.store.store import Store

CLASSIFY = {"opinions": [{"id": "1", "text": GOOD}]}
OPEN = {"host": "0.0.0.0"}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_callers_key_opens_what_its_scopes_say(serve: Serve, store: Store) -> None:
    """And no more: 403 names the scope that is missing, as RFC 6750 wants it."""
    headers = bearer(add(store, scopes=("classify",)).secret)
    client = serve(store, **OPEN)
    assert client.post("/v1/classify", json=CLASSIFY, headers=headers).status_code == 200
    for path, scope in (("/v1/model", "knowledge"), ("/v1/taxonomy", "knowledge"), ("/metrics", "metrics")):
        found = client.get(path, headers=headers)
        assert (found.status_code, found.json()["code"]) == (403, "insufficient_scope")
        assert found.headers["www-authenticate"] == f'Bearer realm="ydan", error="insufficient_scope", scope="{scope}"'
    assert client.get("/openapi.json", headers=headers).status_code == 200


def test_the_settings_key_opens_everything_beside_callers(serve: Serve, sqlite_store: Store) -> None:
    """It asks no database."""
    add(sqlite_store)
    client = serve(sqlite_store, api_key=KEY)
    for path in ("/v1/model", "/metrics"):
        assert client.get(path, headers=bearer(KEY)).status_code == 200


def test_a_key_that_does_not_work_is_refused(serve: Serve, sqlite_store: Store) -> None:
    """Expired, revoked, its caller disabled, invented; ``invalid_token`` tells it from a missing one."""
    expired = add(sqlite_store, "Hết hạn", valid=timedelta(microseconds=1)).secret
    revoked, closed = add(sqlite_store, "Thu hồi").secret, add(sqlite_store, "Bị khoá").secret
    with sqlite_store.begin() as session:
        callers.revoke(session, None, revoked)
        callers.disable(session, None, "Bị khoá")
    client = serve(sqlite_store, **OPEN)
    for secret in (expired, revoked, closed, revoked[:-1] + "x", "ydan_key_", "khoá-lạ"):
        found = client.get("/v1/model", headers={b"Authorization": f"Bearer {secret}".encode()})
        assert (found.status_code, found.json()["code"]) == (401, "unauthorized")
        assert found.headers["www-authenticate"] == 'Bearer realm="ydan", error="invalid_token"'
        assert secret not in found.text
    assert client.get("/v1/model").headers["www-authenticate"] == 'Bearer realm="ydan"'


def test_loopback_is_open_until_there_is_a_caller(serve: Serve, sqlite_store: Store) -> None:
    """CONTRACT.md: no key on loopback; who adds a caller means that callers are told apart."""
    client = serve(sqlite_store)
    assert client.get("/v1/model").status_code == 200
    secret = add(sqlite_store, scopes=("knowledge",)).secret
    client = serve(sqlite_store)
    assert client.get("/v1/model").status_code == 401
    assert client.get("/v1/model", headers=bearer(secret)).status_code == 200


def test_a_token_opens_what_it_was_asked_for(serve: Serve, store: Store) -> None:
    """The whole way: client secret, token, call."""
    made = add(store, scopes=("classify", "knowledge"))
    secret = renew(store, kind="client_secret").secret
    client = serve(store, **OPEN)
    form = {"grant_type": "client_credentials", "scope": "classify"}
    token = client.post("/v1/oauth/token", data=form, auth=(made.caller.client_id, secret)).json()["access_token"]
    assert client.post("/v1/classify", json=CLASSIFY, headers=bearer(token)).status_code == 200
    assert client.get("/v1/model", headers=bearer(token)).status_code == 403
    assert client.get("/v1/model", headers=bearer(secret)).status_code == 401


def test_a_person_who_is_signed_in_may_call_with_the_sessions_token(
    serve: Serve, sqlite_store: Store, a_person: APerson
) -> None:
    """What anybody may; jobs, webhooks and feedback ask for an administrator of the whole office."""
    client = serve(sqlite_store, **OPEN)
    for person, whole in ((a_person("leader"), False), (a_person("administrator", everywhere=True), True)):
        with sqlite_store.begin() as session:
            started = sessions.start(session, person.id)
        cookies = {"Cookie": f"__Host-ydan={started.token}"}
        assert client.get("/v1/model", headers=cookies).status_code == 200
        assert client.post("/v1/classify", json=CLASSIFY, headers=cookies).json()["code"] == "forbidden"
        own = {**cookies, "X-CSRF-Token": started.csrf_token}
        assert client.post("/v1/classify", json=CLASSIFY, headers=own).status_code == 200
        scopes = calling_of(client, own)
        assert ("jobs" in scopes, "classify" in scopes) == (whole, True)


def calling_of(client: TestClient, headers: dict[str, str]) -> frozenset[str]:
    from fastapi import Depends, FastAPI

    from ydan_service.programs.calling import Calling

    app = client.app
    assert isinstance(app, FastAPI)
    seen: list[Calling] = []

    @app.get("/v1/ai-goi")
    def who(calling: Calling = Depends(requires("classify"))) -> None:  # noqa: B008
        seen.append(calling)

    app.router.routes.insert(0, app.router.routes.pop())
    client.get("/v1/ai-goi", headers=headers)
    app.router.routes.pop(0)
    return seen[0].scopes


def test_a_route_cannot_ask_for_a_scope_that_does_not_exist() -> None:
    """It would be closed to all."""
    with pytest.raises(ValueError, match="classify"):
        requires("everything")


def test_over_the_limit_a_caller_is_told_when_to_come_again(serve: Serve, sqlite_store: Store) -> None:
    """429 with Retry-After; each answer says where it stands, a refused one as well; others go on."""
    mine, others = (
        add(sqlite_store, per_minute=2, scopes=("classify", "knowledge")),
        add(sqlite_store, "Khác", scopes=("knowledge",)),
    )
    client = serve(sqlite_store, rate_per_minute=100, **OPEN)
    found = [client.get("/v1/model", headers=bearer(mine.secret)) for _ in range(3)]
    assert [each.status_code for each in found] == [200, 200, 429]
    assert [each.headers["x-ratelimit-remaining"] for each in found] == ["1", "0", "0"]
    assert all(each.headers["ratelimit-policy"] == '"minute";q=2;w=60' for each in found)
    assert found[2].json()["code"] == "rate_limited"
    assert found[2].headers["ratelimit"] == f'"minute";r=0;t={found[2].headers["retry-after"]}'
    assert client.get("/v1/model", headers=bearer(others.secret)).headers["x-ratelimit-limit"] == "100"


def test_a_key_and_a_token_of_one_caller_count_together(serve: Serve, sqlite_store: Store) -> None:
    """Else a limit could be had many times over."""
    made = add(sqlite_store, per_minute=2, scopes=("knowledge",))
    secret, form = renew(sqlite_store, kind="client_secret").secret, {"grant_type": "client_credentials"}
    client = serve(sqlite_store, **OPEN)
    token = client.post("/v1/oauth/token", data=form, auth=(made.caller.client_id, secret)).json()["access_token"]
    codes = [client.get("/v1/model", headers=bearer(each)).status_code for each in (made.secret, token, made.secret)]
    assert codes == [200, 200, 429]


def test_without_a_limit_nothing_is_said_of_one(client: TestClient) -> None:
    """The default."""
    assert not [name for name in client.get("/v1/model").headers if "ratelimit" in name]


def test_a_refused_scope_counts_too(serve: Serve, sqlite_store: Store) -> None:
    """A program that knocks at every door is stopped."""
    headers = bearer(add(sqlite_store, per_minute=1).secret)
    client = serve(sqlite_store, **OPEN)
    assert [client.get("/metrics", headers=headers).status_code for _ in range(2)] == [403, 429]


@pytest.mark.heavy
def test_recognising_a_key_costs_next_to_nothing(store: Store) -> None:
    """A remembered key: microseconds, where asking the database takes a hundred times as long."""
    secret = add(store).secret
    warm = Recognition(store)

    def took(ask: Callable[[], object], times: int) -> float:
        spans = []
        for _ in range(times):
            begun = time.perf_counter()
            ask()
            spans.append(time.perf_counter() - begun)
        return median(spans) * 1e6

    remembered = took(lambda: warm.recognise(secret), 2000)
    asked = took(lambda: Recognition(store).recognise(secret), 200)
    print(f"\n{store.engine.dialect.name}: remembered {remembered:.1f} µs, asked {asked:.0f} µs ({PORTAL})")
    assert remembered * 20 < asked
