"""Minutes in, their review, over HTTP."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.service.conftest import ACommune
from tests.service.office.reading import NAMES, TEXT, Office
from tests.service.web.conftest import OfficeClient, SignedIn
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune


@pytest.fixture
def commune(a_commune: ACommune) -> Commune:
    """Xã Tân Lập."""
    return a_commune("Xã Tân Lập", villages=["Thôn Đông"])


@pytest.fixture
def office(the_store: Store, predictor: Predictor, minutes_reader: MinutesReader) -> Office:
    """A worker at hand."""
    return Office(the_store, predictor, minutes_reader)


@pytest.fixture
def secretary(client: SignedIn, commune: Commune) -> OfficeClient:
    """A secretary of the commune, signed in."""
    return client("secretary", communes=[commune.id], display_name="Lan")


def hand_in(browser: OfficeClient, commune: Commune, **sent: object) -> dict[str, int]:
    data = {"commune": str(commune.id), **sent}
    answer = browser.post("/meetings", data=data, files={"file": ("bien-ban.txt", TEXT.encode())})
    assert answer.status_code == 201, answer.text
    found: dict[str, int] = answer.json()
    return found


def test_from_a_file_to_a_decision(secretary: OfficeClient, commune: Commune, office: Office) -> None:
    ids = hand_in(secretary, commune)
    job = secretary.get(f"/jobs/{ids['job_id']}").json()
    assert (job["state"], job["meeting_id"], job["total"]) == ("queued", ids["meeting_id"], 100)
    where = f"/meetings/{ids['meeting_id']}/review"
    assert secretary.get(f"{where}/state").status_code == 409, "not read yet"
    office.work()
    assert secretary.get(f"/jobs/{ids['job_id']}").json()["state"] == "done"
    state = secretary.get(f"{where}/state")
    assert state.headers["cache-control"] == "no-store"
    found = state.json()
    assert found["csrf"] == secretary.csrf
    since = found["meeting"]["revision"]
    op = {"id": "tu-trinh-duyet-1", "kind": "decide", "key": "1", "fields": {"topic": "health_food"}, "version": since}
    said = secretary.post(f"{where}/operations", json={"operations": [op], "since": since}).json()
    assert said["results"] == [{"id": op["id"], "ok": True}]
    assert [one["key"] for one in said["opinions"]] == ["1"]
    changes = secretary.get(f"{where}/changes", params={"since": since, "at": "1"}).json()
    assert changes["opinions"][0]["labels"]["topic"] == "health_food"


def test_a_pasted_text_is_read_too(secretary: OfficeClient, commune: Commune, office: Office) -> None:
    answer = secretary.post("/meetings", data={"commune": commune.id, "text": TEXT}, headers={"accept": "text/html"})
    assert answer.status_code == 303
    office.work()
    assert len(secretary.get(f"{answer.headers['location']}/review/state").json()["opinions"]) == 5


def test_what_is_handed_in_wrongly_is_refused(
    secretary: OfficeClient, commune: Commune, office_app: FastAPI, a_commune: ACommune
) -> None:
    assert secretary.post("/meetings", data={"commune": commune.id}).status_code == 422
    assert secretary.post("/meetings", data={"text": TEXT}).status_code == 422
    assert secretary.post("/meetings", data={"commune": a_commune("Xã Khác").id, "text": TEXT}).status_code == 404
    bad_day = secretary.post("/meetings", data={"commune": commune.id, "text": TEXT, "held_on": "hôm qua"})
    assert bad_day.status_code == 422
    big = b"x" * (office_app.state.settings.most_file_bytes + 1)
    answer = secretary.post("/meetings", data={"commune": commune.id}, files={"file": ("to.txt", big)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_nobody_else_gets_in(
    secretary: OfficeClient, commune: Commune, office: Office, client: SignedIn, a_commune: ACommune
) -> None:
    ids = hand_in(secretary, commune)
    office.work()
    where = f"/meetings/{ids['meeting_id']}/review"
    stranger = client("secretary", communes=[a_commune("Xã Khác").id])
    leader = client("leader", communes=[commune.id])
    auditor = client("auditor", communes=[commune.id])
    nobody = TestClient(secretary.app, follow_redirects=False)
    for path in (f"{where}/state", f"{where}/changes?since=0"):
        codes = [one.get(path).status_code for one in (secretary, leader, stranger, auditor, nobody)]
        assert codes == [200, 200, 404, 403, 401], path
    op = {"operations": [{"id": "thao-tac-xx1", "kind": "accept", "keys": ["1"]}], "since": 0}
    codes = [one.post(f"{where}/operations", json=op).status_code for one in (leader, stranger, auditor, nobody)]
    assert codes == [403, 404, 403, 401]
    assert stranger.get(f"/jobs/{ids['job_id']}").status_code == 404
    assert stranger.post(f"/jobs/{ids['job_id']}/retry").status_code == 404
    forged = secretary.post(f"{where}/operations", json=op, headers={"X-CSRF-Token": "sai"})
    assert forged.status_code == 403


def test_a_leader_never_sees_a_name(
    secretary: OfficeClient, commune: Commune, office: Office, client: SignedIn
) -> None:
    ids = hand_in(secretary, commune)
    office.work()
    leader = client("leader", communes=[commune.id])
    where = f"/meetings/{ids['meeting_id']}/review"
    for path in (f"{where}/state", f"{where}/changes?since=0"):
        answer = leader.get(path)
        assert (answer.status_code, "lầy lội" in answer.text) == (200, True)
        assert not [name for name in NAMES if name in answer.text]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 422),
        (b'{"operations": {}, "since": 0}', 422),
        (b'{"operations": [], "since": -1}', 422),
        (b'{"operations": [' + b"1," * 250 + b'1], "since": 0}', 422),
        (b" " * 2_000_001, 413),
    ],
)
def test_a_body_that_is_none_is_refused(
    secretary: OfficeClient, commune: Commune, office: Office, body: bytes, status: int
) -> None:
    ids = hand_in(secretary, commune)
    where = f"/meetings/{ids['meeting_id']}/review/operations"
    answer = secretary.post(where, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status


def test_a_failed_job_says_why_and_can_be_tried_again(
    secretary: OfficeClient, commune: Commune, office: Office
) -> None:
    answer = secretary.post("/meetings", data={"commune": commune.id}, files={"file": ("hong.docx", b"PK\x03\x04")})
    job = answer.json()["job_id"]
    office.work()
    failed = secretary.get(f"/jobs/{job}").json()
    assert failed["state"] == "failed"
    assert failed["message"]
    assert failed["code"]
    assert secretary.post(f"/jobs/{job}/retry").json()["state"] == "queued"
    assert secretary.post(f"/jobs/{job}/retry").status_code == 409
