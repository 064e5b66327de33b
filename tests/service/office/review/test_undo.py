"""Taking back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.service.office.reading import ROAD, Office
from ydan_service.office.review.looking import open_review
from ydan_service.person import Person
from ydan_service.store.tables import Assignment, Decision, Dispatch, Dispatched, Operation, StatusChange, now


def state(office: Office, person: Person, meeting: int) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for one in open_review(office.store, person, meeting, now())["opinions"]}


def plain(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without what may differ after an undo: the version."""
    return {key: {name: value for name, value in row.items() if name != "version"} for key, row in rows.items()}


@pytest.mark.parametrize(
    ("kind", "op"),
    [
        ("decide", {"key": "1", "fields": {"topic": "health_food", "level": "province"}, "version": 1}),
        ("decide", {"key": "1", "fields": {"matter": "provincial_road"}, "version": 1}),
        ("decide", {"key": "1", "fields": {"village": None, "status": "da_giai_quyet"}, "version": 1}),
        ("decide", {"key": "2", "fields": {"codes": ["danger"]}, "version": 1}),
        ("accept", {"keys": ["1", "2"]}),
        ("split", {"key": "1", "at": [len(ROAD) + 2]}),
        ("merge", {"keys": ["1", "3"]}),
        ("merge", {"keys": ["2", "4"]}),
        ("move", {"key": "1", "to": 3}),
        ("retext", {"key": "1", "text": "Đường lầy lội."}),
        ("remove", {"key": "2"}),
        ("remove", {"key": "4"}),
        ("add", {"start": 100, "end": 160}),
        ("mark_confidential", {"key": "4", "value": False, "reason": "đã công khai"}),
    ],
)
def test_every_operation_can_be_taken_back_whole(
    office: Office, lan: Person, meeting: int, kind: str, op: dict[str, Any]
) -> None:
    before = state(office, lan, meeting)
    answers = open_review(office.store, lan, meeting, now())["answers"]
    done = office.do(lan, meeting, kind, **op)
    assert done["result"]["ok"], done["result"]
    assert done["can_undo"]
    undone = office.do(lan, meeting, "undo")
    assert undone["result"]["ok"], undone["result"]
    assert not undone["can_undo"]
    assert plain(state(office, lan, meeting)) == plain(before)
    assert open_review(office.store, lan, meeting, now())["answers"] == answers


def test_making_confidential_is_taken_back_without_losing_a_word(office: Office, lan: Person, meeting: int) -> None:
    before = state(office, lan, meeting)["2"]
    office.do(lan, meeting, "mark_confidential", key="2", value=True, reason="đích danh")
    assert office.do(lan, meeting, "undo")["result"]["ok"]
    after = state(office, lan, meeting)["2"]
    for name in ("text", "speaker", "address", "place", "labels", "model", "decided", "reviewed", "confidential"):
        assert after[name] == before[name], name
    with office.store.read() as session:
        row = office.opinions(meeting)["2"]
        assert len(session.scalars(select(Assignment).where(Assignment.opinion_id == row.id)).all()) == 1


def test_a_decision_goes_back_to_the_decision_before(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"topic": "health_food"}, version=1)
    office.do(hoa, meeting, "decide", key="1", fields={"topic": "security_defence"}, version=2)
    assert office.do(hoa, meeting, "undo")["result"]["ok"]
    row = state(office, hoa, meeting)["1"]
    assert row["labels"]["topic"] == "health_food"
    assert "topic" in row["decided"]
    with office.store.read() as session:
        rows = session.scalars(select(Decision).where(Decision.field == "topic").order_by(Decision.id)).all()
        assert [one.value["value"] for one in rows] == ["health_food", "security_defence", "health_food"]


