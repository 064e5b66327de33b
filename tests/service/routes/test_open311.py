"""Open311 GeoReport v2: services, reports, lists; JSON and XML; its own form of errors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from tests.service.conftest import GOOD, KEY, Serve
from ydan.taxonomy import load_taxonomy
from ydan_service.programs import callers
from ydan_service.routes.open311_out import DefinitionOut, DiscoveryOut, RequestOut, ServiceOut
from ydan_service.store import program_data
from ydan_service.store.store import Store
from ydan_service.store.tables import Open311Request, ProgramData, now

AT = "/open311/v2"


@pytest.fixture
def keeping(serve: Serve, the_store: Store) -> TestClient:
    """An app with a store: both kinds where the test asks for ``store``."""
    return serve(the_store)


def report(client: TestClient, **form: str) -> str:
    found = client.post(f"{AT}/requests.json", data={"description": GOOD, **form})
    assert found.status_code == 200, found.text
    return str(found.json()[0]["service_request_id"])


def ids(client: TestClient, **query: str) -> list[str]:
    found = client.get(f"{AT}/requests.json", params=query)
    assert found.status_code == 200, found.text
    return [RequestOut.model_validate(each).service_request_id for each in found.json()]


def test_discovery_leads_to_the_endpoint(client: TestClient) -> None:
    """By the address that the settings name."""
    found = DiscoveryOut.model_validate(client.get(f"{AT}/discovery.json").json())
    assert found.endpoints[0].url == "http://127.0.0.1:8000/open311/v2"
    assert found.endpoints[0].formats == ["application/json", "text/xml"]


def test_every_topic_is_a_service_with_a_definition(client: TestClient) -> None:
    """Codes are the taxonomy's ids."""
    found = [ServiceOut.model_validate(each) for each in client.get(f"{AT}/services.json").json()]
    assert [each.service_code for each in found] == list(load_taxonomy().topics)
    assert all(each.metadata and each.description for each in found)
    for each in found:
        got = client.get(f"{AT}/services/{each.service_code}.json").json()
        definition = DefinitionOut.model_validate(got)
        assert [attribute.code for attribute in definition.attributes] == ["host_level", "session_date", "province"]


def test_the_same_in_xml(client: TestClient) -> None:
    """The names of elements are the standard's."""
    root = ElementTree.fromstring(client.get(f"{AT}/services.xml").content)
    assert (root.tag, root[0].tag, len(root)) == ("services", "service", 22)
    assert root[0].findtext("metadata") == "true"
    definition = ElementTree.fromstring(client.get(f"{AT}/services/environment.xml").content)
    assert definition.findtext("attributes/attribute/values/value/key") == "commune"
    assert client.get(f"{AT}/services.xml").headers["content-type"] == "text/xml; charset=utf-8"


def test_a_report_without_a_service_runs_under_the_models_topic(keeping: TestClient) -> None:
    """And can be read again with everything that the standard names."""
    id_ = report(keeping, address_string="Thôn 6", lat="21.03", long="105.85", media_url="https://example.org/a.jpg")
    found = keeping.get(f"{AT}/requests/{id_}.json").json()
    request = RequestOut.model_validate(found[0])
    assert (request.service_code, request.status, request.description) == ("transport_roads", "open", GOOD)
    assert (request.address, request.lat, request.long) == ("Thôn 6", 21.03, 105.85)
    assert request.agency_responsible
    assert request.requested_datetime.endswith("+07:00")
    assert "extended_attributes" not in found[0]
    more = keeping.get(f"{AT}/requests/{id_}.json?extensions=true").json()[0]["extended_attributes"]
    assert (more["topic"], more["level"], more["session"]["host_level"]) == ("transport_roads", "commune", "commune")


def test_a_report_that_is_sent_twice_is_kept_once(keeping: TestClient) -> None:
    """With an ``Idempotency-Key``; another report under the same key is refused, in the standard's form."""
    key = {"Idempotency-Key": "app-1"}
    form = {"description": GOOD, "lat": "21", "long": "105"}
    first, again = (keeping.post(f"{AT}/requests.json", data=form, headers=key).json() for _ in range(2))
    assert first == again
    assert len(ids(keeping)) == 1
    other = keeping.post(f"{AT}/requests.json", data=form | {"lat": "20"}, headers=key)
    assert other.json()[0]["code"] == other.status_code == 400


def test_the_senders_choice_of_service_stands(keeping: TestClient) -> None:
    """The model's topic is told beside it."""
    id_ = report(keeping, service_code="environment")
    found = keeping.get(f"{AT}/requests/{id_}.json?extensions=true").json()[0]
    assert (found["service_code"], found["extended_attributes"]["topic"]) == ("environment", "transport_roads")
    assert "Giao thông" in found["service_notice"]


