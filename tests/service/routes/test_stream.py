"""``POST /v1/classify/stream``: a line in, a line out, over a real server too: slow, fast, broken off."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.models.test_predictor import ADMITTED
from tests.service.conftest import GOOD, Serve
from tests.service.routes.serving import served
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.routes import stream
from ydan_service.routes.stream import LONGEST_LINE
from ydan_service.settings import Settings

PATH = "/v1/classify/stream"


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def ask(client: TestClient, body: Any, kind: str = "application/x-ndjson", **query: object) -> list[dict[str, Any]]:
    found = client.post(PATH, content=body, headers={"content-type": kind}, params=query)
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "application/x-ndjson"
    return [json.loads(each) for each in found.text.splitlines()]


def test_every_line_gets_what_classify_would_say_in_its_place(client: TestClient) -> None:
    """Hostile texts among them; the same objects, to the last digit."""
    opinions = [{"id": str(n), "text": text} for n, (_, text) in enumerate(ADMITTED * 3)]
    session = {"host_level": "commune", "date": "2026-03-01"}
    whole = json.dumps({"session": session, "opinions": opinions})
    headers = {"content-type": "application/json"}
    wanted = client.post("/v1/classify", content=whole, headers=headers).json()["results"]
    body = b"".join(json.dumps(opinion).encode() + b"\n" for opinion in opinions)
    assert ask(client, body, **session) == wanted


def test_a_bad_line_is_an_error_in_its_place(client: TestClient) -> None:
    """Its own id where it has one, else the number of the line; blank lines are nothing, and count."""
    long = line(id="l", text="x" * LONGEST_LINE)
    body = b"\xef\xbb\xbf" + line(id="a", text=GOOD) + b"\n{\n" + long + line(id="e", text="") + b'[1]\r\n"\xff"\n'
    found = ask(client, body + line(text=GOOD).strip())
    assert [(row["id"], row.get("error", {}).get("code")) for row in found] == [
        ("a", None),
        ("3", "invalid_json"),
        ("4", "line_too_long"),
        ("e", "empty_text"),
        ("6", "not_an_object"),
        ("7", "invalid_json"),
        ("8", None),
    ]


def test_a_lines_own_session_wins_over_the_addresss(client: TestClient) -> None:
    """The period shows which date counted."""
    body = line(text=GOOD) + line(text=GOOD, date="2024-05-01", host_level="district")
    found = ask(client, body, date="2025-08-01", host_level="province")
    assert [row["jurisdiction"]["period"] for row in found] == ["2025-07-01", "1975-01-01"]


def test_a_summary_comes_only_where_it_is_asked_for(client: TestClient) -> None:
    """Last, with the counts and the versions; the versions are in the headers as well."""
    body = line(id="a", text=GOOD) + b"{\n" + line(id="b", text=GOOD)
    assert len(ask(client, body)) == 3
    *results, last = ask(client, body, summary="true")
    assert [row["id"] for row in results] == ["a", "2", "b"]
    assert {name: last["summary"][name] for name in ("lines", "assessed", "failed")} == {
        "lines": 3, "assessed": 2, "failed": 1,
    }  # fmt: skip
    assert last["summary"]["model"]["name"] == "ydan-default"
    headers = client.post(PATH, content=b"", headers={"content-type": "application/jsonl"}).headers
    assert headers["ydan-model"] == "ydan-default 1.0.0"


def test_nothing_in_is_nothing_out(client: TestClient) -> None:
    """And the summary says so."""
    assert ask(client, b"") == []
    assert ask(client, b"\n\n", summary="true")[0]["summary"]["lines"] == 0


@pytest.mark.parametrize(
    ("query", "kind", "status", "code"),
    [
        ({}, "application/json", 415, "unsupported_media_type"),
        ({}, "text/plain", 415, "unsupported_media_type"),
        ({"date": "1/3/2026"}, "application/x-ndjson", 422, "bad_date"),
        ({"host_level": "ward"}, "application/x-ndjson", 422, "unknown_host_level"),
        ({"province": "Atlantis"}, "application/x-ndjson", 422, "unknown_province"),
        ({"summary": "perhaps"}, "application/x-ndjson", 422, "invalid_request"),
    ],
)
def test_a_wrong_request_is_a_problem_before_the_first_line(
    client: TestClient, query: dict[str, str], kind: str, status: int, code: str
) -> None:
    """Not an answer that breaks off."""
    found = client.post(PATH, content=line(text=GOOD), headers={"content-type": kind}, params=query)
    assert (found.status_code, found.json()["code"]) == (status, code)


def test_a_body_far_over_the_limit_of_other_routes_is_taken(serve: Serve) -> None:
    """It is never held as a whole."""
    client = serve(most_bytes=10_000, most_file_bytes=10_000, most_opinions=5)
    assert len(ask(client, line(id="a", text=GOOD) * 1000)) == 1000


# Over a real server


@pytest.fixture
def app(predictor: Predictor) -> FastAPI:
    return create_app(Settings(), predictor)


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    with served(app) as port:
        yield port


class Caller:
    """A client that speaks HTTP itself, so that it can send and read when it likes."""

    def __init__(self, port: int, query: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        head = f"POST {PATH}{query} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
        self.socket.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        self._file = self.socket.makefile("rb")
        self._rest = b""
        self.status = 0

    def send(self, data: bytes) -> None:
        self.socket.sendall(b"%x\r\n%s\r\n" % (len(data), data))

    def end(self) -> None:
        self.socket.sendall(b"0\r\n\r\n")

    def read_line(self) -> dict[str, Any] | None:
        """The next line of the answer as soon as it is there; None at its end."""
        if not self.status:
            self.status = int(self._file.readline().split()[1])
            while self._file.readline().strip():
                pass
        while b"\n" not in self._rest:
            size = int(self._file.readline(), 16)
            self._rest += self._file.read(size)
            self._file.readline()
            if size == 0:
                return None
        first, _, self._rest = self._rest.partition(b"\n")
        found: dict[str, Any] = json.loads(first)
        return found

    def rest(self) -> list[dict[str, Any]]:
        return list(iter(self.read_line, None))

    def close(self) -> None:
        self._file.close()
        self.socket.close()


def test_a_slow_sender_reads_each_answer_before_the_next_line_is_sent(port: int) -> None:
    """First bytes come out long before the body is in; half a line waits for its other half."""
    caller = Caller(port, "?summary=true")
    for number in range(5):
        whole = line(id=str(number), text=GOOD)
        caller.send(whole[:20])
        time.sleep(0.02)
        begun = time.monotonic()
        caller.send(whole[20:])
        found = caller.read_line()
        assert found is not None
        assert found["id"] == str(number)
        assert time.monotonic() - begun < 2
    caller.end()
    (last,) = caller.rest()
    assert last["summary"]["lines"] == 5
    caller.close()


def test_a_client_that_does_not_read_is_not_read_from(port: int) -> None:
    """What the server takes in is bounded by the buffers between; when the client reads again all of it is answered."""
    caller = Caller(port)
    data = line(id="x", text=GOOD) * 100
    chunk = b"%x\r\n%s\r\n" % (len(data), data)
    caller.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
    caller.socket.settimeout(1.5)
    sent, stopped = 0, False
    for _ in range(3000):
        try:
            caller.socket.sendall(chunk)
        except TimeoutError:
            stopped = True
            break
        sent += 100
    assert stopped, f"{sent} lines were taken though none of the answers was fetched"
    caller.socket.close()
    caller.close()


def test_what_waited_for_a_slow_reader_is_all_there(port: int) -> None:
    """Sender and reader in step with a pause between: nothing is lost, nothing changes place."""
    caller = Caller(port)
    for part in range(10):
        caller.send(b"".join(line(id=f"{part}.{n}", text=GOOD) for n in range(150)))
        time.sleep(0.01)
    caller.end()
    time.sleep(0.3)
    assert [row["id"] for row in caller.rest()] == [f"{part}.{n}" for part in range(10) for n in range(150)]
    caller.close()


def test_a_body_that_is_broken_off_ends_without_a_trace(
    port: int, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    """No error in the log, no place taken for good; the next caller is answered."""
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            caller = Caller(port, "?summary=true")
            caller.send(line(id="a", text=GOOD) + b'{"id": "b", "te')
            found = caller.read_line()
            assert found is not None
            assert found["id"] == "a"
            caller.close()
        wait_until(lambda: app.state.admission.under_way == 0)
    assert [record.message for record in caplog.records] == []
    caller = Caller(port)
    caller.send(line(id="c", text=GOOD))
    caller.end()
    assert [row["id"] for row in caller.rest()] == ["c"]
    caller.close()


def test_a_client_that_does_nothing_any_more_is_cut_off(
    port: int, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place is free again; the answer has no end, so nobody takes it for whole."""
    monkeypatch.setattr(stream, "IDLE", 0.3)
    caller = Caller(port, "?summary=true")
    caller.send(line(id="a", text=GOOD) + b'{"id": "b"')
    found = caller.read_line()
    assert found is not None
    wait_until(lambda: app.state.admission.under_way == 0)
    with pytest.raises(ValueError, match="invalid literal"):  # no further chunk: the connection is closed
        caller.rest()
    caller.close()


def test_two_streams_and_a_single_call_are_answered_beside_each_other(port: int) -> None:
    """Each gets its own."""
    callers = [Caller(port) for _ in range(2)]
    for number in range(3):
        for name, caller in enumerate(callers):
            caller.send(line(id=f"{name}/{number}", text=GOOD))
    answers: list[Sequence[str]] = []
    for caller in callers:
        caller.end()
        answers.append([row["id"] for row in caller.rest()])
        caller.close()
    assert answers == [[f"{name}/{number}" for number in range(3)] for name in range(2)]


def wait_until(true: Any, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
