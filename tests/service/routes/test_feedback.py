"""Final labels over HTTP: kept, compared, deleted; each caller its own."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, KEY, Serve
from ydan_service.programs import callers
from ydan_service.routes.feedback_out import EXAMPLES, AgreementOut, FeedbackOut
from ydan_service.store.store import Store
from ydan_service.store.tables import Feedback, ProgramData

FINAL = {"topic": "transport_roads", "level": "commune"}


def item(id_: str = "1", final: object = FINAL, text: str = GOOD, **more: object) -> dict[str, object]:
    return {"id": id_, "text": text, "final": final, **more}


def give(client: TestClient, *items: object, key: str = "", **session: object) -> list[dict[str, Any]]:
    found = client.post("/v1/feedback", json={"session": session, "items": items}, headers=of(key))
    assert found.status_code == 200, found.text
    FeedbackOut.model_validate(found.json())
    rows: list[dict[str, Any]] = found.json()["results"]
    return rows


def agreed(client: TestClient, key: str = "", **query: str) -> dict[str, Any]:
    found = client.get("/v1/feedback/agreement", params=query, headers=of(key))
    assert found.status_code == 200, found.text
    body: dict[str, Any] = found.json()
    AgreementOut.model_validate(body)
    return body


def of(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"} if key else {}


def a_caller(store: Store, name: str, *scopes: str) -> str:
    with store.begin() as session:
        return callers.add(session, None, name, scopes or ("feedback",)).secret


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_final_labels_are_kept_beside_the_models_with_sealed_words(serve: Serve, store: Store) -> None:
    """The answer tells both; no word of the opinion nor of who decided is in the open."""
    (found,) = give(serve(store), item(final={**FINAL, "type": "petition"}, source="Bà Lựu, phòng tiếp dân"))
    assert found["predicted"]["topic"] == "transport_roads"
    assert found["agrees"]["topic"] is True
    assert set(found["agrees"]) == {"topic", "level", "type"}
    with store.read() as session:
        row = session.scalars(select(Feedback)).one()
        sealed = session.scalars(select(ProgramData)).one()
    assert row.final == {**FINAL, "type": "petition"}
    assert row.predicted == found["predicted"]
    assert row.versions["model"]["version"] == "1.0.0"
    in_the_open = f"{row.final}{row.predicted}{row.session}{row.opinion_id}".encode() + sealed.sealed
    assert not any(word.encode() in in_the_open for word in ("lầy", "bê tông", "Lựu", "tiếp dân"))


def test_one_item_may_come_alone(serve: Serve, store: Store) -> None:
    """Without a list around it; a number is an id too."""
    found = serve(store).post("/v1/feedback", json={**item(), "id": 17, "date": "2026-03-01"})
    assert found.status_code == 200
    assert found.json()["results"][0]["id"] == "17"
    assert count(store, Feedback) == 1


def test_the_example_of_the_document_is_taken(serve: Serve, sqlite_store: Store) -> None:
    """As it stands."""
    found = serve(sqlite_store).post("/v1/feedback", json=EXAMPLES["mot_y_kien"]["value"])
    assert found.status_code == 200
    assert "error" not in found.json()["results"][0]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (item(final={"topic": "roads"}), "unknown_label"),
        (item(final={"codes": ["danger", "fire"]}), "unknown_label"),
        (item(final={"matter": 5}), "bad_final"),
        (item(final={"topic": None}), "bad_final"),
        (item(final={"colour": "red"}), "bad_final"),
        (item(final={"escalate": "yes"}), "bad_final"),
        (item(final={"codes": "danger"}), "bad_final"),
        (item(final={"codes": ["danger"] * 21}), "bad_final"),
        (item(final={}), "bad_final"),
        (item(final=None), "bad_final"),
        (item(final=FINAL, source="x" * 201), "bad_final"),
        (item(final=FINAL, id_="x" * 201), "bad_final"),
        (item(final={"escalate": False, "codes": ["danger"]}), "contradiction"),
        (item(final={"level": "district"}, date="2026-03-01"), "contradiction"),
        (item(final={"topic": "education", "matter": "provincial_road"}), "contradiction"),
        (item(text=""), "empty_text"),
        (item(date="1/3/2026"), "bad_date"),
        ("text", "not_an_object"),
        (None, "not_an_object"),
    ],
)
def test_a_bad_item_is_an_error_between_results(serve: Serve, sqlite_store: Store, bad: object, code: str) -> None:
    """A stable code and what would be right; the others are kept."""
    client = serve(sqlite_store)
    first, wrong, last = give(client, item("a"), bad, item("b"))
    assert wrong["error"]["code"] == code
    assert len(wrong["error"]["message"]) > 20
    assert (first["id"], last["id"]) == ("a", "b")
    assert first["feedback"] != last["feedback"]
    assert count(sqlite_store, Feedback) == 2


def test_a_label_that_is_nearly_right_is_named(serve: Serve, sqlite_store: Store) -> None:
    """With its field."""
    (found,) = give(serve(sqlite_store), item(final={"topic": "transport_road"}))
    assert "transport_roads" in found["error"]["message"]
    assert '"topic"' in found["error"]["message"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "invalid_json"),
        (b"[]", 422, "invalid_request"),
        (b"{}", 422, "invalid_request"),
        (b'{"items": {}}', 422, "invalid_request"),
        (b'{"items": [], "session": 5}', 422, "invalid_request"),
        (b'{"items": [], "session": {"date": "x"}}', 422, "bad_date"),
        (b'{"items": [{}, {}, {}]}', 413, "too_many_opinions"),
        (b" " * 3000, 413, "too_large"),
    ],
)
def test_a_request_that_is_wrong_as_a_whole_is_a_problem(
    serve: Serve, sqlite_store: Store, body: bytes, status: int, code: str
) -> None:
    """Nothing of it is kept."""
    client = serve(sqlite_store, most_opinions=2, most_bytes=2000)
    found = client.post("/v1/feedback", content=body, headers={"content-type": "application/json"})
    assert (found.status_code, found.json()["code"]) == (status, code)
    form = client.post("/v1/feedback", data={"id": "1"})
    assert (form.status_code, form.json()["code"]) == (415, "unsupported_media_type")
    assert count(sqlite_store, Feedback) == 0


def test_hostile_ids_and_texts_are_kept(serve: Serve, store: Store) -> None:
    """Half an emoji and a NUL in an id, half an emoji in the words."""
    client = serve(store)
    body = '{"items": [{"id": "a\\ud83d\\u0000b", "text": "Đường \\ud83d lầy lội quá", "final": {"topic": "other"}}]}'
    found = client.post("/v1/feedback", content=body.encode(), headers={"content-type": "application/json"})
    assert found.status_code == 200
    assert count(store, Feedback) == 1


def test_the_same_key_is_not_kept_twice(serve: Serve, store: Store) -> None:
    """``Idempotency-Key``: a caller that did not hear the answer asks again."""
    client = serve(store)
    headers = {"Idempotency-Key": "phan-hoi-17"}
    first, again = (client.post("/v1/feedback", json=item(), headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert count(store, Feedback) == 1


def test_agreement_counts_only_the_labels_that_people_gave(serve: Serve, store: Store) -> None:
    """With its interval, and what was taken instead of what."""
    client = serve(store)
    predicted = give(client, item("0"))[0]["predicted"]
    give(client, *(item(str(n), {"topic": "education"}) for n in range(3)), item("9", {"codes": ["danger"]}))
    found = agreed(client)
    topic = found["fields"]["topic"]
    assert (found["items"], topic["n"], topic["agreed"], topic["share"]) == (5, 4, 1, 0.25)
    assert topic["low"] == pytest.approx(0.0456, abs=0.001)
    assert topic["high"] == pytest.approx(0.6994, abs=0.001)
    assert topic["confusions"] == [{"predicted": "transport_roads", "final": "education", "count": 3}]
    assert (found["fields"]["matter"]["n"], found["fields"]["matter"]["share"]) == (0, None)
    assert predicted["codes"] == []
    assert found["fields"]["codes"]["confusions"] == [{"predicted": None, "final": "danger", "count": 1}]
    assert found["models"] == [{"name": "ydan-default 1.0.0", "items": 5}]


def test_agreement_may_begin_on_a_day(serve: Serve, store: Store) -> None:
    """Of the giving, in Vietnam."""
    client = serve(store)
    give(client, item())
    assert agreed(client, since="2020-01-01")["items"] == 1
    assert agreed(client, since="2999-01-01")["items"] == 0
    assert client.get("/v1/feedback/agreement?since=x").json()["code"] == "bad_date"


def test_each_caller_has_its_own_and_the_settings_key_counts_all(serve: Serve, store: Store) -> None:
    """Neither figures nor deletion reach into another's."""
    one, other = a_caller(store, "Cổng"), a_caller(store, "Tổng đài")
    client = serve(store, api_key=KEY)
    (mine,) = give(client, item("a"), key=one)
    give(client, item("b"), item("c"), key=other)
    assert [agreed(client, key)["items"] for key in (one, other, KEY)] == [1, 2, 3]
    assert [agreed(client, key)["callers"] for key in (one, KEY)] == ["own", "all"]
    path = f"/v1/feedback/{mine['feedback']}"
    for key in (other, KEY):
        assert client.delete(path, headers=of(key)).status_code == 404
    assert client.delete(path, headers=of(one)).status_code == 204
    assert client.delete(path, headers=of(one)).status_code == 404
    assert agreed(client, one)["items"] == 0


