"""Each escalation code has its law, addressee, urgency and cues."""

from __future__ import annotations

import pytest

from ydan.errors import RuleError
from ydan.rules import URGENCIES, escalation, load_rules
from ydan.taxonomy import load_taxonomy


def test_every_code_of_the_taxonomy_has_a_rule() -> None:
    """Eleven codes, eleven rules, in the same order."""
    assert list(load_rules()) == list(load_taxonomy().escalation_codes)


@pytest.mark.parametrize(
    ("codes", "urgency"),
    [
        (("danger", "security", "hotspot"), "immediate"),
        (("against_leadership", "crime", "overdue"), "soon"),
        (("beyond_competence", "prolonged", "beyond_budget", "cross_boundary"), "with_conclusion"),
        (("policy",), "periodic"),
    ],
)
def test_urgencies_are_those_of_the_label_guide(codes: tuple[str, ...], urgency: str) -> None:
    """LABELS.md §4, last paragraph."""
    assert {load_rules()[code].urgency for code in codes} == {urgency}


def test_what_is_secret_is_marked() -> None:
    """LABELS.md §5: against_leadership and crime are confidential."""
    assert {code for code, rule in load_rules().items() if rule.confidential} == {"against_leadership", "crime"}


def test_every_rule_but_beyond_competence_has_strong_cues() -> None:
    """A reason needs words to point at; competence points at the owner's words."""
    assert [code for code, rule in load_rules().items() if not rule.strong] == ["beyond_competence"]


def test_an_unknown_urgency_is_refused_with_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message lists what may stand there."""
    row = {"id": "danger", "urgency": "someday", "addressee": "above"}
    monkeypatch.setattr(escalation, "read_toml", lambda _: {"code": [row]})
    with pytest.raises(RuleError, match=URGENCIES[0]):
        load_rules.__wrapped__()
