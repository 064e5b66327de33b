"""The Open Inference Protocol: its paths, its tensors, its own form of errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, KEY, Serve
from ydan.predictor import Predictor
from ydan_service.programs.kserve import OUTPUTS
from ydan_service.routes.kserve import EXAMPLE, InferOut, ModelOut

INFER = "/v2/models/ydan/infer"


def text(*texts: object, **other: object) -> dict[str, Any]:
    return {"name": "text", "shape": [len(texts)], "datatype": "BYTES", "data": list(texts), **other}


def column(name: str, *values: str) -> dict[str, Any]:
    return {"name": name, "shape": [len(values)], "datatype": "BYTES", "data": list(values)}


def outputs(client: TestClient, *inputs: object, **other: object) -> dict[str, Any]:
    found = client.post(INFER, json={"inputs": inputs, **other})
    assert found.status_code == 200, found.text
    return {tensor["name"]: tensor for tensor in InferOut.model_validate(found.json()).model_dump()["outputs"]}


def test_the_server_lives_is_ready_and_says_what_it_is(client: TestClient) -> None:
    """Also for a probe that only looks at the status."""
    assert client.get("/v2/health/live").json() == {"live": True}
    assert client.get("/v2/health/ready").json() == {"ready": True}
    assert client.get("/v2").json()["extensions"] == []


@pytest.mark.parametrize("name", ["ydan", "ydan-default"])
@pytest.mark.parametrize("version", ["", "/versions/1.0.0"])
def test_the_model_says_what_it_takes_and_gives(client: TestClient, name: str, version: str) -> None:
    """By its own name or the short one, with its version or without."""
    found = client.get(f"/v2/models/{name}{version}").json()
    about = ModelOut.model_validate(found)
    assert (about.name, about.versions) == (name, ["1.0.0"])
    assert [each.name for each in about.outputs] == list(OUTPUTS)
    assert client.get(f"/v2/models/{name}{version}/ready").json() == {"name": name, "ready": True}


@pytest.mark.parametrize(
    "path", ["/v2/models/other", "/v2/models/ydan/versions/9", "/v2/models/other/ready", "/v2/models/ydan/nothing"]
)
def test_what_is_not_there_is_404_in_the_protocols_form(client: TestClient, path: str) -> None:
    """One key, ``error``, and nothing else."""
    found = client.get(path)
    assert (found.status_code, list(found.json())) == (404, ["error"])


def test_every_output_has_a_row_for_each_opinion(client: TestClient, predictor: Predictor) -> None:
    """All of them where none is named; the probabilities in the order of their labels."""
    found = outputs(client, text(GOOD, "Rác ở chợ không ai thu gom"))
    assert list(found) == list(OUTPUTS)
    for name, tensor in found.items():
        assert tensor["datatype"] == OUTPUTS[name]
        assert tensor["shape"] == ([2, 22] if name == "topic_probabilities" else [2])
    probabilities = found["topic_probabilities"]
    rows = [probabilities["data"][:22], probabilities["data"][22:]]
    for number, row in enumerate(rows):
        best = max(range(22), key=row.__getitem__)
        assert probabilities["parameters"]["labels"][best] == found["topic"]["data"][number]
        assert row[best] == pytest.approx(found["topic_confidence"]["data"][number], abs=1e-4)
        assert sum(row) == pytest.approx(1, abs=1e-4)


def test_a_row_is_what_classify_answers(client: TestClient) -> None:
    """The facade stands on the same core."""
    session = {"host_level": "commune", "date": "2026-03-01"}
    plain = client.post("/v1/classify", json={"session": session, "opinions": [{"id": "7", "text": GOOD}]}).json()
    found = outputs(client, text(GOOD), column("id", "7"), parameters=session)
    assert json.loads(found["assessment"]["data"][0]) == plain["results"][0]
    assert found["topic"]["data"] == [plain["results"][0]["topic"]["id"]]
    assert found["codes"]["data"] == [",".join(r["code"] for r in plain["results"][0]["escalation"]["reasons"])]


def test_the_example_of_the_document_is_answered(client: TestClient) -> None:
    """With the outputs that it names, in their order, and its id."""
    found = client.post(INFER, json=EXAMPLE).json()
    assert found["id"] == EXAMPLE["id"]
    assert [each["name"] for each in found["outputs"]] == [each["name"] for each in EXAMPLE["outputs"]]


@pytest.mark.parametrize(
    ("shape", "data"), [([2, 1], [[GOOD], ["Chợ bẩn quá"]]), ([2, 1], [GOOD, "Chợ bẩn quá"]), ([0], [])]
)
def test_columns_nested_or_flat_or_empty(client: TestClient, shape: list[int], data: list[object]) -> None:
    """Row-major order, as the protocol allows it."""
    found = outputs(client, text(shape=shape, data=data), outputs=[{"name": "topic"}])
    assert found["topic"]["shape"] == shape[:1]


def test_a_row_may_have_a_session_of_its_own(client: TestClient) -> None:
    """A column of as many, or one value for all; "" is none."""
    text_ = "Đề nghị huyện sửa đường liên xã"
    found = outputs(client, text(text_, text_), column("date", "2024-03-01", ""), parameters={"date": "2026-03-01"})
    periods = [json.loads(row)["jurisdiction"]["period"] for row in found["assessment"]["data"]]
    assert periods[0] < periods[1]
    one_for_all = outputs(client, text(text_, text_), column("host_level", "province"))
    assert one_for_all["error"]["data"] == ["", ""]


def test_an_opinion_that_cannot_be_read_keeps_its_row(client: TestClient) -> None:
    """Its ``error`` says why; the others are answered."""
    found = outputs(client, text("", GOOD), column("id", "a", "b"))
    assert found["error"]["data"] == ["empty_text", ""]
    assert (found["topic"]["data"][0], found["topic_confidence"]["data"][0]) == ("", 0.0)
    assert found["topic_probabilities"]["data"][:22] == [0.0] * 22
    assert json.loads(found["assessment"]["data"][0])["error"]["code"] == "empty_text"
    assert found["topic"]["data"][1] == "transport_roads"


def test_strict_refuses_the_whole_call(client: TestClient) -> None:
    """For a caller that cannot look at ``error``."""
    found = client.post(INFER, json={"inputs": [text(GOOD, "")], "parameters": {"strict": True}})
    assert found.status_code == 400
    assert "Dòng 1" in found.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"inputs": []},
        {"inputs": [1]},
        {"inputs": [column("other", "a")]},
        {"inputs": [text(GOOD), text(GOOD)]},
        {"inputs": [text(GOOD, datatype="FP32")]},
        {"inputs": [text(GOOD, shape=[2])]},
        {"inputs": [text(GOOD, shape=[1, 1, 1])]},
        {"inputs": [text(GOOD, shape=[True])]},
        {"inputs": [text(GOOD, shape="1")]},
        {"inputs": [text(GOOD, data=GOOD)]},
        {"inputs": [text(7)]},
        {"inputs": [text(GOOD, parameters={"binary_data_size": 3})]},
        {"inputs": [text(GOOD), column("id", "a", "b")]},
        {"inputs": [text(GOOD, GOOD), column("id", "a")]},
        {"inputs": [text(GOOD)], "outputs": [{"name": "mood"}]},
        {"inputs": [text(GOOD)], "outputs": "topic"},
        {"inputs": [text(GOOD)], "outputs": [{"name": ["topic"]}]},
        {"inputs": [text(GOOD)], "outputs": [{"name": "topic", "parameters": {"binary_data": True}}]},
        {"inputs": [text(GOOD)], "parameters": {"host_level": "ward"}},
        {"inputs": [text(GOOD)], "parameters": {"date": "gần đây"}},
        {"inputs": [text(GOOD)], "parameters": 3},
        {"inputs": [text(GOOD)], "id": 3},
    ],
)
def test_a_wrong_tensor_or_parameter_is_400(client: TestClient, body: object) -> None:
    """In the protocol's form."""
    found = client.post(INFER, json=body)
    assert (found.status_code, list(found.json())) == (400, ["error"])