def test_what_is_deleted_takes_its_words_along(serve: Serve, store: Store) -> None:
    """The sealed entry too."""
    client = serve(store)
    (found,) = give(client, item())
    assert count(store, ProgramData) == 1
    assert client.delete(f"/v1/feedback/{found['feedback']}").status_code == 204
    assert (count(store, Feedback), count(store, ProgramData)) == (0, 0)


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999"])
def test_a_number_that_is_none_is_a_problem(serve: Serve, sqlite_store: Store, number: str) -> None:
    """Not an error of the database."""
    assert serve(sqlite_store).delete(f"/v1/feedback/{number}").status_code == 422


def test_a_caller_needs_the_scope(serve: Serve, sqlite_store: Store) -> None:
    """Feedback."""
    key = a_caller(sqlite_store, "Cổng", "classify")
    client = serve(sqlite_store, api_key=KEY)
    assert client.post("/v1/feedback", json=item(), headers=of(key)).status_code == 403
    assert client.get("/v1/feedback/agreement", headers=of(key)).status_code == 403


def test_without_a_store_the_routes_say_what_to_set(serve: Serve) -> None:
    """501."""
    client = serve(serve_pages=False)
    for found in (
        client.post("/v1/feedback", json=item()),
        client.delete("/v1/feedback/1"),
        client.get("/v1/feedback/agreement"),
    ):
        assert (found.status_code, found.json()["code"]) == (501, "no_store")
        assert "YDAN_DATABASE_URL" in found.json()["detail"]
