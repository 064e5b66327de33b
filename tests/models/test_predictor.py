"""From raw text to an assessment: nothing lost, nothing mixed up, nothing outside the text."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ask
from tests.models.text.hostile import HOSTILE
from ydan.assessment import Assessment, Failure
from ydan.errors import CompetenceError, OpinionError
from ydan.model.signals import LEVELS
from ydan.opinion import Opinion, Session, check_text
from ydan.predictor import BATCH, Predictor, collector_paused

SESSION = Session(date(2026, 3, 1))
SAID = (
    "Đường tỉnh ĐT 391 qua xã nát bét, đề nghị tỉnh sửa sớm",
    "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông",
    "Trạm biến áp quá tải, tối nào cũng mất điện",
    "Tôi tố cáo ông trưởng thôn ăn chặn tiền hỗ trợ",
    "Đề nghị Quốc hội sửa Luật Đất đai",
    "duong xom lay loi, xin xa do be tong",
    "Vâng",
    "Cảm ơn xã đã làm xong nhà văn hoá",
)
OVERRIDE = "province,matter,from,until,level,body,source\n{}\n"


def opinions(texts: tuple[str, ...] = SAID, session: Session = SESSION) -> list[Opinion | Failure]:
    return [Opinion(str(number), text, session) for number, text in enumerate(texts)]


def admitted() -> list[tuple[str, str]]:
    """The hostile texts that pass the door."""
    found = []
    for name, text in HOSTILE:
        try:
            check_text(text)
        except OpinionError:
            continue
        found.append((name, text))
    return found


ADMITTED = admitted()


def same(one: Any, other: Any) -> bool:
    """Equal but for the last digit of a confidence, which depends on how many rows a product has."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == pytest.approx(other, abs=2e-4)) if isinstance(one, float) else bool(one == other)


def overridden(folder: Path, row: str) -> Predictor:
    file = folder / "tinh.csv"
    file.write_text(OVERRIDE.format(row), encoding="utf-8")
    return Predictor.load(overrides=[file])


