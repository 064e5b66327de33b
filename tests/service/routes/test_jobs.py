"""``/v1/jobs``: many opinions in, a job out; answers in order, errors in their places, each caller its own."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from sqlalchemy import delete, select, update
from starlette.testclient import TestClient

from tests.service.programs.jobbing import GOOD, LINES, act_as, app_of, at_work, hand_in, lines, rows_of, wait
from ydan.predictor import Predictor
from ydan_service.programs.bulk import queue_figures
from ydan_service.programs.bulk.sweep import sweep
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart, Caller, ProgramData, now

SECOND = "Chợ xã nhiều rác, mùi hôi bốc vào nhà dân"


def as_parquet() -> bytes:
    table = pyarrow.table({"id": ["a", "b"], "text": [GOOD, SECOND], "date": ["2026-03-01", None]})
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    return sink.getvalue()


BODIES = {
    "application/json": json.dumps({"opinions": [{"id": "a", "text": GOOD}, {"id": "b", "text": SECOND}]}).encode(),
    LINES: f'{{"id": "a", "text": "{GOOD}"}}\r\n\n{{"id": "b", "text": "{SECOND}"}}'.encode(),
    "text/csv": f'\ufeffid,text,host_level\r\na,"{GOOD}",commune\r\n\r\nb,"{SECOND}",\r\n'.encode(),
    "text/csv; charset=utf-8": f"sep=;\nSTT;Nội dung\na;{GOOD}\nb;{SECOND}\n".encode(),
    "application/vnd.apache.parquet": as_parquet(),
}


@pytest.fixture
def client(sqlite_store: Store, predictor: Predictor) -> TestClient:
    """An app that takes jobs and does none: its background does not run."""
    return TestClient(app_of(sqlite_store, predictor), raise_server_exceptions=False)


def test_every_format_comes_to_what_classify_answers(sqlite_store: Store, predictor: Predictor) -> None:
    """The same two opinions, five bodies."""
    with at_work(sqlite_store, predictor) as client:
        asked = {
            "session": {"date": "2026-03-01"},
            "opinions": [{"id": "a", "text": GOOD}, {"id": "b", "text": SECOND}],
        }
        known = client.post("/v1/classify", json=asked).json()
        versions = {name: known[name] for name in ("model", "taxonomy", "competence")}
        for kind, body in BODIES.items():
            answer = hand_in(client, body, kind)
            assert answer.status_code == 202, (kind, answer.text)
            assert answer.headers["location"] == answer.json()["links"]["self"]
            ended = wait(client, answer.json())
            assert (ended["state"], ended["total"], ended["done"], ended["failed"]) == ("done", 2, 2, 0)
            assert (ended["progress"], ended["model"]) == (1.0, versions["model"])
            assert rows_of(client, ended) == [row | versions for row in known["results"]], kind


def test_a_long_list_keeps_its_order_and_a_bad_line_its_place(store: Store, predictor: Predictor) -> None:
    """Three parts; lines that are no JSON, no UTF-8, empty, or of another language are errors where they stand."""
    bad = {7: b"{bad", 500: b'{"id": "x", "text": "\xff\xfe"}', 501: b'{"text": ""}', 1003: b'{"id": "y", "text": 5}'}
    body = [bad.get(n, line) for n, line in enumerate(lines(1203).split(b"\n"), 1)]
    with at_work(store, predictor) as client:
        ended = wait(client, hand_in(client, b"\n".join(body)).json())
        rows = rows_of(client, ended)
        assert (ended["state"], ended["done"], ended["failed"]) == ("done", 1203, 4)
        with store.read() as session:
            assert queue_figures(session) == {"queued": 0, "running": 0, "oldest_seconds": 0.0}
            kinds = session.scalars(select(ProgramData.kind).where(ProgramData.owner == "bulk_part")).all()
            assert kinds == ["output"] * 3, "what was handed in goes when it is answered"
    expected = {7: "7", 500: "500", 501: "501", 1003: "y"}
    assert [row["id"] for row in rows] == [expected.get(n, f"k{n}") for n in range(1, 1204)]
    assert {n: rows[n - 1]["error"]["code"] for n in bad} == {
        7: "invalid_json", 500: "invalid_json", 501: "empty_text", 1003: "bad_text",
    }  # fmt: skip
    assert all("topic" in row for n, row in enumerate(rows, 1) if n not in bad)


def test_the_result_comes_as_csv_and_parquet_too(sqlite_store: Store, predictor: Predictor) -> None:
    """By ``format`` or by ``Accept``; a formula in an opinion is defused, half of an emoji sinks nothing."""
    body = lines(2) + b'\n{"id": "=1+1", "text": "\\ud83d ' + GOOD.encode() + b'"}\n{"id": "e", "text": ""}'
    with at_work(sqlite_store, predictor) as client:
        job = wait(client, hand_in(client, body).json())
        here = job["links"]["result"]
        answer = client.get(here, headers={"accept": "text/html;q=0.1, text/csv"})
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["id"] for row in table] == ["k1", "k2", "'=1+1", "e"]
        assert (table[0]["topic"], table[0]["escalation_required"]) == ("transport_roads", "False")
        assert (table[3]["topic"], table[3]["error_code"]) == ("", "empty_text")
        found = client.get(here + "?format=parquet")
        assert found.headers["content-type"] == "application/vnd.apache.parquet"
        rows = pyarrow.parquet.read_table(io.BytesIO(found.content)).to_pylist()
        assert [row["id"] for row in rows] == ["k1", "k2", "=1+1", "e"]
        assert rows[0]["topic"]["id"] == "transport_roads"
        assert rows[3]["error"]["code"] == "empty_text"
        assert client.get(here, headers={"accept": "image/png"}).status_code == 406


def test_a_result_that_is_not_whole_must_be_asked_for(client: TestClient) -> None:
    """409 while the job waits; with ``partial`` what there is; cancelling ends it, once."""
    job = hand_in(client, lines(3)).json()
    assert client.get(job["links"]["result"]).json()["code"] == "job_not_done"
    assert rows_of(client, job, "?partial=true") == []
    ended = client.post(job["links"]["cancel"]).json()
    assert (ended["state"], ended["links"]["cancel"]) == ("cancelled", None)
    assert client.post(job["links"]["cancel"]).json()["code"] == "job_ended"
    assert client.get(job["links"]["result"]).json()["code"] == "job_not_done"


def test_cancelling_stops_a_long_job_at_once(store: Store, predictor: Predictor) -> None:
    """The parts that are done stay and can be fetched; the inputs of the others are gone."""
    with at_work(store, predictor) as client:
        job = hand_in(client, lines(1800)).json()
        ended = client.post(job["links"]["cancel"]).json()
        assert ended["state"] == "cancelled"
        done = ended["done"]
        wait(client, job)
        assert len(rows_of(client, job, "?partial=true")) == done < 1800
        with store.read() as session:
            kinds = session.scalars(select(ProgramData.kind).where(ProgramData.owner == "bulk_part")).all()
            assert set(kinds) <= {"output"}


def test_each_caller_sees_its_own_jobs(client: TestClient, sqlite_store: Store) -> None:
    """Another's job is not there: not to look at, to cancel, to delete, to list."""
    with sqlite_store.begin() as session:
        session.add_all([Caller(id=n, client_id=f"c{n}", name=f"c{n}") for n in (1, 2)])
    act_as(client, 1)
    job = hand_in(client, lines(1)).json()
    assert [row["id"] for row in client.get("/v1/jobs").json()["items"]] == [job["id"]]
    for other in (2, None):
        act_as(client, other)
        assert client.get("/v1/jobs").json()["items"] == []
        here = job["links"]["self"]
        for method, path in (("GET", here), ("GET", f"{here}/result"), ("POST", f"{here}/cancel"), ("DELETE", here)):
            assert client.request(method, path).status_code == 404, path


