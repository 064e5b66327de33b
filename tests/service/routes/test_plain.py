"""One label for one text, in the shape of a pipeline."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, Serve
from ydan_service.routes.plain import LabelFailure, LabelOut


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"text": GOOD}},
        {"json": {"inputs": GOOD}},
        {"data": {"text": GOOD}},
        {"content": GOOD.encode(), "headers": {"content-type": "text/plain; charset=utf-8"}},
        {"content": b"\xef\xbb\xbf" + GOOD.encode(), "headers": {"content-type": "text/plain"}},
    ],
)
def test_a_text_gets_a_label(client: TestClient, sent: dict[str, object]) -> None:
    """As JSON, as a form, as plain text: the same."""
    found = client.post("/v1/label", **sent)  # type: ignore[arg-type]
    assert found.status_code == 200
    label = LabelOut.model_validate(found.json())
    assert label.label == "transport_roads"
    assert label.score is not None
    assert label.score > 0.9
    assert label.name == "Giao thông, đường sá, vận tải"


@pytest.mark.parametrize(
    ("field", "expected"), [("topic", "transport_roads"), ("type", "petition"), ("level", "commune")]
)
def test_the_field_chooses_the_label(client: TestClient, field: str, expected: str) -> None:
    """Topic unless said."""
    assert client.post("/v1/label", params={"field": field}, json={"text": GOOD}).json()["label"] == expected


def test_a_matter_that_the_model_is_not_sure_of_is_null(client: TestClient) -> None:
    """No label and no score is made up."""
    sure = client.post("/v1/label?field=matter", json={"text": "Đề nghị sửa đường tỉnh ĐT 390"}).json()
    assert sure["label"] == "provincial_road"
    unsure = client.post("/v1/label?field=matter", json={"text": "Đề nghị các cấp quan tâm hơn nữa"}).json()
    assert unsure == {"label": None, "score": None, "name": ""}


def test_a_list_keeps_its_order_and_its_failures(client: TestClient) -> None:
    """What cannot be read keeps its place; forms repeat the field."""
    found = client.post("/v1/label", json={"text": [GOOD, "", 7, "Rác ở chợ không ai thu gom"]}).json()
    assert [each["label"] for each in found] == ["transport_roads", None, None, "environment"]
    assert [LabelFailure.model_validate(each).error.code for each in found[1:3]] == ["empty_text", "bad_text"]
    form = client.post("/v1/label", data={"text": [GOOD, "Rác ở chợ không ai thu gom"]}).json()
    assert [each["label"] for each in form] == ["transport_roads", "environment"]
    assert client.post("/v1/label", json={"text": []}).json() == []


def test_the_session_stands_in_the_address(client: TestClient) -> None:
    """A wrong one is refused as elsewhere."""
    query = {"field": "level", "host_level": "province", "date": "2026-03-01"}
    assert client.post("/v1/label", params=query, json={"text": GOOD}).status_code == 200
    found = client.post("/v1/label", params={"date": "gần đây"}, json={"text": GOOD})
    assert (found.status_code, found.json()["code"]) == (422, "bad_date")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"json": {"text": ""}}, 422, "empty_text"),
        ({"json": {}}, 422, "invalid_request"),
        ({"json": [GOOD]}, 422, "invalid_request"),
        ({"json": {"text": 7}}, 422, "invalid_request"),
        ({"data": {"other": "x"}}, 422, "invalid_request"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400, "invalid_json"),
        ({"content": b"\xff\xfe", "headers": {"content-type": "text/plain"}}, 422, "binary_text"),
        ({"content": b"x", "headers": {"content-type": "image/png"}}, 415, "unsupported_media_type"),
        ({"json": {"text": GOOD}, "params": {"field": "mood"}}, 422, "invalid_request"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, sent: dict[str, object], status: int, code: str) -> None:
    """As problem details."""
    found = client.post("/v1/label", **sent)  # type: ignore[arg-type]
    assert (found.status_code, found.json()["code"]) == (status, code)


def test_more_texts_than_allowed_are_refused(serve: Serve) -> None:
    """As in classify."""
    found = serve(most_opinions=1).post("/v1/label", json={"text": [GOOD, GOOD]})
    assert (found.status_code, found.json()["code"]) == (413, "too_many_opinions")
