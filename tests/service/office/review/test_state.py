"""A meeting as different people see it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from tests.service.office.reading import NAMES, SECRET, Office
from ydan_service.errors import Conflict, NotFound
from ydan_service.office.masking import SIGN
from ydan_service.office.review.looking import open_review, poll
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Commune, now


def see(office: Office, person: Person, meeting: int) -> dict[str, Any]:
    return open_review(office.store, person, meeting, now())


def test_the_state_has_everything_that_the_page_needs(store: Store, office: Office, lan: Person, meeting: int) -> None:
    state = see(office, lan, meeting)
    assert state["meeting"]["title"].startswith("Hội nghị đối thoại")
    assert (state["meeting"]["held_on"], state["meeting"]["stage"]) == ("2026-03-12", "review")
    assert state["me"] == {"id": lan.id, "name": "Lan"}
    assert state["extract"]["text"].startswith("CỘNG HÒA")
    assert [one["key"] for one in state["opinions"]] == ["1", "2", "3", "4", "5"]
    first = state["opinions"][0]
    assert (first["speaker"], first["address"]) == ("Tạ Văn Mão", "thôn Đông")
    assert state["extract"]["text"][slice(first["source"]["start"], first["source"]["end"])] == first["text"]
    assert first["labels"]["topic"] == first["model"]["topic"]["id"] == "transport_roads"
    assert "text" not in first["model"]
    assert (first["decided"], first["reviewed"], first["lineage"]) == ({}, None, [])
    answer = state["answers"][0]
    assert (answer["key"], answer["opinions"]) == ("a1", ["1", "3"])
    (group,) = state["alike"]
    assert (group["members"], group["people"], group["confirmed"]) == (["1", "3"], 2, False)
    assert first["alike"] == group["id"]
    assert {village["name"] for village in state["choices"]["villages"]} == {"Thôn Đông", "Thôn Đoài", "Thôn Nam"}
    assert {row["id"] for row in state["choices"]["levels"]} == {
        "commune",
        "province",
        "central",
        "external",
        "unclear",
    }
    assert all(state["choices"][name] for name in ("topics", "matters", "types", "bodies", "codes", "urgencies"))
    assert len(state["choices"]["statuses"]) == 7
    assert (state["can_undo"], state["hidden"], state["done"]) == (False, 0, False)
    json.dumps(state)


def test_who_may_not_read_names_finds_none_anywhere(office: Office, leader: Person, meeting: int) -> None:
    state = see(office, leader, meeting)
    said = json.dumps(state, ensure_ascii=False).casefold()
    assert not [name for name in NAMES if name.casefold() in said]
    third = next(one for one in state["opinions"] if one["key"] == "3")
    assert "ông ▇▇▇ nói" in third["text"]
    assert (third["speaker"], third["address"]) == ("CD-03", "thôn Đông")
    assert SIGN in state["extract"]["text"]
    assert "lê hữu phước" in said, "who chairs acts in office"


def test_a_confidential_opinion_is_nowhere_for_others(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    mine, hers = see(office, lan, meeting), see(office, hoa, meeting)
    assert SECRET in json.dumps(mine, ensure_ascii=False)
    assert next(one for one in mine["opinions"] if one["key"] == "4")["text"] == SECRET
    said = json.dumps({**hers, "choices": {}}, ensure_ascii=False)
    for words in ("Tôi tố cáo", "Quỳnh", "Thơm", "hối lộ", "thôn Nam"):
        assert words not in said
    assert [one["key"] for one in hers["opinions"]] == ["1", "2", "3", "5"]
    assert hers["hidden"] == 1
    assert len(hers["extract"]["text"]) == len(mine["extract"]["text"])
    assert "Hoàng Thị Lựu" in said, "she reads the other names"
    changes = json.dumps(poll(office.store, hoa, meeting, 0, None, now()), ensure_ascii=False)
    assert "Kiều Thị Thơm" not in changes
    assert '"4"' not in changes


def test_looking_leaves_a_trace(office: Office, lan: Person, leader: Person, meeting: int) -> None:
    see(office, lan, meeting)
    see(office, leader, meeting)
    with office.store.read() as session:
        rows = session.execute(select(AuditEvent.action, AuditEvent.account_id)).all()
        looks = {(row.action, row.account_id) for row in rows if "look" in row.action}
    assert looks == {("meeting.look_names", lan.id), ("opinion.look_confidential", lan.id)}


def test_changes_tell_only_what_is_new(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    before = see(office, hoa, meeting)["meeting"]["revision"]
    assert poll(office.store, hoa, meeting, before, None, now())["opinions"] == []
    office.do(lan, meeting, "accept", keys=["2"])
    found = poll(office.store, hoa, meeting, before, None, now())
    assert [one["key"] for one in found["opinions"]] == ["2"]
    assert found["opinions"][0]["reviewed"]["by"] == "Lan"
    assert found["order"] == ["1", "2", "3", "5"]
    assert found["revision"] == before + 1
    assert [len(found[name]) for name in ("answers", "alike")] == [2, 1]


def test_people_see_one_another_and_are_forgotten(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    moment = now()
    poll(office.store, lan, meeting, 0, "2", moment)
    here = poll(office.store, hoa, meeting, 0, None, moment + timedelta(seconds=3))["present"]
    assert here == [{"id": lan.id, "name": "Lan", "opinion": "2"}]
    poll(office.store, lan, meeting, 0, "4", moment + timedelta(seconds=5))
    assert poll(office.store, hoa, meeting, 0, None, moment + timedelta(seconds=6))["present"][0]["opinion"] is None
    later = poll(office.store, hoa, meeting, 0, None, moment + timedelta(seconds=25))
    assert later["present"] == []


def test_out_of_scope_or_not_read_yet(
    office: Office, lan: Person, commune: Commune, meeting: int, a_person: APerson, a_commune: ACommune
) -> None:
    stranger = a_person("secretary", communes=[a_commune("Xã Khác").id])
    with pytest.raises(NotFound):
        see(office, stranger, meeting)
    with pytest.raises(NotFound):
        poll(office.store, stranger, meeting, 0, None, now())
    with pytest.raises(NotFound):
        office.do(stranger, meeting, "accept", keys=["1"])
    waiting = office.hand_in(lan, commune.id)
    with pytest.raises(Conflict):
        see(office, lan, waiting.meeting_id)
