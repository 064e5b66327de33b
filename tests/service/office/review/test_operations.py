"""Each operation once, however often and by however many it comes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.service.office.reading import Office
from ydan_service.errors import Forbidden, Invalid
from ydan_service.office.review.operations import MOST, operate
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Decision, Meeting, Operation


def test_the_same_operation_again_answers_the_same_and_does_nothing(office: Office, lan: Person, meeting: int) -> None:
    op = {"id": "mot-thao-tac-1", "kind": "decide", "key": "1", "fields": {"topic": "health_food"}, "version": 1}
    first = operate(office.store, office.predictor, lan, meeting, [op, op], 0)
    again = operate(office.store, office.predictor, lan, meeting, [op], first["revision"])
    assert first["results"] == [{"id": op["id"], "ok": True}] * 2
    assert again["results"] == [{"id": op["id"], "ok": True}]
    assert again["revision"] == first["revision"]
    assert again["opinions"] == []
    with office.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 2, "topic and reviewed"


def test_one_that_cannot_be_done_stops_none_of_the_others(office: Office, lan: Person, meeting: int) -> None:
    ops = [
        {"id": "thao-tac-a1", "kind": "accept", "keys": ["1"]},
        {"id": "thao-tac-a2", "kind": "accept", "keys": ["77"]},
        {"id": "thao-tac-a3", "kind": "nhay"},
        {"kind": "accept", "keys": ["2"]},
        "rac",
        {"id": "x" * 99, "kind": "accept", "keys": ["2"]},
        {"id": "thao-tac-a4", "kind": "accept", "keys": ["2"]},
    ]
    found = operate(office.store, office.predictor, lan, meeting, ops, 0)["results"]
    assert [one["ok"] for one in found] == [True, False, False, False, False, False, True]
    with office.store.read() as session:
        assert session.scalars(select(Operation.id).order_by(Operation.number)).all() == ["thao-tac-a1", "thao-tac-a4"]
        assert session.get_one(Meeting, meeting).revision == 3, "what was refused leaves no trace"


def test_an_id_of_another_meeting_or_person_is_refused(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    other = office.read(lan, min(lan.communes), "Đường lầy lội quá.\nĐèn hỏng rồi.", "a.txt")
    op = {"id": "mot-thao-tac-2", "kind": "accept", "keys": ["1"]}
    assert operate(office.store, office.predictor, lan, meeting, [op], 0)["results"][0]["ok"]
    assert not operate(office.store, office.predictor, lan, other, [op], 0)["results"][0]["ok"]
    assert not operate(office.store, office.predictor, hoa, meeting, [op], 0)["results"][0]["ok"]


def test_a_race_of_the_same_operation_has_one_effect(store: Store, office: Office, lan: Person, meeting: int) -> None:
    op = {"id": "cuoc-dua-0001", "kind": "split", "key": "1", "at": [10]}
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(operate, store, office.predictor, lan, meeting, [op], 0) for _turn in range(6)]
        results = [one.result()["results"][0] for one in asked]
    assert results == [{"id": "cuoc-dua-0001", "ok": True}] * 6
    assert list(office.opinions(meeting)) == ["e1", "e2", "2", "3", "4", "5"]


def test_a_race_of_different_operations_loses_none(
    store: Store, office: Office, lan: Person, hoa: Person, meeting: int
) -> None:
    def post(number: int) -> bool:
        person = (lan, hoa)[number % 2]
        fields = {"urgency": "soon"} if number % 3 else {"type": "question"}
        key = ("1", "2", "3", "5")[number % 4]
        op = {"id": f"cuoc-dua-{number:04d}", "kind": "decide", "key": key, "fields": fields, "version": 99}
        return bool(operate(store, office.predictor, person, meeting, [op], 0)["results"][0]["ok"])

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(post, range(24)))
    with store.read() as session:
        numbers = session.scalars(select(Operation.number).order_by(Operation.number)).all()
        assert numbers == list(range(1, 25))
        assert session.get_one(Meeting, meeting).revision == 25


def test_everything_done_is_in_the_audit_log_without_a_word_of_anybody(
    office: Office, lan: Person, meeting: int
) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"topic": "health_food"}, version=1)
    office.do(lan, meeting, "retext", key="2", text="Đèn đường nhà ông Tạ Văn Mão hỏng.")
    office.do(lan, meeting, "undo")
    with office.store.read() as session:
        rows = session.execute(select(AuditEvent.action, AuditEvent.detail)).all()
        assert {"opinion.decide", "opinion.retext", "review.undo"} <= {row.action for row in rows}
        said = repr([row.detail for row in rows])
        assert "Mão" not in said
        assert "Đèn" not in said


def test_who_may_and_how_many(office: Office, lan: Person, leader: Person, meeting: int) -> None:
    with pytest.raises(Forbidden):
        office.do(leader, meeting, "accept", keys=["1"])
    many = [{"id": f"nhieu-{number:05d}", "kind": "accept", "keys": ["1"]} for number in range(MOST + 1)]
    with pytest.raises(Invalid):
        operate(office.store, office.predictor, lan, meeting, many, 0)


def test_a_meeting_that_is_not_read_cannot_be_changed(office: Office, lan: Person) -> None:
    waiting = office.hand_in(lan, min(lan.communes)).meeting_id
    refused = office.do(lan, waiting, "accept", keys=["1"])["result"]
    assert refused["error"]["code"] == "conflict"


def test_hostile_words_reach_no_database_error(store: Store, office: Office, lan: Person, meeting: int) -> None:
    hostile = "Đường \x00 lầy \ud83d lội \u202e"
    assert office.do(lan, meeting, "retext", key="1", text=hostile)["result"]["ok"]
    office.do(lan, meeting, "retext", key="5", text="Gọi 09\u200b12 345\u200d 678.")
    assert "678" not in office.opinions(meeting)["e2"].text
    fields = {"codes": ["danger"]}
    assert office.do(lan, meeting, "decide", key="2", fields=fields, version=9, reason=hostile)["result"]["ok"]
    assert not office.do(lan, meeting, "undo", of="\x00\ud83d")["result"]["ok"]
