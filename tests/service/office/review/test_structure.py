"""People change the list itself."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.service.office.reading import ROAD, TEXT, Office
from ydan_service.office.intake.kept import load_minutes
from ydan_service.office.review.lists import read_log, replay
from ydan_service.office.review.looking import open_review
from ydan_service.office.review.secret import find_hidden
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.tables import AnswerTo, Assessed, Assignment, Operation, Opinion, now


def keys(office: Office, person: Person, meeting: int) -> list[str]:
    return [one["key"] for one in open_review(office.store, person, meeting, now())["opinions"]]


def one(office: Office, person: Person, meeting: int, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        row for row in open_review(office.store, person, meeting, now())["opinions"] if row["key"] == key
    )
    return found


def test_a_split_makes_two_opinions_that_are_assessed_at_once(office: Office, lan: Person, meeting: int) -> None:
    at = len(ROAD) + 2
    said = office.do(lan, meeting, "split", key="1", at=[at])
    assert said["result"]["ok"]
    assert said["order"] == ["e1", "e2", "2", "3", "4", "5"]
    first, second = one(office, lan, meeting, "e1"), one(office, lan, meeting, "e2")
    assert (first["lineage"], second["lineage"]) == (["1"], ["1"])
    assert first["model"]["topic"]["id"] == "transport_roads"
    assert second["text"].startswith("xe máy")
    assert (first["speaker"], second["speaker"]) == ("Tạ Văn Mão", "Tạ Văn Mão")
    assert first["answered"]
    answers = open_review(office.store, lan, meeting, now())["answers"]
    assert answers[0]["opinions"] == ["e1", "e2", "3"]
    with office.store.read() as session:
        old = session.scalars(select(Opinion).where(Opinion.key == "1")).one()
        assert old.state == "replaced"
        assert [row.position for row in office.opinions(meeting).values()] == list(range(6))
        new = session.scalars(select(Opinion.id).where(Opinion.key == "e1")).one()
        assert session.scalars(select(Assignment.body).where(Assignment.opinion_id == new)).all() == ["phòng Kinh tế"]


def test_decisions_of_the_parent_carry_over_but_not_that_it_was_reviewed(
    office: Office, lan: Person, hoa: Person, meeting: int
) -> None:
    office.do(hoa, meeting, "decide", key="1", fields={"topic": "security_defence", "urgency": "soon"}, version=1)
    office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    for key in ("e1", "e2"):
        row = one(office, lan, meeting, key)
        assert (row["labels"]["topic"], row["labels"]["urgency"]) == ("security_defence", "soon")
        assert row["decided"]["topic"]["by"] == "Hoa"
        assert row["reviewed"] is None


def test_corrected_words_keep_every_decision_and_the_likeness(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"topic": "security_defence"}, version=1)
    text = "Đường trục thôn Đông lầy lội, ông Tạ Văn Mão có số 0987654321."
    assert office.do(lan, meeting, "retext", key="1", text=f"  {text} ")["result"]["ok"]
    row = one(office, lan, meeting, "e1")
    assert row["text"] == text
    assert row["labels"]["topic"] == "security_defence"
    assert row["reviewed"]["by"] == "Lan"
    state = open_review(office.store, lan, meeting, now())
    assert state["alike"][0]["members"] == ["e1", "3"]
    with office.store.read() as session:
        stored = session.scalars(select(Opinion).where(Opinion.key == "e1")).one()
        assert "Mão" not in stored.text
        assert "0987" not in stored.text
        detail = repr(session.scalars(select(Operation.detail)).all())
        assert "Mão" not in detail
        assert "lầy" not in detail


def test_merged_opinions_keep_what_all_agree_on(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="1", fields={"urgency": "soon", "type": "report"}, version=1)
    office.do(lan, meeting, "decide", key="3", fields={"urgency": "immediate", "type": "report"}, version=1)
    assert office.do(lan, meeting, "merge", keys=["3", "1"])["result"]["ok"]
    assert keys(office, lan, meeting) == ["e1", "2", "4", "5"]
    row = one(office, lan, meeting, "e1")
    assert row["lineage"] == ["1", "3"]
    assert row["labels"]["type"] == "report"
    assert "urgency" not in row["decided"]
    assert row["speaker"] == "Tạ Văn Mão; Vũ Đình Khoát"
    with office.store.read() as session:
        stored = session.scalars(select(Opinion).where(Opinion.key == "e1")).one()
        assert stored.speaker_code == "CD-01; CD-03"
        answers = session.scalars(select(AnswerTo.answer_id).where(AnswerTo.opinion_id == stored.id)).all()
        assert len(answers) == 1, "the answer to both is linked once"


def test_moving_and_removing(office: Office, lan: Person, meeting: int) -> None:
    said = office.do(lan, meeting, "move", key="5", to=0)
    assert said["order"] == ["5", "1", "2", "3", "4"]
    assert office.do(lan, meeting, "remove", key="2")["order"] == ["5", "1", "3", "4"]
    assert list(office.opinions(meeting)) == ["5", "1", "3", "4"]
    refused = office.do(lan, meeting, "move", key="5", to=4)["result"]
    assert refused["error"]["code"] in ("edit", "invalid")


def test_a_place_is_counted_among_what_the_person_sees(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    """For Hoa the list is 1 2 3 5: the last place is behind 5, and the third one before 5, not before 4."""
    assert office.do(hoa, meeting, "move", key="1", to=2)["order"] == ["2", "3", "1", "5"]
    assert keys(office, lan, meeting) == ["2", "3", "4", "1", "5"]
    assert office.do(hoa, meeting, "move", key="2", to=3)["order"] == ["3", "1", "5", "2"]


def test_a_passage_becomes_an_opinion(office: Office, lan: Person, meeting: int) -> None:
    text = open_review(office.store, lan, meeting, now())["extract"]["text"]
    start = text.index("Gọi tôi")
    said = office.do(lan, meeting, "add", start=start, end=start + 22)
    assert said["order"] == ["1", "e1", "2", "3", "4", "5"]
    row = one(office, lan, meeting, "e1")
    assert row["text"].startswith("Gọi tôi")
    assert (row["speaker"], row["lineage"]) == (None, [])


def test_a_hidden_passage_cannot_be_made_an_opinion(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    text = open_review(office.store, lan, meeting, now())["extract"]["text"]
    start = text.index("Tôi tố cáo")
    for span in ((start, start + 20), (start - 30, start - 5), (start + 5, start + 12)):
        refused = office.do(hoa, meeting, "add", start=span[0], end=span[1])["result"]
        assert refused["error"]["code"] == "invalid"
        assert "giữ kín" in refused["error"]["message"]
    assert office.do(lan, meeting, "add", start=start, end=start + 20)["result"]["ok"], "a reader may"
    assert office.opinions(meeting)["e1"].confidential


@pytest.mark.parametrize(
    ("kind", "op"),
    [
        ("split", {"key": "1"}),
        ("split", {"key": "1", "at": [0]}),
        ("split", {"key": "1", "at": ["x"]}),
        ("split", {"key": "77", "at": [5]}),
        ("merge", {"keys": ["1"]}),
        ("merge", {"keys": ["1", "99"]}),
        ("merge", {"keys": "1"}),
        ("move", {"key": "1", "to": -1}),
        ("move", {"key": "1", "to": 99}),
        ("move", {"key": "1"}),
        ("retext", {"key": "1", "text": " . "}),
        ("retext", {"key": "1", "text": "Đường ▇▇▇ lầy"}),
        ("retext", {"key": "1", "text": "x" * 30_000}),
        ("retext", {"key": "1", "text": 5}),
        ("remove", {"key": None}),
        ("remove", {"key": "1\x00"}),
        ("merge", {"keys": ["1", "\ud83d"]}),
        ("add", {"start": 5, "end": 5}),
        ("add", {"start": 0, "end": 10**9}),
        ("add", {"start": "0", "end": 5}),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    office: Office, lan: Person, meeting: int, kind: str, op: dict[str, Any]
) -> None:
    before = office.opinions(meeting)
    refused = office.do(lan, meeting, kind, **op)["result"]
    assert not refused["ok"]
    assert refused["error"]["message"].endswith((".", "…"))
    after = office.opinions(meeting)
    assert list(before) == list(after)
    with office.store.read() as session:
        assert session.scalars(select(Operation)).all() == []


def test_the_list_of_the_log_is_the_list_of_the_rows(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "split", key="1", at=[len(ROAD) + 2])
    office.do(lan, meeting, "retext", key="2", text="Đèn đường hỏng.")
    office.do(lan, meeting, "merge", keys=["e2", "5"])
    office.do(lan, meeting, "move", key="e3", to=3)
    with office.store.read() as session:
        kept = load_minutes(session, office.store.keys, meeting)
        assert kept is not None
        opinions = replay(session, office.store.keys, meeting, kept.minutes)
        rows = office.opinions(meeting)
        assert [raised.id for raised in opinions] == list(rows)
        words = personal.read(session, office.store.keys, "opinion", [row.id for row in rows.values()], "text")
        assert [raised.text for raised in opinions] == [words[row.id] for row in rows.values()]
        assert [edit.kind for edit in read_log(session, office.store.keys, meeting)] == [
            "split",
            "retext",
            "merge",
            "move",
        ]
        assert session.get(Assessed, rows["e3"].id) is not None


def test_what_is_split_off_something_confidential_stays_confidential(
    office: Office, lan: Person, hoa: Person, meeting: int
) -> None:
    assert office.do(lan, meeting, "split", key="4", at=[40])["result"]["ok"]
    rows = office.opinions(meeting)
    assert rows["e1"].confidential
    assert rows["e2"].confidential
    assert rows["e1"].text == rows["e2"].text == ""
    assert office.readers(rows["e1"].id) == office.readers(rows["e2"].id) == {lan.id}
    assert keys(office, hoa, meeting) == ["1", "2", "3", "5"]
    refused = office.do(hoa, meeting, "split", key="e1", at=[5])["result"]
    assert refused["error"]["code"] == "not_found"
    assert office.do(lan, meeting, "merge", keys=["e1", "5"])["result"]["ok"]
    assert office.opinions(meeting)["e3"].confidential
    with office.store.read() as session:
        assert find_hidden(session, office.store.keys, hoa, meeting).keys == {"e2", "e3"}
    assert TEXT
