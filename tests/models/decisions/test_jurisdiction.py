"""Who is competent: the table, else the words, else the model – and the basis says which of them it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ydan.assessment import Assessment, Choice, Jurisdiction
from ydan.competence import load_competence
from ydan.cues import load_cues, read
from ydan.decisions.jurisdiction import MODEL, TABLE, TEXT, Offices, decide
from ydan.opinion import Session
from ydan.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy()
TABLE_OF_ALL = load_competence()
OFFICES = Offices(TAXONOMY, TABLE_OF_ALL)


def judged(text: str, level: str, matter: str | None = None, day: str = "2026-03-01") -> Jurisdiction:
    """The decision on an opinion about roads for which the weighed level is ``level``."""
    session = Session(date.fromisoformat(day))
    document = read(text)
    return decide(
        taxonomy=TAXONOMY,
        offices=OFFICES,
        level=Choice(level, TAXONOMY.level(level).label, 0.8),
        topic="transport_roads",
        ruling=None if matter is None else TABLE_OF_ALL.lookup(matter, session.date),
        hits=load_cues().find(document),
        document=document,
        session=session,
        period=TABLE_OF_ALL.period_of(session.date).begins,
    )


def test_the_table_decides_where_it_agrees_with_the_level() -> None:
    """The basis is then the table's own sentence, with its source."""
    found = judged("Đường tỉnh 391 sụt hố to", "province", "provincial_road")
    assert found.decided_by == TABLE
    assert found.basis == TABLE_OF_ALL.lookup("provincial_road", date(2026, 3, 1)).basis


def test_the_words_decide_where_the_table_has_no_matter() -> None:
    """And the basis quotes them as the citizen wrote them."""
    found = judged("Quốc Lộ 10 qua chợ cứ mưa là ngập", "central")
    assert found.decided_by == TEXT
    assert "“Quốc Lộ”" in found.basis


def test_a_word_that_names_the_owner_is_quoted_before_one_that_is_only_spoken_to() -> None:
    """LABELS.md §3: being asked makes nobody competent."""
    assert "“đường tỉnh”" in judged("Đề nghị tỉnh vá lại đường tỉnh chỗ dốc Mít", "province").basis


@pytest.mark.parametrize("text", ["Chỗ này không phải đường tỉnh mà xe vẫn đông", "Xe chở cát chạy suốt đêm"])
def test_a_word_that_is_denied_or_absent_decides_nothing(text: str) -> None:
    """What is left is the model, and it says so."""
    found = judged(text, "province")
    assert found.decided_by == MODEL
    assert "Mô hình" in found.basis


def test_a_model_that_overrules_the_table_tells_what_the_table_says() -> None:
    """The secretary sees both."""
    found = judged("Xe chở cát chạy suốt đêm", "province", "village_road")
    assert found.decided_by == MODEL
    assert TABLE_OF_ALL.lookup("village_road", date(2026, 3, 1)).basis in found.basis


def test_an_unclear_level_says_that_the_speaker_must_be_asked() -> None:
    """No office is invented."""
    found = judged("Xe chở cát chạy suốt đêm", "unclear")
    assert "hỏi lại" in found.basis
    assert found.body.label == "Chưa rõ cơ quan"


@pytest.mark.parametrize(("day", "period"), [("2025-06-30", "2025-03-01"), ("2025-07-01", "2025-07-01")])
def test_the_period_is_the_first_day_of_the_rules_that_held(day: str, period: str) -> None:
    """CONTRACT.md: ``period`` is a date."""
    assert judged("Đường thôn lầy", "commune", "village_road", day).period == period


@pytest.mark.parametrize(("day", "name"), [("2024-06-01", "Sở Giao thông vận tải"), ("2026-03-01", "Sở Xây dựng")])
def test_an_office_has_the_name_of_its_day(day: str, name: str) -> None:
    """The department of transport was merged on 2025-03-01."""
    session = Session(date.fromisoformat(day))
    assert OFFICES.named("xay_dung_gt", "province", session, "transport_roads").label == name


def test_the_usual_office_of_a_topic_is_the_one_that_most_of_its_matters_have() -> None:
    """Schools at the province are the department of education's."""
    assert OFFICES.usual("education", "province", Session(date(2026, 3, 1))).label == "Sở Giáo dục và Đào tạo"


def test_without_a_usual_office_the_peoples_committee_is_named() -> None:
    """No matter of "other" belongs to anybody."""
    assert OFFICES.usual("other", "province", Session(date(2026, 3, 1))).id == "ubnd"


def test_thanks_ask_for_no_one_competent(ask: Callable[..., Assessment]) -> None:
    """Nothing is to be settled, so nobody is to be asked who owns it."""
    found = ask("Cảm ơn xã, bà con phấn khởi lắm, chúng tôi không có ý kiến gì thêm.")
    assert found.topic.id == "other"
    assert "cần hỏi lại" not in found.jurisdiction.basis
