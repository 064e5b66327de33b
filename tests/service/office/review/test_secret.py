"""What is confidential is set and lifted by hand."""

from __future__ import annotations

import json

from sqlalchemy import select, text

from tests.service.office.reading import ROAD, SECRET, Office
from ydan_service.office.review.looking import open_review
from ydan_service.person import Person
from ydan_service.store.tables import Answer, Assessed, Assignment, AuditEvent, Opinion, RaisedBefore, now

WHY = "Nêu đích danh cán bộ"


def mark(office: Office, person: Person, meeting: int, key: str, value: bool, reason: str = WHY) -> dict[str, object]:
    found: dict[str, object] = office.do(person, meeting, "mark_confidential", key=key, value=value, reason=reason)[
        "result"
    ]
    return found


def test_setting_takes_the_words_out_of_the_open(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    assert mark(office, hoa, meeting, "1", True)["ok"]
    row = office.opinions(meeting)["1"]
    assert (row.confidential, row.text, row.plain, row.village_id, row.speaker_code) == (True, "", "", None, "")
    assert office.readers(row.id) == {hoa.id, lan.id}, "who set it and who handed the minutes in"
    with office.store.read() as session:
        assert session.get_one(Assessed, row.id).answer == {"sealed": True}
        assert session.scalars(select(Assignment).where(Assignment.opinion_id == row.id)).all() == []
        assert session.scalars(select(Answer.text).where(Answer.key == "a1")).one() == "", "it speaks of the opinion"
        assert session.scalars(select(RaisedBefore)).all() == []
        for table in ("opinion", "answer", "assignment", "assessment", "operation", "decision", "status_change"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            assert "xe máy không đi được. Gọi" not in repr(rows)
            assert WHY not in repr(rows)
        assert WHY not in repr(session.scalars(select(AuditEvent.detail)).all())


def test_others_see_nothing_of_it_and_its_answer(
    office: Office, lan: Person, hoa: Person, leader: Person, meeting: int
) -> None:
    assert mark(office, lan, meeting, "1", True)["ok"]
    for person in (hoa, leader):
        state = open_review(office.store, person, meeting, now())
        assert [one["key"] for one in state["opinions"]] == ["2", "3", "5"]
        assert state["hidden"] == 2
        assert [answer["key"] for answer in state["answers"]] == ["a2"]
        assert state["alike"] == []
        said = json.dumps(state["extract"], ensure_ascii=False)
        assert "giao phòng Kinh tế" not in said
        assert "xe máy không đi được." not in said.split("như ")[0]
    mine = open_review(office.store, lan, meeting, now())
    assert [answer["key"] for answer in mine["answers"]] == ["a1", "a2"]
    assert "giao phòng Kinh tế" in mine["answers"][0]["text"]


def test_only_a_reader_lifts_it_and_everybody_reads_it_again(
    office: Office, lan: Person, hoa: Person, meeting: int
) -> None:
    assert mark(office, hoa, meeting, "4", False)["error"]["code"] == "not_found"  # type: ignore[index]
    assert mark(office, lan, meeting, "4", False)["ok"]
    row = office.opinions(meeting)["4"]
    assert not row.confidential
    assert "tố cáo" in row.text
    assert "Quỳnh" not in row.text
    assert row.village_id is not None
    assert row.speaker_code == "CD-04"
    seen = {one["key"]: one for one in open_review(office.store, hoa, meeting, now())["opinions"]}
    assert seen["4"]["text"] == SECRET
    assert seen["4"]["model"]["type"]["id"] == "denunciation"
    office.do(lan, meeting, "decide", key="4", fields={"urgency": "soon"}, version=9)
    assert not office.opinions(meeting)["4"].confidential, "what a person lifted is not sealed again by the model"


def test_a_reason_is_wanted_and_there_must_be_something_to_do(office: Office, lan: Person, meeting: int) -> None:
    assert mark(office, lan, meeting, "1", True, reason=" ")["error"]["code"] == "invalid"  # type: ignore[index]
    assert mark(office, lan, meeting, "1", False)["error"]["code"] == "invalid"  # type: ignore[index]
    assert mark(office, lan, meeting, "4", True)["error"]["code"] == "invalid"  # type: ignore[index]


def test_a_type_chosen_by_hand_seals_a_denunciation(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    assert office.do(hoa, meeting, "decide", key="5", fields={"type": "denunciation"}, version=1)["result"]["ok"]
    row = office.opinions(meeting)["5"]
    assert (row.confidential, row.text) == (True, "")
    assert office.readers(row.id) == {lan.id, hoa.id}
    office.do(hoa, meeting, "decide", key="5", fields={"type": "petition"}, version=2)
    assert office.opinions(meeting)["5"].confidential, "lifting is for a person to say"


def test_what_it_was_made_of_is_sealed_with_it(office: Office, lan: Person, meeting: int) -> None:
    """The rows of replaced opinions hold the same words."""
    office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    office.do(lan, meeting, "retext", key="e2", text="Xe máy không đi được nữa.")
    assert mark(office, lan, meeting, "e3", True)["ok"]
    with office.store.read() as session:
        rows = {row.key: row for row in session.scalars(select(Opinion))}
        assert {key: rows[key].confidential for key in ("1", "e1", "e2", "e3")} == {
            "1": True,
            "e1": False,
            "e2": True,
            "e3": True,
        }
        assert rows["1"].text == rows["e2"].text == ""
        assert rows["e1"].text.startswith("Đường")
    assert mark(office, lan, meeting, "e3", False)["ok"]
    with office.store.read() as session:
        assert not any(row.confidential for row in session.scalars(select(Opinion)) if row.key != "4")
