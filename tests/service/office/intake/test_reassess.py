"""The meeting's facts change, and with them what the model says; what people decided stays."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.service.office.reading import Office
from ydan_service.office.intake.reassess import reassess
from ydan_service.office.review.looking import open_review
from ydan_service.person import Person
from ydan_service.store.tables import Assessed, Decision, Meeting, now


def test_another_date_and_level_bring_other_answers(office: Office, lan: Person, meeting: int) -> None:
    office.do(lan, meeting, "decide", key="2", fields={"topic": "health_food", "level": "central"}, version=1)
    before = {one["key"]: one for one in open_review(office.store, lan, meeting, now())["opinions"]}
    with office.store.begin() as session:
        held = session.get_one(Meeting, meeting, options=[joinedload(Meeting.commune)])
        held.held_on, held.host_level = date(2024, 3, 12), "district"
        assert reassess(session, office.store.keys, office.predictor, held, lan) == 5
    state = open_review(office.store, lan, meeting, now())
    after = {one["key"]: one for one in state["opinions"]}
    for key, one in after.items():
        assert one["model"]["jurisdiction"]["period"] != before[key]["model"]["jurisdiction"]["period"]
        assert one["version"] == state["meeting"]["revision"] == 3
    assert (after["2"]["labels"]["topic"], after["2"]["labels"]["level"]) == ("health_food", "central")
    assert after["2"]["decided"] == before["2"]["decided"]
    with office.store.read() as session:
        assert len(session.scalars(select(Decision)).all()) == 3, "nobody decided anything"
        secret = office.opinions(meeting)["4"]
        assert secret.confidential
        assert session.get_one(Assessed, secret.id).answer == {"sealed": True}
    assert {row["id"] for row in state["choices"]["levels"]} >= {"district"}


def test_a_meeting_without_opinions_is_left_alone(office: Office, lan: Person) -> None:
    waiting = office.hand_in(lan, min(lan.communes)).meeting_id
    with office.store.begin() as session:
        held = session.get_one(Meeting, waiting, options=[joinedload(Meeting.commune)])
        assert reassess(session, office.store.keys, office.predictor, held, lan) == 0
        assert held.revision == 0
