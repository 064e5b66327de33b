"""Logs name nobody and open nothing."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from uvicorn.logging import AccessFormatter

from ydan_service.accounts import log_filter
from ydan_service.accounts.tokens import new_token
from ydan_service.programs.keys import beginning, new_secret

TOKEN = new_token()
A_KEY = new_secret("key")
HIDDEN = [
    ("Gọi số 0912.345.678", "0912"),
    ("CCCD 030080001234", "030080001234"),
    ("ông Tạ Văn Mão có ý kiến", "Mão"),
    ("KeyError: 'Nguyễn Thị Hoa'", "Hoa"),
    ("thư tới hoa@example.vn", "hoa@"),
    (f"GET /start/{TOKEN} 404", TOKEN),
    (f"cookie: ydan={TOKEN}", TOKEN),
    (f"token {TOKEN}", TOKEN),
    ("__Host-ydan=ngan", "ngan"),
    ("password=con-trau&x=1", "con-trau"),
    ("{'password': 'con trâu'}", "con"),
    ("csrf_token=abc", "abc"),
    ("Authorization: Bearer abc.def", "abc.def"),
    ("GET /oidc/callback?code=abc&state=xyz", "abc"),
    ("GET /oidc/callback?code=abc&state=xyz", "xyz"),
    ("id_token eyJhbGciOi.eyJzdWIi.c2ln", "eyJzdWIi"),
    (f"Bearer {A_KEY}", A_KEY[9:]),
    (f"GET /v1/model?key={A_KEY}&x=1", A_KEY[9:]),
    (f"X-Request-Id: {A_KEY}", A_KEY[9:]),
    (f"half of it: {A_KEY[:-20]}", A_KEY[9:-20]),
    ("postgresql://ydan:mat-khau@db/ydan", "mat-khau"),
    ("[SQL: INSERT]\n[parameters: ('Nguyễn Văn A', 'x]y')]\n(Background on", "x]y"),
    ("DETAIL:  Key (username)=(lan.nt) already exists.", "lan.nt"),
]
KEPT = [
    "GET /meetings/12/review/state 200",
    "status_code: 200 state=draft",
    "Quyết định 1738/QĐ-UBND, 120.000.000 đồng",
    "model 3f2a9c11 loaded in 0.5 s",
    "123e4567-e89b-12d3-a456-426614174000",
    f"revoked {beginning(A_KEY)}",
    "ydan_token_requests_total 5",
]


@pytest.mark.parametrize(("said", "secret"), HIDDEN)
def test_what_is_personal_or_secret_is_covered(said: str, secret: str) -> None:
    """And covering twice is covering once."""
    found = log_filter.cover(said)
    assert secret not in found
    assert log_filter.cover(found) == found


@pytest.mark.parametrize("said", KEPT)
def test_what_is_neither_stays(said: str) -> None:
    """A log is there to be read."""
    assert log_filter.cover(said) == said


@pytest.fixture
def installed() -> Iterator[io.StringIO]:
    """A logger ``thu`` that writes here, with every record of the process covered."""
    before = logging.getLogRecordFactory()
    log_filter.install()
    log_filter.install()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger("thu").addHandler(handler)
    yield stream
    logging.getLogger("thu").removeHandler(handler)
    logging.setLogRecordFactory(before)


@pytest.mark.parametrize(("said", "secret"), HIDDEN)
def test_arguments_and_tracebacks_are_covered_too(installed: io.StringIO, said: str, secret: str) -> None:
    """Whichever handler writes them, whichever logger they come from."""
    logging.getLogger("thu.con").warning("đã có %s (%d)", said, 7)
    try:
        raise ValueError(said)
    except ValueError as error:
        logging.getLogger("thu.con").exception("hỏng: %s", error)
    found = installed.getvalue()
    assert "đã có" in found
    assert "(7)" in found
    assert "Traceback" in found
    assert "ValueError" in found
    assert secret not in found.replace("hỏng", "").replace("con.py", "")


def test_the_web_servers_access_line_keeps_its_form(installed: io.StringIO) -> None:
    """Its formatter counts the arguments."""
    handler = logging.getLogger("thu").handlers[0]
    handler.setFormatter(AccessFormatter("%(client_addr)s %(request_line)s %(status_code)s", use_colors=False))
    logging.getLogger("thu").warning('%s - "%s %s HTTP/%s" %d', "10.0.0.1:5", "GET", f"/start/{TOKEN}", "1.1", 404)
    assert installed.getvalue() == "10.0.0.1:5 GET /start/[đã che] HTTP/1.1 404 Not Found\n"


def test_a_handler_may_have_the_filter_alone() -> None:
    """For those who do not start the server by its command."""
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "Gọi %(phone)s", ({"phone": "0912345678"},), None)
    assert log_filter.Covering().filter(record)
    assert record.getMessage() == "Gọi [điện thoại]"
