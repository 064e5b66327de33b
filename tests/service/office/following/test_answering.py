"""Answers given after the meeting, and that the people were told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.office.following.conftest import TODAY
from tests.service.office.reading import NAMES, Office
from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.office.following.answering import record_answer, tell
from ydan_service.office.following.assigning import assign
from ydan_service.office.following.statuses import Refused, Seen
from ydan_service.office.following.wanted import Wanted
from ydan_service.office.following.worklist import look
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.tables import Answer, AnswerTo, Assignment, Opinion

TEXT = (
    "Đã đổ bê tông xong đoạn trước nhà ông Tạ Văn Mão, anh Trịnh Văn Bền nghiệm thu, gọi 0912345678. "
    "Ông Lê Hữu Phước đã kiểm tra."
)


def answer(
    office: Office, person: Person, ones: list[Opinion], text: str = TEXT, status: str = "da_giai_quyet",
    told_on: date | None = None, given_on: date | None = date(2026, 5, 10),
) -> list[Refused]:  # fmt: skip
    """The answer, seen at the versions that ``ones`` have."""
    seen = [Seen(one.id, one.version) for one in ones]
    with office.store.begin() as session:
        return record_answer(
            session, office.store.keys, person, seen, text, "Phòng Kinh tế", given_on, status, told_on, TODAY
        )


def later(office: Office, meeting: int) -> list[Answer]:
    with office.store.read() as session:
        return list(session.scalars(select(Answer).where(Answer.meeting_id == meeting, Answer.key.is_(None))))


def test_an_answer_stands_covered_beside_its_sealed_words_and_settles_the_opinions(
    office: Office, meeting: int, officer: Person
) -> None:
    """One answer to two opinions; speakers and whoever it names are covered, the chair is not."""
    found = office.opinions(meeting)
    answer(office, officer, [found["1"], found["3"]])
    (kept,) = later(office, meeting)
    assert not any(name in kept.text for name in (*NAMES, "Trịnh Văn Bền"))
    assert "Lê Hữu Phước" in kept.text
    assert len(kept.text) == len(TEXT)
    assert (kept.speaker, kept.given_on, kept.by) == ("Phòng Kinh tế", date(2026, 5, 10), officer.id)
    now = office.opinions(meeting)
    with office.store.read() as session:
        assert personal.read(session, office.store.keys, "answer", [kept.id], "text") == {kept.id: TEXT}
        linked = set(session.scalars(select(AnswerTo.opinion_id).where(AnswerTo.answer_id == kept.id)))
    assert linked == {found["1"].id, found["3"].id}
    assert all((now[key].status, now[key].answered) == ("da_giai_quyet", True) for key in ("1", "3"))


def test_whoever_was_charged_has_done_it_when_the_opinion_is_answered(
    office: Office, meeting: int, officer: Person
) -> None:
    """The deadline goes with the task."""
    one = office.opinions(meeting)["5"]
    with office.store.begin() as session:
        assign(session, office.store.keys, officer, [one.id], "Trạm y tế", "", date(2026, 5, 12), TODAY)
    answer(office, officer, [office.opinions(meeting)["5"]])
    with office.store.read() as session:
        tasks = session.scalars(select(Assignment).where(Assignment.opinion_id == one.id)).all()
        assert [task.done_on for task in tasks] == [date(2026, 5, 10)]
    assert office.opinions(meeting)["5"].deadline is None


def test_answered_and_not_told_is_on_the_list_until_somebody_tells(
    office: Office, meeting: int, officer: Person
) -> None:
    """What was said at the meeting itself was heard there."""
    found = office.opinions(meeting)

    def untold() -> int:
        with office.store.read() as session:
            return look(session, officer, Wanted(meeting=meeting), 1, TODAY).counts["untold"]

    assert untold() == 0
    answer(office, officer, [found["1"], found["3"]])
    answer(office, officer, [found["2"]], told_on=TODAY)
    assert untold() == 2
    with office.store.begin() as session:
        assert tell(session, office.store.keys, officer, [found["1"].id], TODAY, TODAY) == 1
    assert untold() == 1


def test_overtaken_by_another_word_an_answer_is_not_written(
    office: Office, meeting: int, officer: Person, hoa: Person
) -> None:
    """Of several opinions the others get it."""
    seen = office.opinions(meeting)
    answer(office, hoa, [seen["2"]], status="da_giai_thich")
    with pytest.raises(Conflict, match="Hoa vừa ghi “Đã giải thích, trả lời”"):
        answer(office, officer, [seen["2"]])
    assert len(later(office, meeting)) == 1
    refused = answer(office, officer, [seen["1"], seen["2"]])
    assert [one.id for one in refused] == [seen["2"].id]
    with office.store.read() as session:
        last = later(office, meeting)[-1]
        assert set(session.scalars(select(AnswerTo.opinion_id).where(AnswerTo.answer_id == last.id))) == {seen["1"].id}


def test_an_answer_to_something_confidential_is_sealed_and_stands_alone(
    office: Office, meeting: int, lan: Person, officer: Person
) -> None:
    """Among others it would be read by all."""
    found = office.opinions(meeting)
    with pytest.raises(Invalid, match="giữ kín"):
        answer(office, lan, [found["4"], found["1"]], status="huong_dan_kn_tc")
    with pytest.raises(NotFound):
        answer(office, officer, [found["4"]], status="huong_dan_kn_tc")
    assert later(office, meeting) == []
    answer(office, lan, [found["4"]], status="huong_dan_kn_tc")
    (kept,) = later(office, meeting)
    assert (kept.text, kept.speaker) == ("", None)


@pytest.mark.parametrize(
    ("text", "status", "given_on"),
    [("", "da_giai_quyet", TODAY), ("x " * 3000, "da_giai_quyet", TODAY), ("Đã sửa", "chua_tra_loi", TODAY),
     ("Đã sửa", "da_giai_quyet", date(2026, 5, 21)), ("Đã sửa", "da_giai_quyet", date(2026, 1, 1))],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    office: Office, meeting: int, officer: Person, text: str, status: str, given_on: date
) -> None:
    """No words, too many, a status that is no answer, a day to come or before the meeting."""
    with pytest.raises(Invalid):
        answer(office, officer, [office.opinions(meeting)["1"]], text, status, given_on=given_on)
    assert later(office, meeting) == []


def test_what_came_after_the_minutes_closes_and_opens_with_its_opinion(
    office: Office, meeting: int, lan: Person
) -> None:
    """A later answer and a task that a person gave are sealed with the opinion, and come back with it, covered."""
    one = office.opinions(meeting)["1"]
    answer(office, lan, [one])
    with office.store.begin() as session:
        assign(session, office.store.keys, lan, [one.id], "Phòng Kinh tế", "Gặp ông Tạ Văn Mão", None, TODAY)

    def shown() -> tuple[str, str, str]:
        with office.store.read() as session:
            task = session.scalars(
                select(Assignment).where(Assignment.opinion_id == one.id, Assignment.from_minutes.is_(False))
            ).one()
            return later(office, meeting)[0].text, task.body, task.what

    before = shown()
    assert before[2].startswith("Gặp ")
    secret = office.do(lan, meeting, "mark_confidential", key="1", value=True, reason="Người nêu xin giữ kín")
    assert secret["result"]["ok"], secret
    assert shown() == ("", "", "")
    opened = office.do(lan, meeting, "mark_confidential", key="1", value=False, reason="Nhầm")
    assert opened["result"]["ok"], opened
    again = shown()
    assert again[1:] == before[1:]
    assert again[0].startswith("Đã đổ bê tông")
    assert "Trịnh Văn Bền" not in again[0]
    assert not any(name in " ".join(again) for name in NAMES)