def test_attributes_are_the_session(keeping: TestClient) -> None:
    """A date as a day or as a point in time; a province by its name."""
    form = {"attribute[session_date]": "2024-03-01T08:00:00+07:00", "attribute[host_level]": "district"}
    id_ = report(keeping, **form, **{"attribute[province]": "Hải Dương"})
    session = keeping.get(f"{AT}/requests/{id_}.json?extensions=true").json()[0]["extended_attributes"]["session"]
    assert session == {"host_level": "district", "date": "2024-03-01", "province": "31"}


def test_words_place_and_notes_are_sealed_and_persons_are_not_kept(keeping: TestClient, sqlite_store: Store) -> None:
    """Neither in the table nor, for persons, anywhere."""
    id_ = report(keeping, address_string="Thôn 6 Đoài", first_name="Tạ Thị Mão", email="mao@example.org", phone="0")
    keeping.post(f"{AT}/requests/{id_}.json", data={"status_notes": "Đã hẹn bác Mão"})
    with sqlite_store.read() as session:
        row = session.get_one(Open311Request, id_)
        shown = " ".join(str(getattr(row, column.name)) for column in Open311Request.__table__.columns)
        sealed = session.scalars(select(ProgramData).where(ProgramData.owner_id == id_)).one()
        opened = program_data.read(session, sqlite_store.keys, "open311", id_, "words")
    for words in (GOOD, "Đoài", "Mão", "mao@"):
        assert words not in shown
        assert words.encode() not in sealed.sealed
    assert opened is not None
    assert "Thôn 6 Đoài" in opened.decode()
    assert "Tạ Thị Mão" not in opened.decode()
    assert "mao@" not in opened.decode()


def test_lists_hold_what_is_asked_for(keeping: TestClient, store: Store) -> None:
    """By id, service, status and time; the newest first; 90 days."""
    old, road, rubbish = report(keeping), report(keeping), report(keeping, service_code="environment")
    with store.begin() as session:
        long_ago = now() - timedelta(days=91)
        session.execute(update(Open311Request).where(Open311Request.id == old).values(requested_at=long_ago))
    keeping.post(f"{AT}/requests/{road}.json", data={"status": "closed", "status_notes": "Xong"})
    assert ids(keeping) == [rubbish, road]
    assert ids(keeping, service_code="environment,justice") == [rubbish]
    assert ids(keeping, status="closed") == [road]
    assert ids(keeping, status="open,closed") == [rubbish, road]
    assert set(ids(keeping, service_request_id=f"{old},{road}", status="open")) == {old, road}
    assert ids(keeping, end_date=(now() - timedelta(days=2)).isoformat()) == [old]
    assert ids(keeping, start_date=(now() - timedelta(days=100)).isoformat()) == [old]
    both = {"start_date": "2000-01-01T00:00:00Z", "end_date": (now() + timedelta(days=1)).isoformat()}
    assert ids(keeping, **both) == [rubbish, road]
    closed = keeping.get(f"{AT}/requests/{road}.json").json()[0]
    assert (closed["status"], closed["status_notes"]) == ("closed", "Xong")


def test_a_list_in_xml_survives_every_character(keeping: TestClient) -> None:
    """Also those that XML forbids."""
    words = "Đường <lầy> & “lội” \x0b 🌧 đề nghị xã sửa"
    id_ = report(keeping, description=words)
    root = ElementTree.fromstring(keeping.get(f"{AT}/requests/{id_}.xml").content)
    assert root.tag == "service_requests"
    assert root.findtext("request/description") == words.replace("\x0b", "\ufffd")
    assert root.findtext("request/expected_datetime") == ""


def test_what_has_not_changed_for_a_year_is_forgotten(keeping: TestClient, store: Store) -> None:
    """When the next report comes in, with its words."""
    old = report(keeping)
    with store.begin() as session:
        before = now() - timedelta(days=366)
        session.execute(update(Open311Request).where(Open311Request.id == old).values(updated_at=before))
    report(keeping)
    assert keeping.get(f"{AT}/requests/{old}.json").status_code == 404
    with store.read() as session:
        assert session.scalar(select(ProgramData.id).where(ProgramData.owner_id == old)) is None


def test_a_caller_sees_only_its_own(serve: Serve, sqlite_store: Store) -> None:
    """Another's request is not told from none."""
    with sqlite_store.begin() as session:
        keys = [callers.add(session, None, name, ["classify", "knowledge"]).secret for name in ("Cổng", "Trục")]
    client = serve(sqlite_store)
    mine, others = ({"Authorization": f"Bearer {key}"} for key in keys)
    found = client.post(f"{AT}/requests.json", data={"description": GOOD, "api_key": keys[0]}).json()
    path = f"{AT}/requests/{found[0]['service_request_id']}.json"
    assert client.get(path, headers=mine).status_code == 200
    assert len(client.get(f"{AT}/requests.json", headers=mine).json()) == 1
    assert client.get(path, headers=others).status_code == 404
    assert client.get(f"{AT}/requests.json", headers=others).json() == []
    assert client.post(path, headers=others, data={"status": "closed"}).status_code == 404
    assert client.get(path, headers=mine).json()[0]["status"] == "open"
    assert client.post(path, headers=mine, data={"status": "closed"}).json()[0]["status"] == "closed"


