"""People choose labels."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.service.office.reading import Office
from ydan_service.office.review.looking import open_review
from ydan_service.person import Person
from ydan_service.store.tables import AuditEvent, Decision, Opinion, StatusChange, Village, now


def one(office: Office, person: Person, meeting: int, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        row for row in open_review(office.store, person, meeting, now())["opinions"] if row["key"] == key
    )
    return found


def test_a_chosen_label_stands_and_tells_who_chose_it(office: Office, lan: Person, meeting: int) -> None:
    said = office.do(lan, meeting, "decide", key="2", fields={"topic": "security_defence"}, version=1)
    assert said["result"] == {"id": said["id"], "ok": True}
    row = one(office, lan, meeting, "2")
    assert row["labels"]["topic"] == "security_defence"
    assert row["model"]["topic"]["id"] != "security_defence", "what the model said is never changed"
    assert row["decided"]["topic"]["by"] == "Lan"
    assert row["reviewed"]["by"] == "Lan"
    assert row["version"] == said["revision"] == 2


def test_level_office_and_escalation_follow_the_matter_by_the_table(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"matter": "provincial_road"}, version=1)
    labels = one(office, lan, meeting, "1")["labels"]
    assert (labels["level"], labels["escalate"], labels["codes"]) == ("province", True, ["beyond_competence"])
    ruling = office.predictor.competence.lookup("provincial_road", office_day())
    assert labels["body"] == ruling.body
    assert labels["status"] == "kien_nghi_cap_tren"


def office_day() -> Any:
    from datetime import date

    return date(2026, 3, 12)


def test_what_was_decided_by_hand_does_not_follow(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"level": "commune", "body": "ubnd"}, version=1)
    office.do(lan, meeting, "decide", key="1", fields={"matter": "provincial_road"}, version=2)
    labels = one(office, lan, meeting, "1")["labels"]
    assert (labels["level"], labels["body"], labels["escalate"]) == ("commune", "ubnd", False)


def test_matter_and_topic_chosen_by_hand_go_together(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"matter": "provincial_road"}, version=1)
    office.do(lan, meeting, "decide", key="1", fields={"topic": "health_food"}, version=2)
    row = one(office, lan, meeting, "1")
    assert (row["labels"]["topic"], row["labels"]["matter"]) == ("health_food", None)
    assert "matter" not in row["decided"]
    office.do(lan, meeting, "decide", key="1", fields={"matter": "provincial_road"}, version=3)
    row = one(office, lan, meeting, "1")
    assert row["labels"]["topic"] == "transport_roads"


def test_two_persons_work_merges_unless_they_decide_the_same_field_otherwise(
    office: Office, lan: Person, hoa: Person, meeting: int
) -> None:
    assert office.do(lan, meeting, "decide", key="2", fields={"topic": "security_defence"}, version=1)["result"]["ok"]
    assert office.do(hoa, meeting, "decide", key="2", fields={"type": "question"}, version=1)["result"]["ok"]
    late = office.do(hoa, meeting, "decide", key="2", fields={"topic": "health_food"}, version=1)["result"]
    assert (late["ok"], late["error"]["code"]) == (False, "conflict")
    assert late["conflict"]["labels"]["topic"] == "security_defence"
    assert late["conflict"]["decided"]["topic"]["by"] == "Lan"
    same = office.do(hoa, meeting, "decide", key="2", fields={"topic": "security_defence"}, version=1)["result"]
    assert same["ok"], "two who agree are in no conflict"
    seen = late["conflict"]["version"]
    assert office.do(hoa, meeting, "decide", key="2", fields={"topic": "health_food"}, version=seen + 9)["result"]["ok"]
    row = one(office, hoa, meeting, "2")
    assert (row["labels"]["topic"], row["labels"]["type"]) == ("health_food", "question")


def test_my_own_later_word_is_no_conflict(office: Office, lan: Person, meeting: int) -> None:
    for topic in ("security_defence", "health_food"):
        assert office.do(lan, meeting, "decide", key="2", fields={"topic": topic}, version=1)["result"]["ok"]
    assert one(office, lan, meeting, "2")["labels"]["topic"] == "health_food"


def test_what_is_grave_goes_only_with_a_reason(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="2", fields={"codes": ["danger", "policy"]}, version=1)
    for fields in ({"codes": ["policy"]}, {"escalate": False}):
        refused = office.do(lan, meeting, "decide", key="2", fields=fields, version=2)["result"]
        assert refused["error"]["code"] == "invalid"
        assert "phải ghi lý do" in refused["error"]["message"]
    assert office.do(lan, meeting, "decide", key="2", fields={"codes": ["danger"]}, version=2)["result"]["ok"]
    reason = "Ông Tạ Văn Mão đã rào lại"
    assert office.do(lan, meeting, "decide", key="2", fields={"codes": []}, version=3, reason=reason)["result"]["ok"]
    assert one(office, lan, meeting, "2")["labels"]["codes"] == []
    with office.store.read() as session:
        kept = [row.value.get("reason") for row in session.scalars(select(Decision))]
        assert "Ông ▇▇▇▇▇▇▇▇▇▇ đã rào lại" in kept
        assert reason not in repr(session.scalars(select(AuditEvent.detail)).all())


def test_a_person_says_that_it_does_not_go_up(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"level": "province"}, version=1)
    assert one(office, lan, meeting, "1")["labels"]["escalate"]
    office.do(lan, meeting, "decide", key="1", fields={"escalate": False}, version=2)
    labels = one(office, lan, meeting, "1")["labels"]
    assert (labels["escalate"], labels["urgency"], labels["codes"]) == (False, None, [])
    office.do(lan, meeting, "decide", key="1", fields={"escalate": True, "urgency": "immediate"}, version=3)
    labels = one(office, lan, meeting, "1")["labels"]
    assert (labels["escalate"], labels["urgency"]) == (True, "immediate")


def test_a_status_by_hand_is_written_down_and_stays(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"status": "da_giai_quyet"}, version=1)
    office.do(lan, meeting, "decide", key="1", fields={"level": "province"}, version=2)
    assert one(office, lan, meeting, "1")["labels"]["status"] == "da_giai_quyet"
    with office.store.read() as session:
        id_ = session.scalars(select(Opinion.id).where(Opinion.key == "1")).one()
        last = session.scalars(select(StatusChange).where(StatusChange.opinion_id == id_)).all()[-1]
        assert (last.status, last.by) == ("da_giai_quyet", lan.id)


def test_a_village_of_the_commune_can_be_chosen(office: Office, lan: Person, meeting: int) -> None:
    with office.store.read() as session:
        south = session.scalars(select(Village.id).where(Village.name == "Thôn Nam")).one()
    assert office.do(lan, meeting, "decide", key="1", fields={"village": south}, version=1)["result"]["ok"]
    assert one(office, lan, meeting, "1")["labels"]["village"] == south
    assert office.do(lan, meeting, "decide", key="1", fields={"village": None}, version=2)["result"]["ok"]
    refused = office.do(lan, meeting, "decide", key="1", fields={"village": 999}, version=3)["result"]
    assert refused["error"]["code"] == "invalid"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"topic": "khong_co"},
        {"topic": None},
        {"topic": 3},
        {"level": "district"},
        {"escalate": "yes"},
        {"urgency": "later"},
        {"codes": "danger"},
        {"codes": ["la"]},
        {"status": "xong"},
        {"confidential": True},
        {"reviewed": True},
        {"__class__": "x"},
        "topic",
    ],
)
def test_a_label_that_does_not_exist_is_refused_and_changes_nothing(
    office: Office, lan: Person, meeting: int, fields: Any
) -> None:
    before = one(office, lan, meeting, "1")
    refused = office.do(lan, meeting, "decide", key="1", fields=fields, version=1)["result"]
    assert not refused["ok"]
    assert refused["error"]["code"] in ("invalid", "taxonomy")
    assert one(office, lan, meeting, "1") == before


def test_accepting_marks_as_reviewed_and_done_when_all_are(office: Office, lan: Person, meeting: int) -> None:
    said = office.do(lan, meeting, "accept", keys=["1", "2", "3", "5"])
    assert not said["done"]
    said = office.do(lan, meeting, "accept", keys=["4", "1"])
    assert said["done"]
    assert not any(row.review_needed for row in office.opinions(meeting).values())
    with office.store.read() as session:
        reviewed = session.scalars(select(Decision).where(Decision.field == "reviewed")).all()
        assert len(reviewed) == 5, "what was reviewed is not reviewed again"


def test_an_opinion_without_an_assessment_can_be_labelled_by_hand(office: Office, lan: Person) -> None:
    meeting = office.read(lan, min(lan.communes), '{"text": "The road is bad and very wet."}', "a.jsonl")
    row = one(office, lan, meeting, "1")
    assert row["model"]["error"]["code"] == "not_vietnamese"
    assert row["review"][0]["code"] == "not_vietnamese"
    fields = {"topic": "transport_roads", "matter": "provincial_road", "type": "petition"}
    assert office.do(lan, meeting, "decide", key="1", fields=fields, version=1)["result"]["ok"]
    row = one(office, lan, meeting, "1")
    assert (row["labels"]["level"], row["labels"]["escalate"]) == ("province", True)
    assert row["review"] == []
