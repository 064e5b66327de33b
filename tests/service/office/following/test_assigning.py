"""Who is to do what by when."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.office.following.conftest import TODAY
from tests.service.office.reading import Office
from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.office.following.assigning import assign, change_assignment, words_of
from ydan_service.office.following.statuses import Refused
from ydan_service.person import Person
from ydan_service.store.tables import Assignment, Opinion

DAY = date(2026, 6, 1)


def give(
    office: Office, person: Person, ids: list[int], body: str = "Phòng Kinh tế", deadline: date | None = DAY
) -> list[Refused]:
    with office.store.begin() as session:
        return assign(session, office.store.keys, person, ids, body, "Khảo sát, trả lời", deadline, TODAY)


def tasks(office: Office, opinion: int) -> list[Assignment]:
    with office.store.read() as session:
        return list(session.scalars(select(Assignment).where(Assignment.opinion_id == opinion).order_by(Assignment.id)))


def test_who_is_charged_has_the_opinion_in_work_until_the_day(office: Office, meeting: int, officer: Person) -> None:
    """The deadline of the opinion is that of the task."""
    one = office.opinions(meeting)["5"]
    assert one.status == "chua_tra_loi"
    give(office, officer, [one.id])
    now = office.opinions(meeting)["5"]
    assert (now.status, now.deadline) == ("dang_giai_quyet", DAY)
    (task,) = tasks(office, one.id)
    assert (task.body, task.what, task.deadline, task.by, task.from_minutes) == (
        "Phòng Kinh tế", "Khảo sát, trả lời", DAY, officer.id, False,
    )  # fmt: skip


def test_the_earliest_task_that_is_not_done_sets_the_deadline(office: Office, meeting: int, officer: Person) -> None:
    """Done, its day no longer counts; without any there is none."""
    one = office.opinions(meeting)["5"]
    give(office, officer, [one.id])
    give(office, officer, [one.id], "Trạm y tế", date(2026, 5, 25))
    assert office.opinions(meeting)["5"].deadline == date(2026, 5, 25)
    for task, left in zip(reversed(tasks(office, one.id)), (DAY, None), strict=True):
        with office.store.begin() as session:
            change_assignment(
                session, office.store.keys, officer, task.id, task.body, task.what, task.deadline, TODAY, task.at, TODAY
            )
        assert office.opinions(meeting)["5"].deadline == left


def test_a_body_is_not_charged_twice_with_one_opinion(office: Office, meeting: int, officer: Person) -> None:
    """However it is spelled; of several opinions the others are charged."""
    found = office.opinions(meeting)
    give(office, officer, [found["5"].id])
    with pytest.raises(Conflict, match="phòng kinh tế đã được giao ý kiến này, hạn 01/06/2026"):
        give(office, officer, [found["5"].id], "phòng kinh tế")
    refused = give(office, officer, [found["5"].id, found["2"].id])
    assert [one.id for one in refused] == [found["5"].id]
    assert len(tasks(office, found["5"].id)) == 1
    assert "Phòng Kinh tế" in [task.body for task in tasks(office, found["2"].id)]


def test_two_who_change_a_task_meet_a_conflict_that_names_both_days(
    office: Office, meeting: int, officer: Person, hoa: Person
) -> None:
    """The second had not seen the first's."""
    one = office.opinions(meeting)["5"]
    give(office, officer, [one.id])
    (seen,) = tasks(office, one.id)

    def change(person: Person, day: date) -> None:
        with office.store.begin() as session:
            change_assignment(
                session, office.store.keys, person, seen.id, seen.body, seen.what, day, None, seen.at, TODAY
            )

    change(hoa, date(2026, 6, 10))
    with pytest.raises(
        Conflict, match=r"Hoa vừa ghi “Phòng Kinh tế, hạn 10/06/2026”, anh/chị ghi “Phòng Kinh tế, hạn 20/06/2026”"
    ):
        change(officer, date(2026, 6, 20))
    assert office.opinions(meeting)["5"].deadline == date(2026, 6, 10)


def test_a_task_that_names_somebody_is_kept_covered(office: Office, meeting: int, officer: Person) -> None:
    """In the body and in what is to be done."""
    one = office.opinions(meeting)["5"]
    with office.store.begin() as session:
        assign(
            session,
            office.store.keys,
            officer,
            [one.id],
            "Trưởng thôn, ông Bùi Văn Sáng",
            "Gặp ông Tạ Văn Mão",
            None,
            TODAY,
        )
    (task,) = tasks(office, one.id)
    assert "Sáng" not in task.body
    assert "Mão" not in task.what


@pytest.mark.parametrize(("body", "day"), [("", DAY), ("x" * 301, DAY), ("Phòng Kinh tế", date(2026, 3, 1))])
def test_what_cannot_be_is_refused(office: Office, meeting: int, officer: Person, body: str, day: date) -> None:
    """No body, too long, a day before the meeting."""
    with pytest.raises(Invalid):
        give(office, officer, [office.opinions(meeting)["5"].id], body, day)


def test_a_task_about_something_confidential_is_sealed_and_its_reader_alone_charges(
    office: Office, meeting: int, lan: Person, officer: Person
) -> None:
    """The table that others read holds no word of it."""
    one = office.opinions(meeting)["4"]
    with pytest.raises(NotFound):
        give(office, officer, [one.id])
    give(office, lan, [one.id], "Ủy ban Kiểm tra Đảng ủy")
    (task,) = tasks(office, one.id)
    assert (task.body, task.what) == ("", "")
    with office.store.read() as session:
        assert words_of(session, office.store.keys, [task.id])[task.id] == (
            "Ủy ban Kiểm tra Đảng ủy",
            "Khảo sát, trả lời",
        )
    with pytest.raises(Conflict):
        give(office, lan, [one.id], "Ủy ban kiểm tra Đảng ủy")
    with office.store.begin() as session, pytest.raises(NotFound):
        change_assignment(session, office.store.keys, officer, task.id, "x" * 5, "", None, None, None, TODAY)
    with office.store.read() as session:
        assert session.get_one(Opinion, one.id).text == ""