def test_a_key_may_come_as_api_key(serve: Serve, sqlite_store: Store) -> None:
    """In the form, as the standard has it; in an address it is not looked at."""
    client = serve(sqlite_store, api_key=KEY)
    assert client.post(f"{AT}/requests.json", data={"description": GOOD}).status_code == 401
    assert client.post(f"{AT}/requests.json", data={"description": GOOD, "api_key": "sai"}).status_code == 401
    assert client.post(f"{AT}/requests.json", data={"description": GOOD, "api_key": KEY}).status_code == 200
    assert client.get(f"{AT}/requests.json", params={"api_key": KEY}).status_code == 401
    own = {"Authorization": f"Bearer {KEY}"}
    assert len(client.get(f"{AT}/requests.json", headers=own).json()) == 1


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"description": " "}, 400),
        ({"description": "hello, how are you my dear friend"}, 400),
        ({"description": GOOD, "service_code": "potholes"}, 404),
        ({"description": GOOD, "lat": "bắc"}, 400),
        ({"description": GOOD, "lat": "nan"}, 400),
        ({"description": GOOD, "long": "181"}, 400),
        ({"description": GOOD, "address_string": "x" * 1001}, 400),
        ({"description": GOOD, "attribute[host_level]": "ward"}, 400),
        ({"description": GOOD, "attribute[session_date]": "mai"}, 400),
        ({"description": GOOD, "attribute[province]": "Atlantis"}, 400),
    ],
)
def test_a_wrong_report_is_refused_in_the_standards_form(
    serve: Serve, sqlite_store: Store, form: dict[str, str], status: int
) -> None:
    """A list of code and description; XML where the address ends so."""
    client = serve(sqlite_store)
    found = client.post(f"{AT}/requests.json", data=form)
    assert found.status_code == status
    assert [list(each) for each in found.json()] == [["code", "description"]]
    root = ElementTree.fromstring(client.post(f"{AT}/requests.xml", data=form).content)
    assert (root.tag, root.findtext("error/code")) == ("errors", str(status))
    assert ids(client) == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"status": "lost"}, 400),
        ({"service_code": "potholes"}, 404),
        ({"start_date": "mai"}, 400),
        ({"start_date": "0001-01-01"}, 400),
        ({"start_date": "2026-03-02", "end_date": "2026-03-01"}, 400),
    ],
)
def test_a_wrong_question_is_refused(serve: Serve, sqlite_store: Store, query: dict[str, str], status: int) -> None:
    """The same form."""
    assert serve(sqlite_store).get(f"{AT}/requests.json", params=query).json()[0]["code"] == status


@pytest.mark.parametrize("form", [{}, {"status": "lost"}, {"status_notes": "x" * 2001}])
def test_a_wrong_status_is_refused(serve: Serve, sqlite_store: Store, form: dict[str, str]) -> None:
    """Nothing is changed."""
    client = serve(sqlite_store)
    id_ = report(client)
    assert client.post(f"{AT}/requests/{id_}.json", data=form).status_code == 400
    assert client.post(f"{AT}/requests/other.json", data={"status": "closed"}).status_code == 404
    assert client.get(f"{AT}/requests/{id_}.json").json()[0]["status"] == "open"


def test_without_a_store_only_requests_are_missing(client: TestClient) -> None:
    """501, with what to set."""
    for found in (
        client.post(f"{AT}/requests.json", data={"description": GOOD}),
        client.get(f"{AT}/requests.json"),
        client.get(f"{AT}/requests/1.json"),
        client.post(f"{AT}/requests/1.json", data={"status": "closed"}),
    ):
        assert found.status_code == 501
        assert "YDAN_DATABASE_URL" in found.json()[0]["description"]
    assert client.get(f"{AT}/services.json").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/services/potholes.json", 404), ("/nothing.json", 404), ("/services.yaml", 400)]
)
def test_an_unknown_address_has_the_standards_form(client: TestClient, path: str, status: int) -> None:
    """Whoever raised it."""
    found: Any = client.get(AT + path).json()
    assert found[0]["code"] == status


def test_other_bodies_and_large_ones_are_refused(serve: Serve, sqlite_store: Store) -> None:
    """A form of usual size is all that is read."""
    client = serve(sqlite_store)
    assert client.post(f"{AT}/requests.json", json={"description": GOOD}).json()[0]["code"] == 415
    assert client.post(f"{AT}/requests.json", data={"description": "x" * 300_000}).json()[0]["code"] == 413
    form_type = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(f"{AT}/requests.json", content=b"description=\xff\xfe", headers=form_type).status_code == 400
