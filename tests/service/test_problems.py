"""Every error leaves as RFC 9457 problem details with a stable code and the next step."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ydan.errors import BundleError, OpinionError
from ydan_service.problems import MEDIA_TYPE, TITLES, Problem, install, respond
from ydan_service.schemas import ProblemOut


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/", 404, "not_found"),
        ("POST", "/%00", 404, "not_found"),
        ("GET", "/v1/classify", 405, "method_not_allowed"),
        ("DELETE", "/health/live", 405, "method_not_allowed"),
    ],
)
def test_a_wrong_path_or_method_is_a_problem(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    """With the fields of the schema, and the way to the right one."""
    found = client.request(method, path)
    assert (found.status_code, found.headers["content-type"]) == (status, MEDIA_TYPE)
    problem = ProblemOut.model_validate(found.json())
    assert (problem.status, problem.code, problem.type) == (status, code, f"urn:ydan:problem:{code}")
    assert problem.title == TITLES[code]
    assert "/openapi.json" in problem.detail


def test_a_wrong_method_names_the_right_one(client: TestClient) -> None:
    """RFC 9110 asks for ``Allow``."""
    assert client.get("/v1/classify").headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Problem(413, "too_large", "Thân quá lớn."), 413, "too_large"),
        (OpinionError("bad_date", "Ngày sai."), 422, "bad_date"),
        (BundleError("Mô hình hỏng."), 422, "bundle"),
        (ZeroDivisionError("bí mật của máy chủ"), 500, "internal"),
    ],
)
def test_an_error_inside_becomes_a_problem_once(error: Exception, status: int, code: str) -> None:
    """In one table; what nobody foresaw tells no secrets."""
    app = FastAPI()
    install(app)

    @app.get("/")
    def fail() -> None:
        raise error

    found = TestClient(app, raise_server_exceptions=False).get("/")
    assert (found.status_code, found.json()["code"]) == (status, code)
    assert found.headers["content-type"] == MEDIA_TYPE
    assert "bí mật" not in found.text


def test_a_code_without_a_title_of_its_own_has_that_of_its_status() -> None:
    """New codes need no second edit to be valid."""
    assert b'"title":"Unprocessable' in respond(422, "bad_date", "Ngày sai.").body