def test_the_answers_come_in_the_order_of_the_opinions(predictor: Predictor) -> None:
    """More opinions than one batch holds, so that the seam is crossed."""
    many = opinions(SAID * (BATCH // len(SAID) + 2))
    answers = predictor.assess_many(many)
    assert [(a.id, a.text) for a in answers if isinstance(a, Assessment)] == [
        (o.id, o.text) for o in many if isinstance(o, Opinion)
    ]


def test_what_failed_at_the_door_keeps_its_place(predictor: Predictor) -> None:
    """The very same object, between the answers of its neighbours."""
    failure = Failure("x", "empty_text", "Ý kiến không có chữ nào.")
    answers = predictor.assess_many([failure, *opinions(), failure])
    assert answers[0] is failure
    assert answers[-1] is failure
    assert [answer.id for answer in answers[1:-1]] == [str(number) for number in range(len(SAID))]


@pytest.mark.parametrize("items", [[], [Failure("1", "empty_text", "Trống.")]])
def test_a_batch_without_opinions_is_answered(predictor: Predictor, items: list[Opinion | Failure]) -> None:
    """Nothing in, nothing out."""
    assert predictor.assess_many(items) == items


def test_an_opinion_has_the_same_answer_alone_and_in_company(predictor: Predictor) -> None:
    """Neighbours of other days and hosts change nothing."""
    mixed = opinions() + opinions(session=Session(date(2024, 5, 1), "district")) + opinions(SAID[::-1])
    for item, answer in zip(mixed, predictor.assess_many(mixed), strict=True):
        assert isinstance(item, Opinion)
        assert same(predictor.assess(item).to_json(), answer.to_json())


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_found(predictor: Predictor, was_on: bool) -> None:
    """Also when a batch fails, and when the program around us had switched it off itself."""
    before = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    try:
        with collector_paused():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
        with pytest.raises(TypeError):
            predictor.assess_many([Opinion("1", None, SESSION)])  # type: ignore[arg-type]
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()


def test_threads_share_a_predictor(predictor: Predictor) -> None:
    """The service answers several at once with one model; a fresh one, so that its caches fill in the race."""
    fresh = Predictor.load()
    days = [date(1990, 1, 1), date(2025, 5, 1), date(2025, 8, 1), date(2026, 2, 1), date(2026, 8, 1)]
    batches = [opinions(session=Session(day)) for day in days] * 6
    expected = [[a.to_json() for a in predictor.assess_many(batch)] for batch in batches]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(fresh.assess_many, batches))
    assert [[a.to_json() for a in batch] for batch in answers] == expected


@pytest.mark.parametrize(("name", "text"), ADMITTED, ids=[name for name, _ in ADMITTED])
@pytest.mark.parametrize("day", ["1975-01-01", "2026-08-01"])
def test_a_hostile_text_that_passes_the_door_is_assessed(ask: Ask, name: str, text: str, day: str) -> None:
    """With spans that hold at least one of its own characters."""
    answer = ask(text, day=day)
    spans = [piece.span for piece in answer.evidence] + [reason.span for reason in answer.escalation.reasons]
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    assert answer.text == text


def test_the_door_lets_some_hostile_texts_in() -> None:
    """Else the test above tests nothing."""
    assert {"NFD", "lone surrogates", "TCVN3", "undiacritized", "Excel formula"} <= {name for name, _ in ADMITTED}


@pytest.mark.parametrize("text", SAID)
def test_what_goes_up_has_a_reason_with_words(ask: Ask, text: str) -> None:
    """And what does not has none."""
    found = ask(text).escalation
    assert bool(found.reasons) is found.required
    assert all(text[slice(*reason.span)].strip() for reason in found.reasons)


@pytest.mark.parametrize(
    "text", [*SAID, "Đường huyện nát, đề nghị huyện sửa", "UBND huyện, quận, thị xã có biết không"]
)
@pytest.mark.parametrize("day", ["2025-07-01", "2030-01-01"])
def test_districts_are_never_named_after_they_ended(ask: Ask, text: str, day: str) -> None:
    """Whatever the words say: neither competent nor addressed."""
    answer = ask(text, day=day)
    assert answer.jurisdiction.level.id != "district"
    assert answer.escalation.to_level != "district"


def test_districts_are_named_on_their_last_day(ask: Ask) -> None:
    """2025-06-30 is before the end."""
    assert ask("Đường huyện nát, đề nghị huyện sửa đường huyện", day="2025-06-30").jurisdiction.level.id == "district"


def test_the_same_words_mean_another_level_on_another_day(ask: Ask) -> None:
    """The health station was the province's for half a year."""
    text = "Trạm y tế xã thiếu bác sĩ, thiếu thuốc"
    days = ("2025-10-01", "2026-03-01")
    assert [ask(text, day=day).jurisdiction.level.id for day in days] == ["province", "commune"]


def test_the_override_of_the_docs_changes_the_decision_and_says_so(root: Path) -> None:
    """docs/competence.md: old district roads are the department's in Hải Phòng."""
    local = Predictor.load(overrides=[root / "docs/examples/override-hai-phong.csv"])
    text = "Đường huyện qua thôn nát bét, ổ gà ổ voi"
    here, there = (
        local.assess(Opinion("1", text, Session(date(2026, 5, 1), "commune", code))).jurisdiction
        for code in ("31", "01")
    )
    assert (here.level.id, here.body.label, here.decided_by) == ("province", "Sở Xây dựng", "competence_table")
    assert "quy định riêng của Hải Phòng" in here.basis
    assert there.level.id == "commune"


@pytest.mark.parametrize(
    ("text", "row", "level", "required"),
    [
        ("Đường tỉnh 391 nát bét, đề nghị vá lại đường tỉnh", "provincial_road,,,commune,ubnd", "commune", False),
        ("Đường thôn 6 lầy lội, xin đổ bê tông", "village_road,2025-07-01,,province,xay_dung_gt", "province", True),
        ("Mất điện suốt, điện yếu, trạm biến áp quá tải", "power_fault,,,commune,ubnd", "commune", False),
    ],
)
def test_a_provinces_rule_beats_the_model_and_the_escalation_follows(
    tmp_path: Path, text: str, row: str, level: str, required: bool
) -> None:
    """Level, transfer, escalation and confidence tell one story."""
    local = overridden(tmp_path, f"31,{row},Quyết định thử")
    answer = local.assess(Opinion("1", text, Session(date(2026, 3, 1), "commune", "31")))
    assert answer.matter is not None
    assert (answer.jurisdiction.level.id, answer.escalation.required) == (level, required)
    assert answer.escalation.transfer is False
    assert answer.jurisdiction.level.confidence >= answer.matter.confidence - 1e-3


def test_a_provinces_rule_leaves_the_others_alone(tmp_path: Path, predictor: Predictor) -> None:
    """The same opinion in another province, and without one, is answered as by the common table."""
    local = overridden(tmp_path, "31,village_road,2025-07-01,,province,xay_dung_gt,Quyết định thử")
    for province in ("01", None):
        opinion = Opinion("1", SAID[1], Session(date(2026, 3, 1), "commune", province))
        assert local.assess(opinion).to_json() == predictor.assess(opinion).to_json()


def test_a_wrong_override_file_is_refused_with_its_line(tmp_path: Path) -> None:
    """Before anything is answered by it."""
    with pytest.raises(CompetenceError, match=r"tinh\.csv:2"):
        overridden(tmp_path, "31,village_rode,,,province,ubnd,QĐ")


def test_every_answer_tells_what_it_was_made_with(predictor: Predictor, tmp_path: Path) -> None:
    """CONTRACT.md: model, taxonomy, competence; an override shows in the last."""
    versions: dict[str, Any] = predictor.versions
    assert versions["model"] == {"name": predictor.bundle.name, "version": predictor.bundle.version}
    assert versions["taxonomy"] == {"version": predictor.taxonomy.version}
    local: dict[str, Any] = overridden(tmp_path, "31,village_road,,,province,xay_dung_gt,QĐ thử").versions
    assert local["competence"]["version"].startswith(versions["competence"]["version"] + "+")


@pytest.mark.parametrize("text", SAID)
def test_confidences_are_probabilities(ask: Ask, text: str) -> None:
    """Between 0 and 1; topics in falling order, none twice."""
    answer = ask(text)
    topics = [answer.topic, *answer.alternatives]
    shown = [*topics, answer.type, answer.jurisdiction.level, *([answer.matter] if answer.matter else [])]
    assert all(0 <= choice.confidence <= 1 for choice in shown)
    assert [c.confidence for c in topics] == sorted((c.confidence for c in topics), reverse=True)
    assert len({c.id for c in topics}) == len(topics)
    assert answer.jurisdiction.level.id in LEVELS


def test_a_predictor_of_another_bundle_answers_with_its_labels(tiny_bundle: Path) -> None:
    """The tiny model knows five topics."""
    answer = Predictor.load(tiny_bundle).assess(Opinion("1", "Điện yếu, tối nào cũng sụt áp", SESSION))
    assert answer.topic.id == "power_telecom"
