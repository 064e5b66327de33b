"""What a person chose, and what follows."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import Ask
from ydan.competence import load_competence
from ydan.decisions.revise import Choices, revised
from ydan.errors import TaxonomyError
from ydan.opinion import Session

DAY = Session(date(2026, 3, 1))
TABLE = load_competence()
ROAD = "Đường trục thôn 4 lầy lội, đề nghị xã đổ bê tông."


def test_nothing_chosen_changes_nothing(ask: Ask) -> None:
    found = ask("Đề nghị sớm sửa đường tỉnh ĐT 390 đoạn qua xã vì xe tải chạy nhiều.")
    assert revised(found, Choices(), DAY, TABLE) == found


def test_another_matter_brings_the_level_and_office_of_the_table(ask: Ask) -> None:
    found = ask(ROAD)
    assert found.jurisdiction.level.id == "commune"
    other = revised(found, Choices(matter="provincial_road"), DAY, TABLE)
    ruling = TABLE.lookup("provincial_road", DAY.date)
    assert (other.jurisdiction.level.id, other.jurisdiction.body.id) == (ruling.level, ruling.body)
    assert other.jurisdiction.basis == ruling.basis
    assert other.jurisdiction.decided_by == "competence_table"


def test_a_level_above_the_host_goes_up_and_one_below_does_not(ask: Ask) -> None:
    up = revised(ask(ROAD), Choices(level="province"), DAY, TABLE)
    assert up.escalation.required
    assert [reason.code for reason in up.escalation.reasons] == ["beyond_competence"]
    assert up.escalation.to_level == "province"
    down = revised(up, Choices(level="commune"), DAY, TABLE)
    assert not down.escalation.required
    assert down.escalation.urgency is None


def test_what_is_outside_the_committees_goes_sideways(ask: Ask) -> None:
    found = revised(ask(ROAD), Choices(level="external"), DAY, TABLE).escalation
    assert (found.required, found.transfer, found.urgency) == (False, True, "with_conclusion")


def test_another_topic_lets_go_of_a_matter_that_is_not_its_own(ask: Ask) -> None:
    found = revised(ask(ROAD), Choices(matter="provincial_road"), DAY, TABLE)
    other = revised(found, Choices(topic="health_food"), DAY, TABLE)
    assert (other.topic.id, other.matter) == ("health_food", None)


def test_a_matter_of_another_topic_brings_its_topic(ask: Ask) -> None:
    other = revised(ask(ROAD), Choices(matter="commune_health_station"), DAY, TABLE)
    assert other.topic.id == "health_food"


def test_no_matter_at_all_can_be_chosen(ask: Ask) -> None:
    found = revised(ask(ROAD), Choices(matter="provincial_road"), DAY, TABLE)
    assert revised(found, Choices(matter=""), DAY, TABLE).matter is None


def test_a_denunciation_is_confidential_and_another_type_is_not(ask: Ask) -> None:
    secret = revised(ask(ROAD), Choices(type="denunciation"), DAY, TABLE)
    assert secret.escalation.confidential
    assert not revised(secret, Choices(type="petition"), DAY, TABLE).escalation.confidential


def test_chosen_codes_are_the_reasons_and_the_most_urgent_tells_how_soon(ask: Ask) -> None:
    found = revised(ask(ROAD), Choices(codes=["danger", "policy"]), DAY, TABLE).escalation
    assert {reason.code for reason in found.reasons} == {"danger", "policy"}
    assert found.required
    assert found.urgency == "immediate"
    assert not revised(ask(ROAD), Choices(codes=[]), DAY, TABLE).escalation.required


def test_what_a_person_settled_needs_no_look_any_more(ask: Ask) -> None:
    torn = ask("Đề nghị cấp trên xem xét.")
    left = revised(torn, Choices(topic="health_food", type="petition", level="commune", codes=[]), DAY, TABLE).review
    assert {reason.code for reason in left} <= {"no_content", "confidential", "levels_disagree"}


def test_a_label_that_does_not_exist_is_refused_with_near_ones(ask: Ask) -> None:
    with pytest.raises(TaxonomyError, match="health_food"):
        revised(ask(ROAD), Choices(topic="health_fod"), DAY, TABLE)
