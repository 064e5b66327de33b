"""When a person must look first: each reason alone, and none when all is clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ydan.assessment import Body, Choice, Escalation, Jurisdiction
from ydan.competence import load_competence
from ydan.cues import read
from ydan.decisions.review import LABELS, reasons

LIMITS = {
    "known_share": 0.5,
    "topic": 0.6,
    "type": 0.6,
    "level": 0.6,
    "matter": 0.6,
    "escalate_low": 0.3,
    "escalate_high": 0.7,
}
STAYS = Escalation(False, False, 0.05, None, None, None, (), False)


def at(level: str, confidence: float = 0.9) -> Jurisdiction:
    return Jurisdiction(Choice(level, level, confidence), Body("ubnd", "UBND xã"), "2026-01-31", "Căn cứ", "model")


def codes(**change: Any) -> list[str]:
    """The review codes of a clear case with one thing changed."""
    case: dict[str, Any] = {
        "document": read("Đường thôn lầy lội quá"),
        "known_share": 1.0,
        "topic": Choice("transport_roads", "Giao thông", 0.9),
        "type_": Choice("petition", "Kiến nghị", 0.9),
        "jurisdiction": at("commune"),
        "ruling": load_competence().lookup("village_road", date(2026, 3, 1)),
        "matter": Choice("village_road", "Đường thôn", 0.9),
        "escalation": STAYS,
        "limits": LIMITS,
    }
    return [reason.code for reason in reasons(**(case | change))]


def test_a_clear_case_needs_nobody() -> None:
    """Else everything would be marked, and so nothing."""
    assert codes() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"document": read("Vâng ạ")}, "no_content"),
        ({"known_share": 0.2}, "none_of_these_topics"),
        ({"topic": Choice("other", "Khác", 0.9)}, "none_of_these_topics"),
        ({"topic": Choice("education", "Giáo dục", 0.4)}, "cannot_decide"),
        ({"type_": Choice("report", "Phản ánh", 0.4)}, "type_uncertain"),
        ({"jurisdiction": at("commune", 0.4)}, "level_uncertain"),
        ({"jurisdiction": at("unclear"), "ruling": None}, "owner_unclear"),
        ({"jurisdiction": at("province")}, "levels_disagree"),
        ({"escalation": replace(STAYS, confidence=0.5)}, "escalation_uncertain"),
        ({"escalation": replace(STAYS, confidential=True)}, "confidential"),
    ],
)
def test_each_doubt_has_its_own_code(change: dict[str, Any], code: str) -> None:
    """CONTRACT.md: "none of these topics", "cannot decide" and "no content" are three things."""
    assert codes(**change) == [code]


def test_thanks_are_no_topic_and_need_nobody() -> None:
    """An opinion of type "other" has no field to find, and nobody to own it."""
    thanks = {"topic": Choice("other", "Khác", 0.9), "type_": Choice("other", "Khác", 0.9)}
    assert codes(**thanks, jurisdiction=at("unclear"), ruling=None, matter=None) == []


def test_a_doubtful_matter_is_no_ground_to_doubt_the_level() -> None:
    """The table's answer counts only as far as the matter is sure."""
    assert codes(jurisdiction=at("province"), matter=Choice("village_road", "Đường thôn", 0.4)) == []


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.29, False), (0.3, True), (0.69, True), (0.7, False)])
def test_only_the_middle_of_the_escalation_is_doubtful(confidence: float, doubtful: bool) -> None:
    """Half-open, so that two limits that meet leave no gap."""
    assert bool(codes(escalation=replace(STAYS, confidence=confidence))) is doubtful


def test_the_gravest_doubt_comes_first() -> None:
    """No content before all others."""
    assert codes(document=read("Vâng"), escalation=replace(STAYS, confidential=True)) == ["no_content", "confidential"]


def test_each_code_is_explained_in_vietnamese() -> None:
    """A secretary reads the label, not the code."""
    (reason,) = reasons(
        document=read("Vâng ạ"),
        known_share=1.0,
        topic=Choice("education", "Giáo dục", 0.9),
        type_=Choice("report", "Phản ánh", 0.9),
        jurisdiction=at("commune"),
        ruling=None,
        matter=None,
        escalation=STAYS,
        limits=LIMITS,
    )
    assert reason.label == LABELS["no_content"]
