"""Does it go up, why, to whom, how soon: each rule by itself, with probabilities given by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from ydan.assessment import Body, Choice, Escalation, Jurisdiction
from ydan.competence import load_competence
from ydan.cues import load_cues
from ydan.decisions.escalation import BEYOND, decide, next_level
from ydan.decisions.jurisdiction import Offices
from ydan.model import load_bundle
from ydan.model.signals import read_batch
from ydan.opinion import Session
from ydan.rules import load_rules
from ydan.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy()
RULES = load_rules()
OFFICES = Offices(TAXONOMY, load_competence())
PLAIN = "Đường xóm lầy lội, xin xã đổ bê tông"
OTHERS = tuple(code for code in RULES if code != BEYOND)


class Escalate(Protocol):
    def __call__(
        self,
        text: str = PLAIN,
        level: str = "commune",
        *,
        host: str = "commune",
        day: str = "2026-03-01",
        type_: str = "petition",
        probability: float = 0.1,
        above: float = 0.1,
        **codes: float,
    ) -> Escalation: ...


@pytest.fixture(scope="module")
def escalate(tiny_bundle: Path) -> Escalate:
    """Every limit is a half; every code that is not named has a tenth."""
    heads = load_bundle(tiny_bundle).heads

    def escalating(
        text: str = PLAIN,
        level: str = "commune",
        *,
        host: str = "commune",
        day: str = "2026-03-01",
        type_: str = "petition",
        probability: float = 0.1,
        above: float = 0.1,
        **codes: float,
    ) -> Escalation:
        chosen = Choice(level, TAXONOMY.level(level).label, 0.9)
        office = Body("xay_dung_gt", "Cơ quan có thẩm quyền")
        return decide(
            taxonomy=TAXONOMY,
            rules=RULES,
            offices=OFFICES,
            heads=heads,
            reading=read_batch([text], load_cues(), heads),
            row=0,
            topic=Choice("transport_roads", "Giao thông", 0.9),
            matter=None,
            type_=type_,
            jurisdiction=Jurisdiction(chosen, office, "2026-01-31", "Căn cứ của bảng", "competence_table"),
            session=Session(date.fromisoformat(day), host),
            above=above,
            codes=dict.fromkeys(OTHERS, 0.1) | codes,
            probability=probability,
            thresholds=dict.fromkeys(OTHERS, 0.5) | {"escalate": 0.5},
        )

    return escalating


@pytest.mark.parametrize(
    ("host", "level", "up"),
    [
        ("commune", "commune", False),
        ("commune", "province", True),
        ("commune", "central", True),
        ("commune", "unclear", False),
        ("commune", "external", False),
        ("province", "commune", False),
        ("province", "province", False),
        ("province", "central", True),
    ],
)
def test_what_a_higher_level_settles_goes_up(escalate: Escalate, host: str, level: str, up: bool) -> None:
    """Above the host is above; beside it is not, nor is what nobody knows."""
    assert escalate(level=level, host=host).required is up


def test_what_goes_up_by_level_goes_to_the_competent_office_on_the_tables_basis(escalate: Escalate) -> None:
    """The reason's basis is the jurisdiction's."""
    found = escalate(level="province", above=0.95)
    assert (found.to_level, found.to_body) == ("province", Body("xay_dung_gt", "Cơ quan có thẩm quyền"))
    assert [(r.code, r.basis, r.confidence) for r in found.reasons] == [(BEYOND, "Căn cứ của bảng", 0.95)]


def test_what_belongs_outside_goes_sideways_to_its_owner(escalate: Escalate) -> None:
    """CONTRACT.md: ``transfer`` without ``required``, and still an addressee."""
    found = escalate("Trạm biến áp quá tải", "external")
    assert (found.transfer, found.required, found.to_level, found.urgency) == (
        True,
        False,
        "external",
        "with_conclusion",
    )
    assert not found.reasons


def test_what_stays_has_neither_addressee_nor_urgency(escalate: Escalate) -> None:
    """Nothing to send, nobody to send it to."""
    found = escalate()
    assert (found.required, found.transfer, found.to_body, found.urgency, found.reasons) == (
        False,
        False,
        None,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("security", "cong_an"),
        ("crime", "thanh_tra_tcd"),
        ("beyond_budget", "tai_chinh"),
        ("policy", "hdnd_qh"),
        ("prolonged", "ubnd"),
    ],
)
def test_a_reason_of_its_own_goes_to_its_own_office_one_level_up(escalate: Escalate, code: str, body: str) -> None:
    """Police, inspection, finance, the deputies, else the committee above."""
    found = escalate(**{code: 0.9})
    assert found.to_body is not None
    assert (found.required, found.to_level, found.to_body.id) == (True, "province", body)


def test_a_reason_of_its_own_rests_on_its_own_law(escalate: Escalate) -> None:
    """With the rule's basis, shown to the secretary."""
    (reason,) = escalate(prolonged=0.9).reasons
    assert (reason.basis, reason.label) == (RULES["prolonged"].basis, TAXONOMY.escalation_codes["prolonged"].label)


