"""Letters are drafts for the follow-up: one for each office, never twice, and what was sent stays."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from tests.service.office.papers.conftest import Desk
from tests.service.office.papers.test_making import made
from tests.service.office.papers.test_ruling import line_of
from ydan_service.office.papers.making import Wanted
from ydan_service.person import Person
from ydan_service.store.tables import Dispatch, Dispatched

LETTERS = Wanted(("cong-van-kien-nghi", "phieu-chuyen"))


def letters(desk: Desk) -> list[tuple[str, str, str | None, date | None, set[int]]]:
    with desk.office.store.read() as session:
        rows = session.scalars(select(Dispatch).where(Dispatch.meeting_id == desk.meeting).order_by(Dispatch.id)).all()
        held = {
            row.id: set(session.scalars(select(Dispatched.opinion_id).where(Dispatched.dispatch_id == row.id)))
            for row in rows
        }
        assert all(row.document_id for row in rows)
        return [(row.direction, row.addressee, row.number, row.sent_on, held[row.id]) for row in rows]


def test_a_letter_is_a_draft_without_number_and_day_once_however_often_it_is_made(desk: Desk, lan: Person) -> None:
    """Up and sideways, with the opinions in it; its document is the last one made."""
    light, clinic = line_of(desk, lan, "Đèn đường"), line_of(desk, lan, "Trạm y tế")
    desk.rule(lan, light.key, status="kien_nghi_cap_tren", addressee="Sở Xây dựng")
    desk.rule(lan, clinic.key, addressee="Bệnh viện huyện")
    for _again in range(2):
        documents = made(desk, lan, LETTERS)
        assert letters(desk) == [
            ("up", "Sở Xây dựng", None, None, {light.opinion_id}),
            ("sideways", "Bệnh viện huyện", None, None, {clinic.opinion_id}),
        ]
    with desk.office.store.read() as session:
        assert set(session.scalars(select(Dispatch.document_id))) == {one.id for one in documents}


def test_a_draft_follows_the_conclusion_and_goes_with_its_addressee(desk: Desk, lan: Person) -> None:
    """Renamed, joined by another opinion, or not forwarded at all any more."""
    light, clinic = line_of(desk, lan, "Đèn đường"), line_of(desk, lan, "Trạm y tế")
    desk.rule(lan, light.key, status="kien_nghi_cap_tren", addressee="Sở Xây dựng")
    made(desk, lan, LETTERS)
    desk.rule(lan, clinic.key, status="kien_nghi_cap_tren", addressee="Sở Y tế")
    desk.rule(lan, light.key, addressee="Sở Y tế")
    made(desk, lan, LETTERS)
    assert letters(desk) == [("up", "Sở Y tế", None, None, {light.opinion_id, clinic.opinion_id})]
    desk.rule(lan, light.key, status="da_giai_quyet")
    made(desk, lan, Wanted(("cong-van-kien-nghi",)))
    assert letters(desk) == [("up", "Sở Y tế", None, None, {clinic.opinion_id})]


def test_what_was_sent_stays_as_it_was_sent(desk: Desk, lan: Person) -> None:
    """The new document says that one more opinion is not in it."""
    light, clinic = line_of(desk, lan, "Đèn đường"), line_of(desk, lan, "Trạm y tế")
    desk.rule(lan, light.key, status="kien_nghi_cap_tren", addressee="Sở Y tế")
    desk.rule(lan, clinic.key, status="da_giai_thich")
    made(desk, lan, LETTERS)
    with desk.office.store.begin() as session:
        sent = session.scalars(select(Dispatch)).one()
        sent.number, sent.sent_on = "45/UBND", date(2026, 3, 20)
        document = sent.document_id
    desk.rule(lan, clinic.key, status="kien_nghi_cap_tren", addressee="Sở Y tế")
    (again,) = made(desk, lan, Wanted(("cong-van-kien-nghi",)))
    assert letters(desk) == [("up", "Sở Y tế", "45/UBND", date(2026, 3, 20), {light.opinion_id})]
    assert again.checks[0] == "Văn bản này đã gửi ngày 20/03/2026; bản mới có thêm 1 ý kiến chưa gửi"
    with desk.office.store.read() as session:
        assert session.scalars(select(Dispatch.document_id)).one() == document


def test_a_numbered_draft_is_not_thrown_away(desk: Desk, lan: Person) -> None:
    """Somebody has entered it into the office's register."""
    light = line_of(desk, lan, "Đèn đường")
    desk.rule(lan, light.key, status="kien_nghi_cap_tren", addressee="Sở Xây dựng")
    made(desk, lan, LETTERS)
    with desk.office.store.begin() as session:
        session.scalars(select(Dispatch).where(Dispatch.direction == "up")).one().number = "45/UBND"
    desk.rule(lan, light.key, addressee="Sở Công Thương")
    made(desk, lan, LETTERS)
    assert [row[1] for row in letters(desk) if row[0] == "up"] == ["Sở Xây dựng", "Sở Công Thương"]
