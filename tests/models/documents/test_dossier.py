"""Minutes and assessments brought together."""

from __future__ import annotations

from collections import Counter

import pytest

from ydan.assessment import Assessment, Failure
from ydan.documents import Dossier, build_dossier, plain_minutes
from ydan.documents.counts import count_up, hidden_note, sentences
from ydan.documents.letters import letters_of
from ydan.errors import DocumentError
from ydan.minutes.records import Minutes
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor

from .conftest import DAY


def test_every_opinion_is_in_exactly_one_place(dossier: Dossier, minutes: Minutes) -> None:
    """The three lists, the complaints, the confidential count."""
    lists = (dossier.settled, dossier.open, dossier.forwarded, dossier.guided, dossier.confidential)
    ids = Counter(item.id for items in lists for item in items)
    assert ids == Counter(raised.id for raised in minutes.opinions)
    assert all(lists)


def test_numbers_count_the_public_opinions_by_field(dossier: Dossier) -> None:
    """1, 2, 3 … without a gap that would tell of a confidential one."""
    assert [item.number for item in dossier.public] == list(range(1, len(dossier.public) + 1))
    topics = [item.topic for item in dossier.public]
    assert all(topics[at] == topics[at - 1] or topics[at] not in topics[:at] for at in range(1, len(topics)))


def test_the_denunciation_is_confidential_and_nobody_is_shown(dossier: Dossier) -> None:
    """Neither its speaker nor its answer."""
    (item,) = dossier.confidential
    assert item.id == "6"
    assert (item.speaker, item.place, item.reply, item.number) == ("", "", "", 0)
    assert dossier.withheld == 1
    assert all("tố cáo" not in answer.text for answer in dossier.replies)


def test_tasks_and_deadlines_reach_their_opinion(dossier: Dossier) -> None:
    """And what belongs to none is kept apart."""
    item = next(item for item in dossier.items if item.id == "2")
    assert (item.charged, item.deadline) == ("Phòng Kinh tế", "30/4/2026")
    assert [task.body for task in dossier.general_tasks] == ["Văn phòng HĐND và UBND xã"]


def test_counts_add_up(dossier: Dossier) -> None:
    """Public and hidden make all; every table makes the public ones."""
    counts = count_up(dossier)
    assert counts.total == counts.public + counts.hidden == 16
    for table in (counts.topics, counts.types, counts.levels, counts.statuses):
        assert sum(table.values()) == counts.public
    assert counts.own + sum(counts.above.values()) + counts.outside + counts.unclear == counts.public
    assert "Tố cáo" not in counts.types


def test_the_general_part_says_the_counts(dossier: Dossier) -> None:
    """The way leaders say it."""
    text = " ".join(sentences(dossier, count_up(dossier)))
    assert "có 16 lượt ý kiến" in text
    assert "04 ý kiến vượt thẩm quyền (03 cấp tỉnh, 01 Trung ương)" in text
    assert "01 nội dung xử lý theo chế độ mật" in text


def test_small_groups_of_denunciations_are_not_broken_down(dossier: Dossier) -> None:
    """From five on a topic is named."""
    assert "trong đó" not in hidden_note(count_up(dossier))
    secret = dossier.confidential[0]
    many = Dossier(
        dossier.meeting,
        (*dossier.public, *[secret] * 5),
        "code",
        (),
        (),
        "xã X",
        0,
        dossier.minutes,
        dossier.assessments,
    )
    assert "05 về xây dựng Đảng" in hidden_note(count_up(many))


def test_an_opinion_without_assessment_stays(minutes: Minutes) -> None:
    """As a failure; one that sounds like an accusation is confidential until a person decides."""
    found = build_dossier(minutes, {})
    assert len(found.items) == len(minutes.opinions)
    assert all(isinstance(item.assessment, Failure) for item in found.items)
    assert {item.id for item in found.confidential} == {"6"}


def test_assessments_may_be_a_list(minutes: Minutes, assessments: dict[str, Assessment | Failure]) -> None:
    """They carry their ids."""
    assert build_dossier(minutes, assessments.values()).items == build_dossier(minutes, assessments).items


def test_an_unknown_way_of_naming_is_refused(minutes: Minutes) -> None:
    """With the ways that exist."""
    with pytest.raises(DocumentError, match="code, full"):
        build_dossier(minutes, {}, names="all")


def test_names_are_shown_only_on_request(dossier: Dossier) -> None:
    """And back again."""
    full = dossier.with_names("full")
    assert {item.speaker for item in full.public} >= {"Hoàng Văn Nhị", "Trần Thị Mận"}
    assert all(item.speaker in ("Không ghi tên",) or item.speaker.startswith("CD-") for item in dossier.public)
    assert full.with_names("code").items == dossier.items


def test_letters_go_to_one_addressee_each(dossier: Dossier) -> None:
    """Upward first; a danger outside the chain is in two; complaints and the confidential in none."""
    letters = letters_of(dossier)
    assert len({(letter.way, letter.addressee) for letter in letters}) == len(letters)
    assert [letter.way for letter in letters] == sorted((letter.way for letter in letters), reverse=True)
    ways = Counter(item.id for letter in letters for item in letter.items)
    assert ways["12"] == 2
    assert not {"6", "7", "1"} & set(ways)
    assert {item.id for item in dossier.forwarded} <= set(ways)


def test_a_plain_list_becomes_a_dossier() -> None:
    """With the meeting of its opinions."""
    minutes = plain_minutes(
        [Opinion("a", "Đèn đường hỏng.", Session(DAY, "province")), Opinion("b", "x" * 9, Session(DAY))]
    )
    assert (minutes.meeting.date, minutes.meeting.host_level) == (DAY, "province")
    assert [item.id for item in build_dossier(minutes, {}).items] == ["a", "b"]


def test_the_same_request_twice_is_counted(predictor: Predictor) -> None:
    """By its words, or as the caller says."""
    said = [
        "Điện thôn Đông yếu hai tháng, đề nghị điện lực sửa.",
        "Điện thôn Đông yếu hai tháng nay, đề nghị sửa.",
        "Trạm y tế thiếu thuốc.",
    ]
    opinions = [Opinion(str(at), text, Session(DAY)) for at, text in enumerate(said)]
    minutes, assessed = plain_minutes(opinions), predictor.assess_many(opinions)
    assert [item.alike for item in build_dossier(minutes, assessed).items] == [1, 1, 0]
    told = build_dossier(minutes, assessed, alike=[["0", "1", "2"]])
    assert [item.alike for item in told.with_names("full").items] == [2, 2, 2]