def test_the_most_urgent_reason_sets_the_urgency(escalate: Escalate) -> None:
    """Danger is told within 24 hours, however likely the rest."""
    assert escalate(policy=0.99, danger=0.6).urgency == "immediate"


def test_the_likeliest_reason_comes_first(escalate: Escalate) -> None:
    """A reader looks at the top."""
    assert [reason.code for reason in escalate(overdue=0.6, danger=0.8, prolonged=0.7).reasons] == [
        "danger",
        "prolonged",
        "overdue",
    ]


@pytest.mark.parametrize(("above", "code"), [(0.2, "overdue"), (0.4, BEYOND)])
def test_torn_it_goes_up_and_names_the_likeliest_reason(escalate: Escalate, above: float, code: str) -> None:
    """LABELS.md §4: when torn, escalate; a demand without a reason helps nobody."""
    found = escalate(probability=0.6, overdue=0.3, above=above)
    assert found.required
    assert [reason.code for reason in found.reasons] == [code]


def test_a_denunciation_is_confidential_even_when_it_stays(escalate: Escalate) -> None:
    """The law protects who denounces."""
    assert escalate(type_="denunciation").confidential


@pytest.mark.parametrize(("code", "kept"), [("crime", True), ("against_leadership", True), ("prolonged", False)])
def test_some_reasons_are_confidential(escalate: Escalate, code: str, kept: bool) -> None:
    """escalation.toml says which."""
    assert escalate(**{code: 0.9}).confidential is kept


def test_a_reason_points_at_its_cue(escalate: Escalate) -> None:
    """The very words, not the sentence."""
    text = "Cống đầu làng sập, bà con đã kiến nghị nhiều lần"
    (reason,) = escalate(text, prolonged=0.9).reasons
    assert text[slice(*reason.span)] == "kiến nghị nhiều lần"


def test_a_reason_never_points_at_a_cue_that_is_switched_off(escalate: Escalate) -> None:
    """ "Không có bán ma tuý" is no place for drugs."""
    text = "Xóm tôi không có mua bán ma tuý, nhưng đêm qua có kẻ lạ rình rập"
    (reason,) = escalate(text, security=0.9).reasons
    assert text[slice(*reason.span)] != "mua bán ma tuý"


def test_a_reason_without_a_word_of_its_own_points_at_the_whole_opinion(escalate: Escalate) -> None:
    """Never at nothing: the tiny model has not seen one of these syllables."""
    text = "Zờ zạc zuỵch"
    (reason,) = escalate(text, overdue=0.9).reasons
    assert reason.span == (0, len(text))


@pytest.mark.parametrize(
    ("host", "day", "above"),
    [
        ("commune", "2025-06-30", "district"),
        ("commune", "2025-07-01", "province"),
        ("district", "2025-06-30", "province"),
        ("province", "2026-03-01", "central"),
    ],
)
def test_the_next_level_depends_on_the_day(host: str, day: str, above: str) -> None:
    """Districts ended on 2025-07-01."""
    assert next_level(Session(date.fromisoformat(day), host)) == above
