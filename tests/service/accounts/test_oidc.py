"""OpenID Connect against a provider that speaks HTTP, tells the truth, and lies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from joserfc.jwk import RSAKey
from sqlalchemy import select
from starlette.testclient import TestClient

from tests.service.accounts.oidc_provider import CLIENT, SECRET, Provider, serving
from tests.service.conftest import APerson
from ydan.errors import MissingExtra
from ydan_service import problems
from ydan_service.accounts import manage, oidc
from ydan_service.accounts.provider import OidcError, provider_of
from ydan_service.office import settings as office_settings
from ydan_service.person import Person
from ydan_service.settings import Settings
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, OidcRequest
from ydan_service.web.routes import account, sign_in

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """One provider for all tests."""
    with serving(Provider()) as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    """The same, honest again."""
    running.user = {"sub": "s-1", "preferred_username": "lan", "name": "Lan"}
    running.lies, running.algorithm, running.signs_with, running.says_issuer = {}, "RS256", running.key, None
    provider_of.cache_clear()
    yield running
    provider_of.cache_clear()


@pytest.fixture
def office(the_store: Store, provider: Provider, a_person: APerson, boss: Person) -> FastAPI:
    """An office that knows the provider; ``lan`` may come in by it, ``hoa`` may not."""
    app = FastAPI()
    problems.install(app)
    for module in (sign_in, account):
        app.include_router(module.router)
    app.state.settings = Settings(oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    app.state.store = the_store
    lan = a_person("secretary", everywhere=True, username="lan")
    a_person("secretary", everywhere=True, username="hoa")
    with the_store.begin() as session:
        manage.link_oidc(session, boss, lan.id, provider.issuer)
    return app


@pytest.fixture
def boss(a_person: APerson) -> Person:
    """The administrator."""
    return a_person("administrator", everywhere=True, username="quan.tri")


def browser_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, headers=HTML)


def out(browser: TestClient, next: str = "/account") -> str:
    """To the provider, and the address that it sends the browser back to."""
    sent = browser.get(f"/oidc/login?next={next}")
    assert sent.status_code == 303
    back = httpx2.get(sent.headers["location"], verify=False)  # by plain http: no certificates need be read
    assert back.status_code == 302, back.text
    return back.headers["location"]


def come_in(browser: TestClient, next: str = "/account"):  # type: ignore[no-untyped-def]
    return browser.get(out(browser, next))


def subject_of(store: Store, username: str) -> str | None:
    with store.read() as session:
        return session.scalar(select(Account.oidc_subject).where(Account.username == username))


def test_somebody_whom_the_administrator_let_in_is_in(office: FastAPI, the_store: Store) -> None:
    """At the page that was wanted; from then on the subject counts."""
    browser = browser_of(office)
    found = come_in(browser)
    assert (found.status_code, found.headers["location"]) == (303, "/account")
    assert browser.get("/account").status_code == 200
    assert subject_of(the_store, "lan") == "s-1"


def test_the_request_carries_state_nonce_and_an_s256_challenge(office: FastAPI, the_store: Store) -> None:
    """None of them is the verifier or the browser's own token; the database has hashes."""
    browser = browser_of(office)
    asked = parse_qs(urlsplit(browser.get("/oidc/login").headers["location"]).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == ["S256"]
    with the_store.read() as session:
        kept = session.scalars(select(OidcRequest)).one()
        assert asked["state"][0] != kept.state_hash
        assert kept.verifier not in str(asked)
        assert browser.cookies["ydan-oidc"] not in (kept.browser_hash, kept.verifier, asked["state"][0])


def test_a_name_given_to_somebody_else_opens_nothing(office: FastAPI, provider: Provider) -> None:
    """The account belongs to the subject that came first."""
    assert come_in(browser_of(office)).status_code == 303
    provider.user = {**provider.user, "sub": "s-2"}
    assert come_in(browser_of(office)).status_code == 403
    provider.user = {"sub": "s-1", "preferred_username": "lan.moi"}
    assert come_in(browser_of(office)).status_code == 303


@pytest.mark.parametrize(
    ("user", "status"),
    [
        ({"sub": "s-3", "preferred_username": "hoa"}, 403),
        ({"sub": "s-3", "preferred_username": "khong.co"}, 403),
        ({"sub": "s-3"}, 403),
        ({"sub": "s-3", "email": "lan"}, 403),
        ({"sub": "s-3", "email": "lan", "email_verified": True}, 303),
        ({"sub": "s-3", "preferred_username": " LAN "}, 303),
    ],
)
def test_only_whom_the_administrator_let_in(
    office: FastAPI, provider: Provider, user: dict[str, object], status: int
) -> None:
    """By name, or by an address that the provider has verified."""
    provider.user = user
    found = come_in(browser_of(office))
    assert found.status_code == status
    if status == 403:
        assert "chưa được dùng Ý Dân" in found.text


def test_a_disabled_account_stays_out(office: FastAPI, the_store: Store) -> None:
    """The provider does not know."""
    with the_store.begin() as session:
        session.scalars(select(Account).where(Account.username == "lan")).one().disabled = True
    assert come_in(browser_of(office)).status_code == 403
    assert subject_of(the_store, "lan") is None


def test_nobody_is_made_unless_the_office_says_so(
    office: FastAPI, provider: Provider, the_store: Store, boss: Person
) -> None:
    """Then with no role at all; a name that another has is not taken over."""
    provider.user = {"sub": "s-9", "preferred_username": "moi.den", "name": "Người Mới"}
    assert come_in(browser_of(office)).status_code == 403
    with the_store.begin() as session:
        given = {name: str(value) for name, value in office_settings.read(session).items()}
        office_settings.change(session, boss, {**given, "oidc_create": "1"})
    browser = browser_of(office)
    assert come_in(browser).status_code == 303
    assert "Chưa có vai trò nào" in browser.get("/account").text
    with the_store.read() as session:
        made = session.scalars(select(Account).where(Account.username == "moi.den")).one()
        assert (made.roles, made.everywhere, made.oidc_subject) == ([], False, "s-9")
    provider.user = {"sub": "s-10", "preferred_username": "hoa"}
    assert come_in(browser_of(office)).status_code == 403


@pytest.mark.parametrize(
    ("lies", "what"),
    [
        ({"nonce": "another"}, "wrong nonce"),
        ({"nonce": None}, "no nonce"),
        ({"exp": 1_700_000_000}, "expired"),
        ({"exp": None}, "never expires"),
        ({"iat": None}, "no time"),
        ({"aud": "another"}, "wrong audience"),
        ({"aud": None}, "no audience"),
        ({"aud": ["ydan", "another"]}, "two audiences and nobody named"),
        ({"azp": "another"}, "made for another client"),
        ({"iss": "http://127.0.0.1:1"}, "wrong issuer"),
        ({"sub": None}, "nobody"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_token_that_says_something_else_is_refused(
    office: FastAPI, provider: Provider, lies: dict[str, object], what: str
) -> None:
    """Though its signature is right."""
    provider.lies = lies
    browser = browser_of(office)
    found = come_in(browser)
    assert (found.status_code, "Phiếu đăng nhập" in found.text) == (502, True), what
    assert browser.get("/account").status_code == 303


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512"])
def test_only_listed_signatures_are_taken(office: FastAPI, provider: Provider, algorithm: str) -> None:
    """No unsigned token, no shared secret made of the public key, nothing that is not in the list."""
    provider.algorithm = algorithm
    assert provider.sign("x").count(".") == 2
    found = come_in(browser_of(office))
    assert (found.status_code, "Phiếu đăng nhập không hợp lệ" in found.text) == (502, True)


def test_a_key_that_the_provider_does_not_publish_signs_nothing(office: FastAPI, provider: Provider) -> None:
    """Even under the same key id."""
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_in(browser_of(office)).status_code == 502


def test_a_provider_may_change_its_keys(office: FastAPI, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is new is asked for, though not for every token that comes."""
    assert come_in(browser_of(office)).status_code == 303
    old, new = provider.key, RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    provider.key = provider.signs_with = new
    try:
        assert come_in(browser_of(office)).status_code == 502
        monkeypatch.setattr("ydan_service.accounts.provider._AGAIN", 0)
        assert come_in(browser_of(office)).status_code == 303
    finally:
        provider.key = provider.signs_with = old


def test_a_state_works_once(office: FastAPI) -> None:
    """The same address again: 403, and the code is not even tried."""
    browser = browser_of(office)
    back = out(browser)
    cookie = browser.cookies["ydan-oidc"]
    assert browser.get(back).status_code == 303
    browser.cookies.set("ydan-oidc", cookie)
    assert browser.get(back).status_code == 403


def test_a_state_belongs_to_its_browser(office: FastAPI, provider: Provider) -> None:
    """An address that somebody sends a victim signs nobody in; nor does one with another state."""
    attacker, victim = browser_of(office), browser_of(office)
    back = out(attacker)
    out(victim)
    answered = provider.answered
    assert victim.get(back).status_code == 403
    assert victim.get(out(attacker).split("&state=")[0] + "&state=khac").status_code == 403
    assert browser_of(office).get("/oidc/callback").status_code == 403
    assert provider.answered == answered


def test_a_code_without_its_verifier_is_worth_nothing(office: FastAPI) -> None:
    """PKCE: a code that was stolen on its way, put into another sign-in."""
    thief, other = browser_of(office), browser_of(office)
    stolen = parse_qs(urlsplit(out(other)).query)["code"][0]
    state = parse_qs(urlsplit(out(thief)).query)["state"][0]
    assert thief.get(f"/oidc/callback?code={stolen}&state={state}").status_code == 502


def test_after_ten_minutes_one_begins_anew(office: FastAPI, the_store: Store) -> None:
    """The request is too old."""
    browser = browser_of(office)
    back = out(browser)
    with the_store.begin() as session:
        kept = session.scalars(select(OidcRequest)).one()
        kept.expires_at -= oidc.HOLDS
    assert browser.get(back).status_code == 403


@pytest.mark.parametrize("query", ["error=access_denied", "iss=http://127.0.0.1:1&code=x"])
def test_a_refusal_or_another_providers_answer_is_said(office: FastAPI, query: str) -> None:
    """RFC 6749 4.1.2.1, RFC 9207."""
    browser = browser_of(office)
    state = parse_qs(urlsplit(out(browser)).query)["state"][0]
    assert browser.get(f"/oidc/callback?state={state}&{query}").status_code == 403


def test_a_provider_that_speaks_for_another_issuer_is_refused(provider: Provider) -> None:
    """Discovery: the issuer must be the one that was asked."""
    provider.says_issuer = "https://other.example"
    with pytest.raises(OidcError, match="xưng tên khác"):
        provider_of(provider.issuer, CLIENT, SECRET).metadata()


def test_a_provider_that_is_away_leaves_the_password(office: FastAPI) -> None:
    """The page says so; nobody waits for ever."""
    office.state.settings = Settings(oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT)
    found = browser_of(office).get("/oidc/login")
    assert found.status_code == 502
    assert "đăng nhập bằng mật khẩu" in found.text


def test_only_https_is_trusted_beyond_this_machine() -> None:
    """A token by plain http could be anybody's."""
    with pytest.raises(OidcError, match="https://"):
        provider_of("http://sso.example", CLIENT, None)


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Authlib is imported when it is needed."""
    monkeypatch.setitem(sys.modules, "authlib.integrations.httpx_client", None)
    with pytest.raises(MissingExtra, match=r"ydan\[serve,oidc\]"):
        provider_of("https://sso.example", CLIENT, "not cached")


def test_an_office_without_a_provider_has_no_such_page(office: FastAPI) -> None:
    """And the sign-in does not offer it."""
    assert "/oidc/login" in browser_of(office).get("/sign-in").text
    office.state.settings = Settings()
    assert "/oidc/login" not in browser_of(office).get("/sign-in").text
    assert browser_of(office).get("/oidc/login").status_code == 404
