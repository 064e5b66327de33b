"""``POST /v1/classify``: as many results as opinions, in order; one bad opinion does not sink the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.models.test_predictor import ADMITTED
from tests.service.conftest import GOOD, Serve


def post(client: TestClient, body: object, kind: str = "application/json") -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/v1/classify", content=data, headers={"content-type": kind})


def results(client: TestClient, opinions: list[object], **session: object) -> list[dict[str, Any]]:
    found = post(client, {"session": session, "opinions": opinions})
    assert found.status_code == 200, found.text
    rows: list[dict[str, Any]] = found.json()["results"]
    return rows


def test_each_opinion_has_its_result_in_its_place(client: TestClient) -> None:
    """Same ids, same order; a number becomes text, a missing id is the place."""
    found = results(client, [{"id": "b", "text": GOOD}, {"id": 1, "text": GOOD}, {"text": GOOD}], date="2026-03-01")
    assert [row["id"] for row in found] == ["b", "1", "3"]
    assert all(row["topic"]["id"] == "transport_roads" for row in found)


def test_the_answer_carries_the_versions(client: TestClient) -> None:
    """CONTRACT.md: model, taxonomy, competence beside the results, and nothing else."""
    answer = post(client, {"opinions": [{"id": "1", "text": GOOD}]}).json()
    assert answer.keys() == {"results", "model", "taxonomy", "competence"}
    assert answer["model"].keys() == {"name", "version"}


@pytest.mark.parametrize(
    ("opinion", "code"),
    [
        ({"id": "x", "text": ""}, "empty_text"),
        ({"id": "x"}, "missing_text"),
        ({"id": "x", "text": 5}, "bad_text"),
        ({"id": "x", "text": "đường " * 2000}, "text_too_long"),
        ({"id": "x", "text": "Please mend the road in front of our school"}, "not_vietnamese"),
        ({"id": "x", "text": GOOD, "host_level": "ward"}, "unknown_host_level"),
        ({"id": "x", "text": GOOD, "host_level": ["commune"]}, "unknown_host_level"),
        ({"id": "x", "text": GOOD, "host_level": "district"}, "district_abolished"),
        ({"id": "x", "text": GOOD, "date": {"day": 1}}, "bad_date"),
        ({"id": "x", "text": GOOD, "province": "Atlantis"}, "unknown_province"),
    ],
)
def test_a_bad_opinion_is_an_error_between_answers(client: TestClient, opinion: object, code: str) -> None:
    """Its id, a stable code, a message."""
    first, bad, last = results(client, [{"id": "a", "text": GOOD}, opinion, {"id": "b", "text": GOOD}])
    assert (bad["id"], bad["error"]["code"]) == ("x", code)
    assert bad["error"]["message"]
    assert "topic" in first
    assert "topic" in last


@pytest.mark.parametrize("opinion", [None, "text", 5, ["a"]])
def test_what_is_no_object_is_an_error_with_its_place_as_id(client: TestClient, opinion: object) -> None:
    """It has no id of its own."""
    found = results(client, [{"id": "a", "text": GOOD}, opinion])
    assert (found[1]["id"], found[1]["error"]["code"]) == ("2", "not_an_object")


def test_an_opinions_own_host_and_date_win_over_the_session(client: TestClient) -> None:
    """The period shows which date counted."""
    own = {"text": GOOD, "host_level": "district", "date": "2024-05-01"}
    found = results(client, [{"text": GOOD}, own], date="2025-08-01", host_level="province", province=None)
    assert [row["jurisdiction"]["period"] for row in found] == ["2025-07-01", "1975-01-01"]


def test_hostile_texts_come_back_as_they_went(client: TestClient) -> None:
    """Lone surrogates, NFD and formulas: the spans are offsets into them."""
    found = results(client, [{"id": name, "text": text} for name, text in ADMITTED])
    assert [(row["id"], row["text"]) for row in found] == ADMITTED


@pytest.mark.parametrize("body", [{"opinions": []}, {"opinions": [], "session": None}, {"opinions": [], "more": 1}])
def test_no_opinions_are_answered_with_no_results(client: TestClient, body: object) -> None:
    """Fields that are not known are left alone."""
    found = post(client, body)
    assert (found.status_code, found.json()["results"]) == (200, [])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b"{", 400, "invalid_json"),
        (b'{"opinions": "\xff"}', 400, "invalid_json"),
        (b"[" * 100_000, 400, "invalid_json"),
        (b"[]", 422, "invalid_request"),
        (b"null", 422, "invalid_request"),
        (b"{}", 422, "invalid_request"),
        (b'{"opinions": {}}', 422, "invalid_request"),
        (b'{"opinions": [], "session": "commune"}', 422, "invalid_request"),
        (b'{"opinions": [], "session": {"host_level": "ward"}}', 422, "unknown_host_level"),
        (b'{"opinions": [], "session": {"date": "1/3/2026"}}', 422, "bad_date"),
        (b'{"opinions": [], "session": {"date": "1970-01-01"}}', 422, "date_before_1975"),
        (b'{"opinions": [], "session": {"province": "\\ud83d"}}', 422, "unknown_province"),
        (b'{"opinions": [], "session": {"host_level": "district", "date": "2025-07-01"}}', 422, "district_abolished"),
    ],
)
def test_a_request_that_is_wrong_as_a_whole_is_a_problem(
    client: TestClient, body: bytes, status: int, code: str
) -> None:
    """RFC 9457, with a stable code and what to do."""
    found = post(client, body)
    assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json")
    assert (found.json()["status"], found.json()["code"]) == (status, code)
    assert len(found.json()["detail"]) > 20


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_content_type_is_refused(client: TestClient, kind: str) -> None:
    """A form of a foreign page cannot make the browser ask."""
    found = post(client, {"opinions": []}, kind)
    assert (found.status_code, found.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_may_be_spelled_with_a_charset(client: TestClient, kind: str) -> None:
    """As most clients do."""
    assert post(client, {"opinions": []}, kind).status_code == 200


def test_a_thousand_opinions_are_taken_and_one_more_is_not(client: TestClient) -> None:
    """The message tells both numbers."""
    opinion = {"text": "Vâng"}
    assert len(results(client, [opinion] * 1000)) == 1000
    found = post(client, {"opinions": [opinion] * 1001})
    assert (found.status_code, found.json()["code"]) == (413, "too_many_opinions")
    assert "1001" in found.json()["detail"]
    assert "1000" in found.json()["detail"]


@pytest.mark.parametrize(("size", "status"), [(500, 200), (501, 413)])
def test_a_body_over_the_limit_is_refused(serve: Serve, size: int, status: int) -> None:
    """The limit itself is still taken."""
    body = b'{"opinions": []}'
    found = post(serve(most_bytes=500), body + b" " * (size - len(body)))
    assert found.status_code == status


def test_a_body_without_a_length_is_cut_off_at_the_limit(serve: Serve) -> None:
    """Not read to its end first."""
    sent = 0

    def endless() -> Any:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * 100

    found = serve(most_bytes=500).post("/v1/classify", content=endless(), headers={"content-type": "application/json"})
    assert (found.status_code, found.json()["code"]) == (413, "too_large")