def test_only_mine_or_the_last_one(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    mine = office.do(lan, meeting, "accept", keys=["1"])
    hers = office.do(hoa, meeting, "accept", keys=["2"])
    assert office.do(hoa, meeting, "undo", of=mine["id"])["result"]["error"]["code"] == "conflict"
    assert office.do(lan, meeting, "undo", of=hers["id"])["result"]["ok"], "it is the last one"
    assert office.do(lan, meeting, "undo", of=hers["id"])["result"]["error"]["code"] == "not_found", (
        "taken back already"
    )
    assert office.do(hoa, meeting, "undo")["result"]["error"]["code"] == "not_found", "she has none left"
    assert office.do(lan, meeting, "undo", of=7)["result"]["error"]["code"] == "invalid"
    assert office.do(lan, meeting, "undo")["result"]["ok"]
    assert office.do(lan, meeting, "undo")["result"]["error"]["code"] == "not_found"


def test_a_later_decision_on_the_same_field_is_in_the_way(
    office: Office, lan: Person, hoa: Person, meeting: int
) -> None:
    first = office.do(lan, meeting, "decide", key="1", fields={"topic": "health_food"}, version=1)
    office.do(hoa, meeting, "decide", key="1", fields={"topic": "security_defence"}, version=2)
    refused = office.do(lan, meeting, "undo", of=first["id"])["result"]
    assert refused["error"]["code"] == "conflict"
    assert "mới hơn" in refused["error"]["message"]


def test_a_structural_change_stays_while_something_rests_on_it(
    office: Office, lan: Person, hoa: Person, meeting: int
) -> None:
    split = office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    look = office.do(hoa, meeting, "accept", keys=["e2"])
    refused = office.do(lan, meeting, "undo", of=split["id"])["result"]
    assert refused["error"]["code"] == "conflict"
    assert refused["error"]["message"].startswith("Sau thao tác này")
    assert office.do(hoa, meeting, "undo", of=look["id"])["result"]["ok"]
    merge = office.do(lan, meeting, "merge", keys=["e1", "2"])
    assert office.do(lan, meeting, "undo", of=split["id"])["result"]["error"]["code"] == "conflict"
    assert office.do(lan, meeting, "undo", of=merge["id"])["result"]["ok"]
    assert office.do(lan, meeting, "undo", of=split["id"])["result"]["ok"]
    assert list(office.opinions(meeting)) == ["1", "2", "3", "4", "5"]


def test_an_earlier_change_is_taken_back_from_under_others_that_do_not_need_it(
    office: Office, lan: Person, meeting: int
) -> None:
    first = office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    office.do(lan, meeting, "retext", key="5", text="Trạm y tế thiếu thuốc.")
    assert office.do(lan, meeting, "undo", of=first["id"])["result"]["ok"]
    assert list(office.opinions(meeting)) == ["1", "2", "3", "4", "e3"]
    office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    assert list(office.opinions(meeting)) == ["e4", "e5", "2", "3", "4", "e3"], "no key is used twice"


def test_a_change_before_a_move_stays_until_the_move_is_taken_back(office: Office, lan: Person, meeting: int) -> None:
    first = office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    office.do(lan, meeting, "move", key="5", to=5)
    office.do(lan, meeting, "move", key="5", to=0)
    assert office.do(lan, meeting, "undo", of=first["id"])["result"]["error"]["code"] == "conflict"


def test_what_was_sent_or_recorded_holds_a_change(office: Office, lan: Person, meeting: int) -> None:
    split = office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    heir = office.opinions(meeting)["e1"]
    with office.store.begin() as session:
        letter = Dispatch(meeting_id=meeting, direction="up", addressee="Sở Xây dựng")
        session.add(letter)
        session.flush()
        session.add(Dispatched(dispatch_id=letter.id, opinion_id=heir.id))
    assert "chuyển đi" in office.do(lan, meeting, "undo", of=split["id"])["result"]["error"]["message"]
    other = office.do(lan, meeting, "retext", key="5", text="Trạm y tế thiếu thuốc.")
    with office.store.begin() as session:
        row = office.opinions(meeting)["e3"]
        session.add(StatusChange(opinion_id=row.id, status="da_giai_quyet", by=lan.id))
    assert office.do(lan, meeting, "undo", of=other["id"])["result"]["error"]["code"] == "conflict"


def test_an_undo_is_an_operation_of_its_own_and_cannot_be_undone(office: Office, lan: Person, meeting: int) -> None:
    first = office.do(lan, meeting, "accept", keys=["1"])
    second = office.do(lan, meeting, "undo")
    with office.store.read() as session:
        assert session.get_one(Operation, first["id"]).undone_by == second["id"]
        assert session.get_one(Operation, second["id"]).detail["of"] == first["id"]
    assert office.do(lan, meeting, "undo", of=second["id"])["result"]["error"]["code"] == "not_found"
