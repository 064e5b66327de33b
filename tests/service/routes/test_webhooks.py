"""``/v1/webhooks``: addresses kept and tested, what became of each delivery, none of another caller's."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from tests.service.programs.jobbing import LINES, act_as, app_of, at_work, hand_in, lines, wait
from tests.service.programs.webhooks.receiver import receiving
from ydan.predictor import Predictor
from ydan_service.programs.webhooks.signing import verify
from ydan_service.store.store import Store
from ydan_service.store.tables import Caller, ProgramData

FIRE = "Cháy nhà tại thôn 3 đêm qua, hai người bị thương, dân hoảng loạn, đề nghị cứu trợ khẩn cấp ngay"


def add(client: TestClient, url: str, **more: Any) -> Any:
    return client.post("/v1/webhooks", json={"url": url, **more})


def test_a_job_that_ended_is_told_of(store: Store, predictor: Predictor) -> None:
    """Id and counts, signed with the secret that came with the registration; no word of an opinion."""
    with receiving() as receiver, at_work(store, predictor, webhook_hosts=(receiver.host,)) as client:
        hook = add(client, receiver.url, events=["job.done", "job.cancelled"])
        assert hook.status_code == 201
        job = wait(client, hand_in(client, lines(3) + b"\n{bad").json())
        receiver.wait(1)
        ((sent, body),) = receiver.got
        assert verify(hook.json()["secret"], sent, body, time.time())
        expected = {"job": job["id"], "state": "done", "total": 4, "done": 4, "failed": 1}
        assert json.loads(body)["data"] == expected
        assert "lầy lội" not in body.decode()


def test_what_must_go_up_at_once_is_told_of_by_number_and_id(sqlite_store: Store, predictor: Predictor) -> None:
    """As soon as its part is answered; an id that is long enough to hold words is left out."""
    asked = {"opinions": [{"id": "1", "text": FIRE}]}
    with receiving() as receiver, at_work(sqlite_store, predictor, webhook_hosts=(receiver.host,)) as client:
        (known,) = client.post("/v1/classify", json=asked).json()["results"]
        if known["escalation"]["urgency"] != "immediate":
            pytest.skip("the model does not find this one urgent")
        add(client, receiver.url, events=["escalation.immediate"])
        rows = [
            {"id": "a", "text": FIRE},
            {"id": "b", "text": "Cảm ơn xã đã làm đường."},
            {"id": "c" * 65, "text": FIRE},
        ]
        hand_in(client, "\n".join(json.dumps(row) for row in rows).encode(), LINES)
        receiver.wait(1)
        said = json.loads(receiver.got[0][1])["data"]
    assert said["opinions"] == [{"number": 1, "id": "a"}, {"number": 3, "id": None}]


def test_a_test_delivery_can_be_followed(sqlite_store: Store, predictor: Predictor) -> None:
    """Asked for, sent, listed."""
    with receiving() as receiver, at_work(sqlite_store, predictor, webhook_hosts=(receiver.host,)) as client:
        hook = add(client, receiver.url).json()
        queued = client.post(hook["links"]["test"])
        assert (queued.status_code, queued.json()["event"]) == (202, "webhook.test")
        receiver.wait(1)
        until = time.monotonic() + 10
        while not (rows := client.get(hook["links"]["deliveries"] + "?state=delivered").json()["items"]):
            assert time.monotonic() < until
        assert [row["id"] for row in rows] == [queued.json()["id"]]
        again = client.post(f"/v1/webhooks/deliveries/{rows[0]['id']}/retry")
        assert (again.status_code, again.json()["code"]) == (409, "delivery_not_dead")


@pytest.fixture
def client(sqlite_store: Store, predictor: Predictor) -> TestClient:
    """An app that may call one host; nothing is sent."""
    return TestClient(app_of(sqlite_store, predictor, webhook_hosts=("mot-cua.vn",)), raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"url": "https://khac.vn/"}, 403, "webhook_host_not_allowed"),
        ({"url": "mot-cua.vn"}, 422, "invalid_request"),
        ({"url": "https://mot-cua.vn/", "events": ["job.begun"]}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
    ],
)
def test_a_wrong_registration_says_what_to_do(client: TestClient, body: Any, status: int, code: str) -> None:
    """And keeps nothing."""
    answer = client.post("/v1/webhooks", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get("/v1/webhooks").json()["items"] == []


def test_the_secret_is_shown_once_and_goes_with_the_webhook(client: TestClient, sqlite_store: Store) -> None:
    """Neither the list nor the webhook itself has it; the store has it sealed."""
    made = add(client, "https://mot-cua.vn/y-dan").json()
    assert made["secret"].startswith("whsec_")
    shown = client.get(made["links"]["self"]).json()
    assert "secret" not in shown
    assert client.get("/v1/webhooks").json()["items"] == [shown]
    assert client.delete(made["links"]["self"]).status_code == 204
    assert client.get(made["links"]["self"]).status_code == 404
    with sqlite_store.read() as session:
        assert session.scalars(select(ProgramData)).all() == []


def test_each_caller_has_its_own_webhooks(client: TestClient, sqlite_store: Store) -> None:
    """Another's can be neither seen nor tested nor deleted, and hears nothing of one's jobs."""
    with sqlite_store.begin() as session:
        session.add_all([Caller(id=n, client_id=f"c{n}", name=f"c{n}") for n in (1, 2)])
    act_as(client, 1)
    hook = add(client, "https://mot-cua.vn/").json()
    job = hand_in(client, lines(1)).json()
    act_as(client, 2)
    other = add(client, "https://mot-cua.vn/").json()
    assert [each["id"] for each in client.get("/v1/webhooks").json()["items"]] == [other["id"]]
    links = hook["links"]
    for method, path in (
        ("GET", links["self"]),
        ("DELETE", links["self"]),
        ("POST", links["test"]),
        ("GET", links["deliveries"]),
    ):
        assert client.request(method, path).status_code == 404
    act_as(client, 1)
    client.post(job["links"]["cancel"])
    (delivery,) = client.get(links["deliveries"]).json()["items"]
    assert (delivery["event"], delivery["payload"]["data"]["job"]) == ("job.cancelled", job["id"])
    act_as(client, 2)
    assert client.get(other["links"]["deliveries"]).json()["items"] == []
    assert client.post(f"/v1/webhooks/deliveries/{delivery['id']}/retry").status_code == 404
