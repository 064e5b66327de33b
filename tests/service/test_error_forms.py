"""Errors under the paths of a foreign standard have its form, whoever raises them."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, Serve
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings

INFER = {"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": [GOOD]}]}


def forms(client: TestClient) -> tuple[Any, Any, Any]:
    """The errors of the three forms, for a request that is refused whatever it says."""
    return (
        client.get("/v2/models/ydan"),
        client.get("/open311/v2/services.json"),
        client.get("/open311/v2/services.xml"),
    )


def check(found: tuple[Any, Any, Any], status: int) -> None:
    inference, listed, xml = found
    assert {each.status_code for each in found} == {status}
    assert list(inference.json()) == ["error"]
    assert listed.json()[0]["code"] == status
    assert ElementTree.fromstring(xml.content).findtext("error/code") == str(status)


def test_a_caller_that_is_too_fast(serve: Serve) -> None:
    """429, with the time to wait."""
    client = serve(rate_per_minute=1)
    client.get("/v2")
    found = forms(client)
    check(found, 429)
    assert all(each.headers["retry-after"] for each in found)


def test_a_server_that_is_too_busy(predictor: Predictor) -> None:
    """503, before anything is read; health is still answered."""
    app = create_app(Settings(), predictor)
    app.state.admission.under_way = app.state.admission.most
    client = TestClient(app)
    check(forms(client), 503)
    assert client.get("/v2/health/ready").status_code == 200


def test_what_nobody_foresaw(predictor: Predictor) -> None:
    """500, without a word of what happened."""
    app: FastAPI = create_app(Settings(), predictor)
    del app.state.predictor
    client = TestClient(app, raise_server_exceptions=False)
    check(forms(client), 500)


def test_a_browser_gets_no_page_there(client: TestClient) -> None:
    """Programs ask these paths."""
    html = {"accept": "text/html"}
    assert list(client.get("/v2/models/other", headers=html).json()) == ["error"]
    assert client.get("/open311/v2/services/potholes.json", headers=html).json()[0]["code"] == 404


def test_pages_of_the_origins_may_call_the_facades(serve: Serve) -> None:
    """As they may call ``/v1``."""
    origin = "https://cong.example.org"
    client = serve(cors_origins=(origin,))
    found = client.post("/v2/models/ydan/infer", json=INFER, headers={"origin": origin})
    assert found.status_code == 200
    assert found.headers["access-control-allow-origin"] == origin
