"""Errors as pages for people and as problem details for programs; who may call the endpoints for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.service.conftest import KEY
from tests.service.web.conftest import SignedIn
from ydan_service import errors
from ydan_service.problems import MEDIA_TYPE, install
from ydan_service.settings import Settings

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ALL = [
    (errors.NotFound("Không có cuộc họp này."), 404, "not_found"),
    (errors.Forbidden("Không có quyền."), 403, "forbidden"),
    (errors.Conflict("Người khác vừa sửa."), 409, "conflict"),
    (errors.Invalid("Ngày sai.", "held_on"), 422, "invalid"),
    (errors.TooMany("Chờ đã.", 61), 429, "too_many"),
    (errors.OfficeError("Không làm được."), 400, "office"),
]


def failing(error: Exception) -> TestClient:
    app = FastAPI()
    install(app)

    @app.get("/page")
    @app.get("/v1/x")
    def fail() -> None:
        raise error

    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.mark.parametrize(("error", "status", "code"), ALL)
@pytest.mark.parametrize(("path", "headers"), [("/page", {}), ("/v1/x", HTML), ("/page", {"Accept": MEDIA_TYPE})])
def test_a_program_gets_problem_details(
    error: Exception, status: int, code: str, path: str, headers: dict[str, str]
) -> None:
    """RFC 9457, with a stable code; under ``/v1`` whatever it accepts."""
    found = failing(error).get(path, headers=headers)
    assert (found.status_code, found.headers["content-type"], found.json()["code"]) == (status, MEDIA_TYPE, code)
    assert found.json()["detail"] == str(error)


@pytest.mark.parametrize(("error", "status", "code"), ALL)
def test_a_browser_gets_a_page(error: Exception, status: int, code: str) -> None:
    """In Vietnamese, with the message and the way back."""
    found = failing(error).get("/page", headers=HTML)
    assert found.status_code == status
    assert found.headers["content-type"].startswith("text/html")
    assert str(error) in found.text
    assert 'href="/"' in found.text


def test_a_wait_is_said_to_programs_too() -> None:
    """``Retry-After``, as RFC 9110 has it."""
    assert failing(errors.TooMany("Chờ đã.", 61)).get("/page").headers["retry-after"] == "61"


def test_a_message_with_signs_of_html_is_shown_as_it_is() -> None:
    """Whatever somebody typed."""
    text = failing(errors.NotFound("<script>x</script>")).get("/page", headers=HTML).text
    assert "<script>" not in text


def test_what_nobody_foresaw_tells_no_secret() -> None:
    """As a page too."""
    found = failing(ZeroDivisionError("bí mật")).get("/page", headers=HTML)
    assert (found.status_code, "bí mật" in found.text) == (500, False)
    assert "báo người quản trị" in found.text


def test_a_missing_entry_is_named(office_app: FastAPI, client: SignedIn) -> None:
    """What was sent is not repeated: it may be somebody's words."""
    found = client("administrator").get("/admin/accounts/khong-phai-so")
    assert (found.status_code, found.json()["code"]) == (422, "invalid_request")
    assert "account_id" in found.json()["detail"]
    assert "khong-phai-so" not in found.text


def test_off_loopback_a_person_who_is_signed_in_may_call(
    office_app: FastAPI, client: SignedIn, browser_of: Callable[[], TestClient]
) -> None:
    """The endpoints for programs: with the key, or as somebody; a change with the token of the sign-in."""
    office_app.state.settings = Settings(host="0.0.0.0", cookies_by_https_only=False)
    assert browser_of().get("/v1/taxonomy").status_code == 401
    browser = client()
    assert browser.get("/v1/taxonomy").status_code == 200
    assert browser.post("/v1/classify", json={"opinions": []}).status_code == 200
    del browser.headers["X-CSRF-Token"]
    assert browser.post("/v1/classify", json={"opinions": []}).status_code == 403
    office_app.state.settings = Settings(host="0.0.0.0", api_key=KEY)
    assert browser_of().get("/v1/taxonomy", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    assert browser_of().get("/v1/taxonomy", headers={"Authorization": "Bearer sai"}).status_code == 401


def test_behind_a_proxy_loopback_is_open_to_others(office_app: FastAPI, browser_of: Callable[[], TestClient]) -> None:
    """A public address means that somebody else calls, though the port is on loopback."""
    office_app.state.settings = Settings(public_url="https://ydan.example")
    assert browser_of().get("/v1/taxonomy").status_code == 401


@pytest.mark.parametrize(
    "path", ["/meetings/{n}", "/meetings/{n}/review", "/opinions/{n}", "/follow-up/{n}", "/board/{n}"]
)
def test_a_number_that_no_database_takes_is_the_number_of_nothing(path: str, client: SignedIn) -> None:
    """404 and no failure of the server."""
    secretary = client("secretary")
    for n in (2**31, 2**63, 10**30):
        assert secretary.get(path.format(n=n), headers={"Accept": "text/html"}).status_code == 404