def test_what_is_wrong_with_the_request_has_the_protocols_form_too(serve: Serve) -> None:
    """No JSON, another kind of body, binary tensors, too many, too large, no key."""
    client = serve(most_opinions=1, most_bytes=1000)
    json_type = {"content-type": "application/json"}
    answers = {
        400: client.post(INFER, content=b"{", headers=json_type),
        415: client.post(INFER, content=b"x", headers={"content-type": "application/octet-stream"}),
        413: client.post(INFER, json={"inputs": [text(GOOD, GOOD)]}),
        401: serve(api_key=KEY).post(INFER, json={"inputs": [text(GOOD)]}),
        404: client.post("/v2/models/other/infer", json={"inputs": [text(GOOD)]}),
    }
    for status, found in answers.items():
        assert (found.status_code, list(found.json())) == (status, ["error"])
    assert client.post(INFER, json={"inputs": [text("x" * 2000)]}).status_code == 413
    assert client.post(INFER, json={}, headers={"Inference-Header-Content-Length": "9"}).status_code == 400


def test_only_health_needs_no_key(serve: Serve) -> None:
    """As beside the protocol."""
    client = serve(api_key=KEY, host="0.0.0.0")
    assert client.get("/v2/health/ready").status_code == 200
    assert client.get("/v2").status_code == 401
    assert client.get("/v2", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
