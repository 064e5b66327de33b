"""The log of a served process, in both formats: what happened is there, who it happened to is not."""

from __future__ import annotations

import io
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from tests.service.conftest import KEY
from tests.service.logging_kept import logging_kept
from ydan.errors import BundleError
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.serving import server_options
from ydan_service.settings import Settings
from ydan_service.watch import logs

NAME, PHONE, NUMBER = "Tạ Văn Mão", "0912.345.678", "001085012345"
WORDS = f"Ông {NAME}, số {PHONE}, căn cước {NUMBER}: chủ tịch thôn Bãi Sậy lấy tiền cứu trợ"
SECRETS = (NAME, "Mão", PHONE, "0912345678", NUMBER, "Bãi Sậy", "cứu trợ", "lấy tiền", KEY)
FORMATS = ("text", "json")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Where the log goes; afterwards logging is as it was."""
    with logging_kept():
        yield io.StringIO()


@contextmanager
def serving(app: FastAPI, settings: Settings) -> Iterator[httpx2.Client]:
    """The app behind the web server as ``ydan-serve`` starts it."""
    server = uvicorn.Server(uvicorn.Config(app, **{**server_options(settings), "port": 0}))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    headers = {"Authorization": f"Bearer {KEY}"}
    alone = httpx2.Limits(max_keepalive_connections=0)  # an unforeseen error ends the connection
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30, limits=alone) as client:
        yield client
    server.should_exit = True
    thread.join(20)


def app_that_fails(settings: Settings, predictor: Predictor) -> FastAPI:
    """With a route whose error quotes what came in, and one that logs it."""
    app = create_app(settings, predictor)

    @app.post("/v1/fails")
    async def fails(body: dict[str, Any]) -> None:
        try:
            {}[body["text"]]
        except KeyError as error:
            raise ValueError(f"cannot read {body['text']!r}") from error

    @app.post("/v1/tells")
    async def tells(body: dict[str, Any]) -> None:
        logging.getLogger("a.library").warning("for %s, %s", NAME, {"phone": PHONE, "token": KEY})

    return app


@pytest.mark.parametrize("form", FORMATS)
def test_no_word_name_number_or_key_reaches_the_log(form: str, predictor: Predictor, log: io.StringIO) -> None:
    """By whatever door: bodies, addresses, headers, errors that quote them."""
    settings = Settings(api_key=KEY, log_format=form)
    logs.configure(settings, log)
    with serving(app_that_fails(settings, predictor), settings) as client:
        good = client.post("/v1/classify", json={"opinions": [{"id": NAME, "text": WORDS}]})
        assert good.status_code == 200
        client.post("/v1/classify", content=WORDS.encode(), headers={"Content-Type": "application/json"})
        client.get(f"/people/{NAME}", params={"phone": PHONE, "key": KEY})
        client.get("/v1/model", headers={"X-Request-Id": PHONE.replace(".", "-") + " x", "User-Agent": PHONE})
        client.get("/v1/model", headers={"Authorization": f"Bearer wrong-{NUMBER}-{KEY}"})
        assert client.post("/v1/fails", json={"text": WORDS}).status_code == 500
        client.post("/v1/tells", json={})
    found = log.getvalue()
    assert [secret for secret in SECRETS if secret in found] == []
    assert "/v1/classify" in found
    assert "ValueError" in found
    assert "KeyError" in found
    assert "a.library" in found


def test_json_is_one_object_a_line_with_what_is_known_of_a_request(predictor: Predictor, log: io.StringIO) -> None:
    """Method, pattern, status, time, id, caller."""
    settings = Settings(api_key=KEY, log_format="json")
    logs.configure(settings, log)
    with serving(app_that_fails(settings, predictor), settings) as client:
        answer = client.get("/v1/model", headers={"X-Request-Id": "cong-dich-vu-0001"})
        client.post("/v1/fails", json={"text": WORDS})
        client.get("/nowhere")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert answer.headers["x-request-id"] == "cong-dich-vu-0001"
    first = lines[0]
    assert {"method": "GET", "route": "/v1/model", "status": 200, "request_id": "cong-dich-vu-0001"}.items() <= (
        first.items()
    )
    assert (first["level"], first["logger"], first["client"]) == ("info", "ydan.access", "key")
    assert first["ms"] > 0
    failed = [line for line in lines if line["logger"] == "uvicorn.error"]
    assert len(failed) == 1
    assert "builtins.ValueError\nbecause of\n" in failed[0]["exception"]
    access = [line for line in lines if line["logger"] == "ydan.access"]
    assert [(line["route"], line["status"], line["level"]) for line in access[1:]] == [
        ("/v1/fails", 500, "error"), ("unmatched", 404, "info"),
    ]  # fmt: skip
    assert access[1]["request_id"] == failed[0]["request_id"]


def test_text_is_one_line_a_request(predictor: Predictor, log: io.StringIO) -> None:
    """For people at a console."""
    settings = Settings()
    logs.configure(settings, log)
    with serving(create_app(settings, predictor), settings) as client:
        client.get("/v1/taxonomy", headers={"X-Request-Id": "cong-dich-vu-0001"})
    (line,) = log.getvalue().splitlines()
    assert " INFO GET /v1/taxonomy 200 " in line
    assert line.endswith(" request_id=cong-dich-vu-0001")


def test_health_checks_are_silent_while_all_is_well(predictor: Predictor, log: io.StringIO) -> None:
    """They come every few seconds; one that fails is logged."""
    logs.configure(Settings(), log)
    app = create_app(Settings(), predictor)
    with serving(app, Settings()) as client:
        client.get("/health/live")
        client.get("/health/ready")
        assert log.getvalue() == ""
        app.state.predictor = None
        client.get("/health/ready")
    assert "GET /health/ready 500" in log.getvalue()


def test_what_the_system_says_of_an_error_is_kept() -> None:
    """A file, a host: without it nobody could mend it."""
    try:
        try:
            raise FileNotFoundError(2, "No such file", "/srv/ydan/bundle.json")
        except OSError as error:
            raise BundleError("Không thấy mô hình ở /srv/ydan") from error
    except BundleError as error:
        found = logs.told(error)
    assert "Không thấy mô hình ở /srv/ydan" in found
    assert "/srv/ydan/bundle.json" in found
    assert __file__ in found


def test_configuring_twice_writes_once(log: io.StringIO) -> None:
    """A process that is told its settings again."""
    logs.configure(Settings(), log)
    logs.configure(Settings(), log)
    logging.getLogger("ydan_service.x").info("một lần")
    assert log.getvalue().count("một lần") == 1


def test_a_warning_of_a_library_is_a_line_of_the_log(log: io.StringIO) -> None:
    """In its format."""
    import warnings

    logs.configure(Settings(log_format="json"), log)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("cũ rồi", UserWarning, stacklevel=1)
    assert "cũ rồi" in json.loads(log.getvalue().splitlines()[0])["message"]