def test_too_many_unfinished_jobs_are_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 until one has ended; other callers are not concerned."""
    for _ in range(20):
        job = hand_in(client, lines(1)).json()
    assert hand_in(client, lines(1)).json()["code"] == "too_many_jobs"
    client.post(job["links"]["cancel"])
    assert hand_in(client, lines(1)).status_code == 202


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_json"),
        (b"[]", "application/json", 422, "invalid_request"),
        (b'{"opinions": [], "session": 5}', "application/json", 422, "invalid_request"),
        (b'{"opinions": [], "session": {"host_level": "x"}}', "application/json", 422, "unknown_host_level"),
        (b"", LINES, 422, "invalid_request"),
        (lines(6), LINES, 413, "too_many_opinions"),
        (b"x" * 20_001, LINES, 413, "too_large"),
        (b"id,name\n1,2\n", "text/csv", 422, "unreadable_file"),
        (b"PAR1 no more", "application/vnd.apache.parquet", 422, "unreadable_file"),
        ("id,text".encode("utf-16"), "text/csv", 415, "unsupported_media_type"),
        (b"a", "application/zip", 415, "unsupported_media_type"),
    ],
)  # fmt: skip
def test_a_body_that_is_refused_leaves_nothing(
    sqlite_store: Store, predictor: Predictor, body: bytes, kind: str, status: int, code: str
) -> None:
    """No job, no part, nothing sealed."""
    app = app_of(sqlite_store, predictor, most_job_opinions=5, most_bytes=20_000)
    answer = hand_in(TestClient(app, raise_server_exceptions=False), body, kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    with sqlite_store.read() as session:
        for table in (BulkJob, BulkPart, ProgramData):
            assert session.scalars(select(table)).all() == []


def test_a_meeting_that_cannot_be_is_refused_at_the_door(client: TestClient) -> None:
    """Of the address, for formats that have no place for it."""
    answer = client.post("/v1/jobs?date=1950-01-01", content=lines(1), headers={"content-type": LINES})
    assert (answer.status_code, answer.json()["code"]) == (422, "date_before_1975")
    packed = client.post("/v1/jobs", content=lines(1), headers={"content-type": LINES, "content-encoding": "gzip"})
    assert packed.status_code == 415


def test_the_same_idempotency_key_makes_one_job(client: TestClient, sqlite_store: Store) -> None:
    """Sent again: the same answer. Another body under the key: refused. Neither leaves opinions behind."""
    first = hand_in(client, lines(3), Idempotency_Key="giao-1")
    again = hand_in(client, lines(3), Idempotency_Key="giao-1")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    other = hand_in(client, lines(4), Idempotency_Key="giao-1")
    assert other.json()["code"] == "idempotency_key_reused"
    with sqlite_store.read() as session:
        assert session.scalars(select(BulkJob.total)).all() == [3]
        assert len(session.scalars(select(BulkPart)).all()) == 1


def test_jobs_are_listed_in_pages(client: TestClient) -> None:
    """The newest first; following ``next`` shows each once."""
    made = [hand_in(client, lines(1)).json()["id"] for _ in range(5)]
    seen: list[str] = []
    where: str | None = "/v1/jobs?limit=2&state=queued"
    while where is not None:
        page = client.get(where).json()
        seen += [row["id"] for row in page["items"]]
        where = page["next"]
    assert seen == made[::-1]
    assert client.get("/v1/jobs?cursor=abc").status_code == 422


def test_deleting_takes_opinions_and_answers_along(sqlite_store: Store, predictor: Predictor) -> None:
    """A job that is done and one that is not."""
    with at_work(sqlite_store, predictor) as client:
        job = wait(client, hand_in(client, lines(2)).json())
        assert client.delete(job["links"]["self"]).status_code == 204
        assert client.get(job["links"]["self"]).status_code == 404
    waiting = TestClient(app_of(sqlite_store, predictor))
    other = hand_in(waiting, lines(2)).json()
    assert waiting.delete(other["links"]["self"]).status_code == 204
    with sqlite_store.read() as session:
        for table in (BulkJob, BulkPart, ProgramData):
            assert session.scalars(select(table)).all() == []


def test_answers_go_when_their_days_are_over(store: Store, predictor: Predictor) -> None:
    """``YDAN_JOB_DAYS`` after the end, not before; a job under way stays."""
    with at_work(store, predictor, job_days=3) as client:
        job = wait(client, hand_in(client, lines(2)).json())
    with store.begin() as session:
        session.add(BulkJob(id="job_waits", expires_at=now() - timedelta(days=9)))
    assert sweep(store, now() + timedelta(days=2, hours=23)) == 0
    assert sweep(store, now() + timedelta(days=3, hours=1)) == 1
    with store.read() as session:
        assert session.scalars(select(BulkJob.id)).all() == ["job_waits"]
        assert session.scalars(select(ProgramData)).all() == []
    assert job["expires"] is not None


def test_what_went_with_its_caller_leaves_nothing_sealed(store: Store, predictor: Predictor) -> None:
    """The rows go by the database's own rule, what was sealed of them at the next sweep."""
    with store.begin() as session:
        session.add(Caller(id=1, client_id="c1", name="c1"))
    client = TestClient(app_of(store, predictor))
    act_as(client, None)
    kept = hand_in(client, lines(1)).json()
    act_as(client, 1)
    hand_in(client, lines(501))
    with store.begin() as session:
        session.execute(delete(Caller))
    sweep(store)
    with store.read() as session:
        assert session.scalars(select(BulkJob.id)).all() == [kept["id"]]
        assert len(session.scalars(select(ProgramData)).all()) == 1


def test_no_word_of_an_opinion_is_in_the_clear(sqlite_store: Store, predictor: Predictor) -> None:
    """Neither what was handed in nor what came out of it."""
    with at_work(sqlite_store, predictor) as client:
        wait(client, hand_in(client, lines(3)).json())
        hand_in(client, lines(3))
    raw: Any = sqlite_store.engine.raw_connection()
    with sqlite_store.begin() as session:
        session.execute(update(BulkJob).values(message=""))
    dump = "\n".join(raw.driver_connection.iterdump())
    raw.close()
    assert "bulk_part" in dump
    for word in ("lầy lội", "bê tông", "transport_roads"):
        assert word not in dump
        assert word.encode().hex().upper() not in dump


def test_without_a_store_the_routes_say_what_to_set(predictor: Predictor) -> None:
    """501; they stay in the document."""
    client = TestClient(app_of(None, predictor))
    answer = hand_in(client, lines(1))
    assert (answer.status_code, answer.json()["code"]) == (501, "no_store")
    assert "/v1/jobs/{job_id}/result" in client.get("/openapi.json").json()["paths"]
