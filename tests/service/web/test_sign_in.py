"""Signing in and out by the pages: cookies, one-time links, the token of the forms, where a request comes from."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from starlette.testclient import TestClient

from tests.service.conftest import APerson
from tests.service.web.conftest import SignedIn
from ydan_service.accounts import first_start, manage, passwords
from ydan_service.settings import Settings
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, AuditEvent, Commune, SignIn

GOOD = "con trâu đi trước cái cày"
Browser = Callable[[], TestClient]
HTML = {"Accept": "text/html"}


@pytest.fixture
def good_hash() -> str:
    """The hash of ``GOOD``."""
    return passwords.hash_password(GOOD)


@pytest.fixture
def lan(a_person: APerson, good_hash: str) -> str:
    """The name of somebody with a password."""
    return a_person("secretary", everywhere=True, username="lan", password_hash=good_hash).username


def sign_in(browser: TestClient, name: str, password: str = GOOD, next: str = "/"):  # type: ignore[no-untyped-def]
    return browser.post("/sign-in", data={"username": name, "password": password, "next": next}, headers=HTML)


def first_link(store: Store) -> str:
    with store.begin() as session:
        return first_start.issue_link(session, "http://testserver").removeprefix("http://testserver")


FIRST = {
    "display_name": "Nguyễn Thị Lan", "username": "Lan.NT", "password": GOOD, "again": GOOD,
    "commune": "xã Tân Lập", "kind": "xã", "province": "31",
}  # fmt: skip


def test_the_right_password_opens_the_wanted_page(browser_of: Browser, lan: str) -> None:
    """And gives a cookie that scripts cannot read and other sites' forms do not send."""
    found = sign_in(browser_of(), " LAN ", next="/account")
    assert (found.status_code, found.headers["location"]) == (303, "/account")
    cookie = found.headers["set-cookie"].lower()
    assert re.match(r"ydan=[\w-]{43};", cookie)
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_over_https_the_cookie_is_bound_to_this_host(office_app: FastAPI, lan: str) -> None:
    """``__Host-``, ``Secure``, ``Path=/``; and it is the one that is read."""
    office_app.state.settings = Settings(public_url="https://ydan.example")
    browser = TestClient(office_app, base_url="https://ydan.example", follow_redirects=False)
    cookie = sign_in(browser, lan).headers["set-cookie"]
    assert cookie.startswith("__Host-ydan=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert browser.get("/account", headers=HTML).status_code == 200


def test_a_page_leads_to_the_sign_in_and_back(browser_of: Browser) -> None:
    """With the address that was wanted; a program gets a problem instead."""
    browser = browser_of()
    found = browser.get("/admin/audit?page=2", headers=HTML)
    assert (found.status_code, found.headers["location"]) == (303, "/sign-in?next=%2Fadmin%2Faudit%3Fpage%3D2")
    found = browser.get("/account", headers={"Accept": "application/json"})
    assert (found.status_code, found.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/\t/x"])
def test_after_the_sign_in_nobody_is_led_elsewhere(browser_of: Browser, lan: str, next: str) -> None:
    """Only to pages of this office."""
    assert sign_in(browser_of(), lan, next=next).headers["location"] == "/"


def test_a_wrong_password_an_unknown_name_and_a_closed_account_answer_alike(
    browser_of: Browser, lan: str, the_store: Store, a_person: APerson, good_hash: str
) -> None:
    """So that nobody learns which names there are."""
    closed = a_person("secretary", username="dong", password_hash=good_hash, disabled=True)
    pages = [
        sign_in(browser_of(), lan, "sai mật khẩu rồi"),
        sign_in(browser_of(), "khong-co"),
        sign_in(browser_of(), closed.username),
    ]
    assert {found.status_code for found in pages} == {401}
    texts = {re.sub(r'name="username" type="text" value="[^"]*"', "", found.text) for found in pages}
    assert len(texts) == 1
    with the_store.read() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_a_sign_in_gets_a_new_token_and_ends_the_one_before(browser_of: Browser, lan: str, the_store: Store) -> None:
    """A token that somebody planted in the browser is worth nothing afterwards."""
    browser = browser_of()
    sign_in(browser, lan)
    first = browser.cookies["ydan"]
    sign_in(browser, lan)
    assert browser.cookies["ydan"] != first
    with the_store.read() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_signing_out_ends_the_session_on_the_server(client: SignedIn) -> None:
    """A copy of the cookie opens nothing any more."""
    browser = client("secretary")
    token = browser.cookies["ydan"]
    assert browser.post("/sign-out", headers=HTML).headers["location"] == "/sign-in"
    browser.cookies.set("ydan", token)
    assert browser.get("/account", headers=HTML).status_code == 303


def test_a_session_of_the_other_browser_can_be_ended(client: SignedIn) -> None:
    """One of them, or all the others."""
    here = client("secretary")
    there, third = client(person=here.person), client(person=here.person)
    page = here.get("/account", headers=HTML).text
    ended = re.findall(r"/account/sign-ins/(\d+)/end", page)
    assert len(ended) == 2
    here.post(f"/account/sign-ins/{ended[0]}/end")
    assert [there.get("/account").status_code, third.get("/account").status_code].count(401) == 1
    here.post("/account/sign-out-everywhere")
    assert (there.get("/account").status_code, third.get("/account").status_code) == (401, 401)
    assert here.get("/account").status_code == 200


def test_nobody_ends_a_session_of_somebody_else(client: SignedIn) -> None:
    """Its number alone is no key."""
    mine, other = client("secretary"), client("administrator")
    number = re.findall(r"sign-ins/(\d+)/end", client(person=other.person).get("/account", headers=HTML).text)[0]
    assert mine.post(f"/account/sign-ins/{number}/end").status_code == 404
    assert other.get("/account").status_code == 200


@pytest.mark.parametrize("token", [None, "", "x" * 43, "▇"])
def test_a_form_without_the_token_does_nothing(client: SignedIn, token: str | None) -> None:
    """Missing, empty, another one: 403, and the person stays signed in."""
    browser = client("secretary")
    del browser.headers["X-CSRF-Token"]
    fields = {} if token is None else {"csrf_token": token}
    assert browser.post("/sign-out", data=fields, headers=HTML).status_code == 403
    assert browser.get("/account").status_code == 200


def test_the_token_may_come_in_the_header_or_in_the_form(client: SignedIn) -> None:
    """A script sends the one, a page the other; another person's token is none."""
    one, other = client("secretary"), client("secretary")
    del one.headers["X-CSRF-Token"]
    assert one.post("/account/language", data={"csrf_token": other.csrf, "language": "en"}).status_code == 403
    assert one.post("/account/language", data={"csrf_token": one.csrf, "language": "en"}).status_code == 303
    assert one.post("/account/language", data={"language": "en"}, headers={"X-CSRF-Token": one.csrf}).status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({}, 303),
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(
    client: SignedIn, headers: dict[str, str], status: int
) -> None:
    """Where the browser says where it comes from."""
    browser = client("secretary")
    assert browser.post("/account/language", data={"language": "vi"}, headers=headers).status_code == status


def test_another_site_cannot_sign_a_browser_in(browser_of: Browser, lan: str) -> None:
    """As somebody else, to see what they then write."""
    data = {"username": lan, "password": GOOD}
    found = browser_of().post("/sign-in", data=data, headers={"Origin": "http://evil.example", **HTML})
    assert (found.status_code, "set-cookie" in found.headers) == (403, False)


def test_the_first_person_sets_the_office_up_and_may_do_everything(browser_of: Browser, the_store: Store) -> None:
    """A one-person office: four roles, all communes, signed in at once."""
    browser = browser_of()
    link = first_link(the_store)
    assert "Thiết lập văn phòng" in browser.get(link, headers=HTML).text
    found = browser.post(link, data=FIRST, headers=HTML)
    assert (found.status_code, found.headers["location"]) == (303, "/")
    assert browser.get("/admin/accounts", headers=HTML).status_code == 200
    with the_store.read() as session:
        account = session.scalars(select(Account)).one()
        commune = session.scalars(select(Commune)).one()
        session.expunge_all()
    assert (account.username, account.everywhere) == ("lan.nt", True)
    assert set(account.roles) == {"administrator", "secretary", "leader", "follow_up"}
    assert (commune.name, commune.kind, commune.province) == ("Tân Lập", "xã", "31")


def test_a_link_works_once(browser_of: Browser, the_store: Store) -> None:
    """And once there is somebody, no first link can be made."""
    link = first_link(the_store)
    assert browser_of().post(link, data=FIRST, headers=HTML).status_code == 303
    assert browser_of().get(link, headers=HTML).status_code == 404
    assert browser_of().post(link, data=FIRST, headers=HTML).status_code == 404
    with pytest.raises(Exception, match="đã có tài khoản"):
        first_link(the_store)


def test_a_newer_link_ends_the_older_one(browser_of: Browser, the_store: Store) -> None:
    """A link that was printed twice opens one door."""
    old, new = first_link(the_store), first_link(the_store)
    assert browser_of().get(old, headers=HTML).status_code == 404
    assert browser_of().get(new, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("entry", "value", "said"),
    [
        ("password", "ngắn quá", "cần ít nhất 12"),
        ("again", GOOD + "!", "không giống nhau"),
        ("username", "chị Lan", "Tên đăng nhập dài từ 3"),
        ("display_name", "  ", "Họ tên còn trống"),
        ("commune", "", "Tên xã, phường còn trống"),
        ("kind", "huyện", "Loại đơn vị phải là"),
        ("province", "99", "Không có tỉnh"),
    ],
)
def test_a_wrong_entry_is_named_and_uses_no_link_up(
    browser_of: Browser, the_store: Store, entry: str, value: str, said: str
) -> None:
    """What was typed stays, but the passwords; the link still holds."""
    browser, link = browser_of(), first_link(the_store)
    found = browser.post(link, data={**FIRST, entry: value}, headers=HTML)
    assert found.status_code == 422
    assert said in found.text
    assert GOOD not in found.text
    assert browser.post(link, data=FIRST, headers=HTML).status_code == 303


def test_an_invited_person_chooses_a_password_and_is_in(
    browser_of: Browser, the_store: Store, client: SignedIn
) -> None:
    """By the link that the administrator handed over."""
    admin = client("administrator")
    page = admin.post(
        "/admin/accounts", data={"username": "hoa", "display_name": "Hoa", "roles": "secretary", "everywhere": "1"}
    ).text
    link = re.search(r"http://127.0.0.1:8000(/start/[\w-]{43})", page)
    assert link is not None
    browser = browser_of()
    assert "hoa" in browser.get(link[1], headers=HTML).text
    assert browser.post(link[1], data={"password": GOOD, "again": GOOD}, headers=HTML).headers["location"] == "/"
    assert browser.get("/account").status_code == 200
    assert sign_in(browser_of(), "hoa").status_code == 303
    assert browser_of().get(link[1], headers=HTML).status_code == 404


def test_a_link_for_a_new_password_ends_the_sign_ins(client: SignedIn, browser_of: Browser, the_store: Store) -> None:
    """Whoever had the old one is out."""
    old = client("secretary", username="lan")
    with the_store.begin() as session:
        link = first_start.issue_password_link(session, "lan", "")
    browser_of().post(link, data={"password": GOOD, "again": GOOD}, headers=HTML)
    assert old.get("/account").status_code == 401


def test_a_changed_password_ends_the_other_sign_ins(browser_of: Browser, lan: str) -> None:
    """Here one stays, under a new token; the old password is worth nothing."""
    here, there = browser_of(), browser_of()
    sign_in(here, lan)
    sign_in(there, lan)
    token, better = here.cookies["ydan"], "cái cày đi sau con trâu"
    csrf = re.search(r'name="csrf_token" value="([\w-]+)"', here.get("/account", headers=HTML).text)
    assert csrf is not None
    data = {"csrf_token": csrf[1], "current": GOOD, "password": better, "again": better}
    assert here.post("/account/password", data={**data, "current": "sai"}, headers=HTML).status_code == 422
    assert here.post("/account/password", data=data, headers=HTML).status_code == 303
    assert here.cookies["ydan"] != token
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 401)
    assert sign_in(browser_of(), lan).status_code == 401
    assert sign_in(browser_of(), lan, better).status_code == 303


def test_what_happened_is_in_the_audit_log(browser_of: Browser, lan: str, the_store: Store) -> None:
    """Success and failure; never the name that was typed wrongly: it may be a password."""
    sign_in(browser_of(), lan)
    sign_in(browser_of(), "mật khẩu bí mật")
    with the_store.read() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
        session.expunge_all()
    assert [event.action for event in events] == ["account.sign_in", "account.sign_in_failed"]
    assert "bí mật" not in str([(event.subject_id, event.detail, event.username) for event in events])


def test_a_disabled_account_is_out_at_once(client: SignedIn, the_store: Store) -> None:
    """At its next request, on every browser."""
    admin, other = client("administrator"), client("secretary")
    with the_store.begin() as session:
        manage.disable_account(session, admin.person, other.person.id)
    assert other.get("/account").status_code == 401
