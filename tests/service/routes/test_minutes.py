"""``POST /v1/minutes``: what the command line reads, over HTTP; hostile files; beside other requests."""

from __future__ import annotations

import io
import json
import socket
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, KEY, Serve
from tests.service.routes.serving import served
from ydan.cli import main as ydan
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.routes.minutes_out import MinutesOut
from ydan_service.routes.upload import SUFFIXES
from ydan_service.settings import Settings

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = (
    "m3-xa-thanh-mai-docx-tra-loi.docx",
    "m2-xa-vinh-hoa-dong-pdf-danh-so.pdf",
    "m1-xa-tien-hoa-nam-xlsx-tra-loi.xlsx",
    "m2-xa-khanh-binh-tay-csv-so-tiep-dan.csv",
    "m2-xa-vinh-hien-thuong-txt-tcvn3.txt",
    "m1-xa-quang-lac-md-tiep-cong-dan.md",
)


@pytest.fixture
def documents(root: Path) -> Path:
    return root / "data/minutes/documents"


def send(client: TestClient, data: bytes, name: str = "bien-ban.txt", **fields: str) -> Any:
    return client.post("/v1/minutes", files={"file": (name, data)}, data=fields)


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_what_the_command_line_reads_and_says(
    client: TestClient, documents: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``ydan read`` for the meeting and the opinions, ``ydan classify`` for the assessments."""
    file = documents / name
    found = send(client, file.read_bytes(), name)
    assert found.status_code == 200, found.text
    body = found.json()
    MinutesOut.model_validate(body)
    assert ydan(["read", str(file)]) == 0
    meeting, *opinions = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert body["meeting"] == meeting
    assert opinions
    assert [{key: each[key] for key in opinions[0]} for each in body["opinions"]] == opinions
    assert ydan(["classify", str(file), "--format", "jsonl", "--output", str(tmp_path / "out.jsonl"), "--quiet"]) == 0
    said = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = [{key: row[key] for key in row if key not in ("model", "taxonomy", "competence")} for row in said]
    assert [each["assessment"] for each in body["opinions"]] == wanted


def test_answers_and_tasks_are_there(client: TestClient, documents: Path) -> None:
    """A task names the answer that it stands in."""
    body = send(client, (documents / FILES[0]).read_bytes(), FILES[0]).json()
    assert body["tasks"]
    assert {task["answer"] for task in body["tasks"]} <= {answer["id"] for answer in body["answers"]}
    assert body["model"]["name"] == "ydan-default"


@pytest.mark.parametrize("name", FILES)
def test_the_bare_bytes_with_their_type_are_as_good_as_a_form(client: TestClient, documents: Path, name: str) -> None:
    """The type tells the format; or the address calls it by its name."""
    data = (documents / name).read_bytes()
    form = send(client, data, name).json()
    kind = next(kind for kind, suffix in SUFFIXES.items() if name.endswith(suffix))
    assert client.post("/v1/minutes", content=data, headers={"content-type": kind}).json() == form
    plain = {"content-type": "application/octet-stream"}
    assert client.post("/v1/minutes", content=data, headers=plain, params={"name": name}).json() == form


def test_what_the_caller_says_of_the_meeting_wins(client: TestClient, documents: Path) -> None:
    """In the form or in the address; ``meeting`` and ``session`` tell."""
    data = (documents / FILES[0]).read_bytes()
    asked = {"date": "2024-05-06", "host_level": "district", "province": "31"}
    in_form = send(client, data, FILES[0], **asked).json()
    kind = {"content-type": DOCX}
    in_address = client.post("/v1/minutes", content=data, headers=kind, params=asked).json()
    assert in_form == in_address
    assert in_form["session"] == {"date": "2024-05-06", "host_level": "district", "province": "31"}
    assert (in_form["meeting"]["date"], in_form["meeting"]["host_level"]) == ("2024-05-06", "district")
    assert {each["assessment"]["jurisdiction"]["period"] for each in in_form["opinions"]} == {"1975-01-01"}


def test_what_was_assumed_is_said(client: TestClient) -> None:
    """A list of opinions says neither day nor host; an opinion that cannot be read keeps its place."""
    body = send(client, f"{GOOD}\nPlease mend the road in front of our school\n".encode()).json()
    assert [notice["code"] for notice in body["notices"]] == ["date_assumed", "host_level_assumed"]
    good, bad = body["opinions"]
    assert (good["assessment"]["topic"]["id"], good["error"]) == ("transport_roads", None)
    assert (bad["assessment"], bad["error"]["code"]) == (None, "not_vietnamese")


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 40_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.docx", b"", 422, "file_empty"),
        ("a.docx", b"not a zip at all", 422, "wrong_extension"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 100, 422, "corrupt_file"),
        ("a.pdf", b"%PDF-1.7\n%broken", 422, "corrupt_file"),
        ("a.exe", b"MZ", 415, "unsupported_format"),
        ("../../etc/passwd", b"x", 415, "unsupported_format"),
        ("a.docx", _bomb(), 422, None),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_with_the_readers_code(
    client: TestClient, name: str, data: bytes, status: int, code: str | None
) -> None:
    """And the next step in words; a bomb is refused before it goes off."""
    begun = time.monotonic()
    found = send(client, data, name)
    assert found.status_code == status, found.text
    assert code is None or found.json()["code"] == code
    assert found.headers["content-type"] == "application/problem+json"
    assert len(found.json()["detail"]) > 20
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(("size", "status"), [(500, 200), (501, 413)])
def test_a_file_over_the_limit_is_refused(serve: Serve, size: int, status: int) -> None:
    """In a form and bare; the limit itself is taken."""
    client = serve(most_file_bytes=500)
    text = GOOD.encode() + b"\n"
    data = text * (size // len(text)) + b" " * (size % len(text))
    for found in (send(client, data), client.post("/v1/minutes", content=data, headers={"content-type": "text/plain"})):
        assert found.status_code == status
        assert status == 200 or found.json()["code"] == "too_large"


def test_a_form_without_end_is_cut_off(serve: Serve) -> None:
    """Not read whole, nor kept on the disk."""
    client, sent = serve(most_file_bytes=1000), 0

    def endless() -> Any:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(1000):
            sent += 1
            yield b"x" * 10_000

    kind = {"content-type": "multipart/form-data; boundary=b"}
    found = client.post("/v1/minutes", content=endless(), headers=kind)
    assert (found.status_code, found.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"x", "application/json", 415, "unsupported_media_type"),
        (b"x", "application/octet-stream", 415, "unsupported_media_type"),
        (b"x", "multipart/form-data", 422, "invalid_request"),
        (b"--b\r\nx", "multipart/form-data; boundary=b", 422, None),
        (b"--b--\r\n", "multipart/form-data; boundary=b", 422, "missing_file"),
    ],
)
def test_what_brings_no_file_is_a_problem(
    client: TestClient, content: bytes, kind: str, status: int, code: str | None
) -> None:
    """It says what would."""
    found = client.post("/v1/minutes", content=content, headers={"content-type": kind})
    assert found.status_code == status, found.text
    assert code is None or found.json()["code"] == code


@pytest.mark.parametrize(("field", "code"), [("date", "bad_date"), ("host_level", "unknown_host_level")])
def test_a_wrong_session_is_told_before_the_file_is_read(client: TestClient, field: str, code: str) -> None:
    """The file may be long."""
    found = send(client, b"PK\x03\x04", "a.docx", **{field: "x"})
    assert (found.status_code, found.json()["code"]) == (422, code)


def test_a_set_key_is_asked_for(serve: Serve) -> None:
    """As on every route for programs."""
    client = serve(api_key=KEY)
    assert send(client, GOOD.encode()).status_code == 401
    headers = {"authorization": f"Bearer {KEY}"}
    assert client.post("/v1/minutes", files={"file": ("a.txt", GOOD.encode())}, headers=headers).status_code == 200


def test_opinions_are_answered_while_a_long_file_is_read(predictor: Predictor) -> None:
    """The file has a thread of its own; a call for one opinion comes back long before it."""
    import httpx2

    app = create_app(Settings(serve_pages=False), predictor)
    text = "\n".join(f"- Ông Tạ Văn Mão (thôn {n}): {GOOD} đoạn thứ {n}." for n in range(300)).encode()
    text = "BIÊN BẢN HỘI NGHỊ TIẾP XÚC, ĐỐI THOẠI\nII. Ý KIẾN CỦA NHÂN DÂN\n".encode() + text
    done: list[float] = []
    with served(app) as port, httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as caller:

        def read() -> None:
            found = httpx2.post(f"http://127.0.0.1:{port}/v1/minutes", files={"file": ("a.txt", text)}, timeout=60)
            assert found.status_code == 200
            assert len(found.json()["opinions"]) > 200
            done.append(time.monotonic())

        thread = threading.Thread(target=read)
        thread.start()
        time.sleep(0.2)
        answered = 0
        while not done:
            begun = time.monotonic()
            caller.post("/v1/classify", json={"opinions": [{"id": "1", "text": GOOD}]}).raise_for_status()
            answered += not done
            assert time.monotonic() - begun < 2
        thread.join()
    assert answered > 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/minutes", "text/plain"),
        ("/v1/minutes", "multipart/form-data; boundary=b"),
        ("/v1/classify", "application/json"),
    ],
)
def test_a_body_that_is_broken_off_is_no_error_of_the_server(
    predictor: Predictor, caplog: pytest.LogCaptureFixture, path: str, kind: str
) -> None:
    """The place that it took is free again; the log has no trace of a fault."""
    app = create_app(Settings(serve_pages=False), predictor)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 5000\r\n\r\n"
    with served(app) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
            caller.sendall(head.encode() + b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\nabc")
            time.sleep(0.2)
        end = time.monotonic() + 10
        while app.state.admission.under_way:
            assert time.monotonic() < end
            time.sleep(0.02)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
