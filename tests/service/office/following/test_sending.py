"""Letters upward and sideways, and what comes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from tests.service.office.following.conftest import TODAY
from tests.service.office.reading import NAMES, Office
from ydan_service.errors import Conflict, Forbidden, Invalid, NotFound
from ydan_service.office.following.dispatches import list_letters, load_reply_file, look_at_letter
from ydan_service.office.following.sending import (
    KEEPS_WAITING,
    Facts,
    Received,
    add_dispatch,
    change_dispatch,
    record_reply,
)
from ydan_service.office.following.wanted import Wanted
from ydan_service.person import Person
from ydan_service.store.tables import (
    Answer,
    AuditEvent,
    Dispatch,
    KeptFile,
    OfficeSetting,
    Opinion,
    Reply,
    StatusChange,
)

SENT = date(2026, 5, 1)
PDF = b"%PDF-1.7 Ta Van Mao"


def send(office: Office, person: Person, ids: list[int], facts: Facts, direction: str = "up") -> int:
    with office.store.begin() as session:
        (letter,) = add_dispatch(session, office.store.keys, person, ids, direction, facts, TODAY)
        return letter.id


def reply(office: Office, person: Person, letter: int, received: Received, most: int = 1_000_000) -> Reply:
    with office.store.begin() as session:
        return record_reply(session, office.store.keys, person, letter, received, TODAY, most)


def test_a_letter_that_was_sent_moves_its_opinions_and_sets_the_day_of_the_answer(
    office: Office, meeting: int, officer: Person
) -> None:
    """Fifteen days unless the office set another number; what somebody works on stays in work."""
    found = office.opinions(meeting)
    assert (found["5"].status, found["1"].status) == ("chua_tra_loi", "dang_giai_quyet")
    letter = send(office, officer, [found["5"].id, found["1"].id], Facts("Sở Y tế", "12/UBND-VP", SENT))
    now = office.opinions(meeting)
    assert (now["5"].status, now["5"].deadline) == ("kien_nghi_cap_tren", date(2026, 5, 16))
    assert now["1"].status == "dang_giai_quyet"
    with office.store.read() as session:
        kept = session.get_one(Dispatch, letter)
        assert (kept.number, kept.sent_on, kept.due_on, kept.by) == ("12/UBND-VP", SENT, date(2026, 5, 16), officer.id)
        because = session.scalars(select(StatusChange).where(StatusChange.opinion_id == found["5"].id)).all()[-1]
        assert (because.because, because.on) == ("Gửi Sở Y tế, số 12/UBND-VP", SENT)
    with office.store.begin() as session:
        session.add(OfficeSetting(name="reply_days", value={"value": 30}))
    send(office, officer, [found["2"].id], Facts("Công ty Điện lực", sent_on=SENT), "sideways")
    now = office.opinions(meeting)
    assert now["2"].deadline == SENT + timedelta(days=30)


def test_a_draft_moves_nothing_until_its_day_of_sending_is_written(
    office: Office, meeting: int, officer: Person
) -> None:
    """As the documents' drafts are."""
    one = office.opinions(meeting)["5"]
    letter = send(office, officer, [one.id], Facts("Sở Y tế"))
    assert office.opinions(meeting)["5"].status == "chua_tra_loi"
    with office.store.begin() as session:
        change_dispatch(
            session, office.store.keys, officer, letter, Facts("Sở Y tế", "9/UBND", SENT), Facts("Sở Y tế"), TODAY
        )
    assert office.opinions(meeting)["5"].status == "kien_nghi_cap_tren"


def test_two_who_write_the_head_meet_a_conflict_that_names_both(
    office: Office, meeting: int, officer: Person, hoa: Person
) -> None:
    """The number of the first stands."""
    letter = send(office, officer, [office.opinions(meeting)["5"].id], Facts("Sở Y tế"))
    with office.store.begin() as session:
        change_dispatch(
            session, office.store.keys, hoa, letter, Facts("Sở Y tế", "7/UBND", SENT), Facts("Sở Y tế"), TODAY
        )
    with office.store.begin() as session, pytest.raises(Conflict, match=r"số 7/UBND, gửi 01/05/2026.*số 8/UBND"):
        change_dispatch(
            session, office.store.keys, officer, letter, Facts("Sở Y tế", "8/UBND", SENT), Facts("Sở Y tế"), TODAY
        )


def test_a_reply_answers_the_opinions_that_wait(office: Office, meeting: int, officer: Person) -> None:
    """Its words are covered and sealed, the file is sealed, and the people still have to be told."""
    one = office.opinions(meeting)["5"]
    letter = send(office, officer, [one.id], Facts("Sở Y tế", "12/UBND", SENT))
    text = "Sở đã cấp thuốc, báo ông Tạ Văn Mão biết."
    kept = reply(office, officer, letter, Received(text, "da_giai_quyet", "88/SYT", TODAY, file=("tra loi.pdf", PDF)))
    now = office.opinions(meeting)["5"]
    assert (now.status, now.answered, now.deadline) == ("da_giai_quyet", True, None)
    assert not any(name in kept.text for name in NAMES)
    with office.store.read() as session:
        answer = session.scalars(select(Answer).where(Answer.meeting_id == meeting, Answer.key.is_(None))).one()
        assert (answer.speaker, answer.given_on) == ("Sở Y tế", TODAY)
        file = session.scalars(select(KeptFile).where(KeptFile.kind == "reply")).one()
        assert b"PDF" not in file.sealed
        shown = look_at_letter(session, office.store.keys, officer, letter, TODAY)
        assert (shown.letter.state, shown.texts[kept.id]) == ("replied", kept.text)
    with office.store.begin() as session:
        file, data = load_reply_file(session, office.store.keys, officer, letter, kept.id)
        assert data == PDF
        assert session.scalars(select(AuditEvent).where(AuditEvent.action == "dispatch.read_file")).one()


def test_a_reply_in_between_lets_the_opinions_wait_for_another_day(
    office: Office, meeting: int, officer: Person
) -> None:
    """The letter is awaited still."""
    one = office.opinions(meeting)["5"]
    letter = send(office, officer, [one.id], Facts("Sở Y tế", "12/UBND", SENT))
    reply(office, officer, letter, Received("Đang xem xét", KEEPS_WAITING, due_on=date(2026, 6, 30)))
    now = office.opinions(meeting)["5"]
    assert (now.status, now.deadline) == ("kien_nghi_cap_tren", date(2026, 6, 30))
    with office.store.read() as session:
        found = list_letters(session, officer, Wanted(), "", 1, TODAY)
        assert found.counts == {"late": 0, "awaited": 1, "draft": 0, "replied": 0}
    reply(office, officer, letter, Received("Đã cấp thuốc", "da_giai_thich"))
    assert office.opinions(meeting)["5"].status == "da_giai_thich"


def test_letters_are_late_awaited_drafts_or_answered_and_each_only_one_of_them(
    office: Office, meeting: int, officer: Person
) -> None:
    """By the day on which the answer is due; one more day makes it late."""
    found = office.opinions(meeting)
    first = send(office, officer, [found["5"].id], Facts("Sở Y tế", "1", SENT, TODAY))
    send(office, officer, [found["2"].id], Facts("Công ty Điện lực", "2", SENT), "sideways")
    send(office, officer, [found["3"].id], Facts("Sở Xây dựng"))
    with office.store.read() as session:
        counts = list_letters(session, officer, Wanted(), "", 1, TODAY).counts
        assert counts == {"late": 1, "awaited": 1, "draft": 1, "replied": 0}
        late = list_letters(session, officer, Wanted(), "late", 1, TODAY + timedelta(days=1))
        assert [letter.late for letter in late.letters] == [5, 1]
    reply(office, officer, first, Received("Đã cấp", "da_giai_quyet"))
    with office.store.read() as session:
        assert list_letters(session, officer, Wanted(), "", 1, TODAY).counts["replied"] == 1


def test_nothing_confidential_goes_along(office: Office, meeting: int, lan: Person) -> None:
    """Not even sent by its reader."""
    found = office.opinions(meeting)
    with pytest.raises(Invalid, match="giữ kín"):
        send(office, lan, [found["4"].id, found["5"].id], Facts("Sở Y tế", sent_on=SENT))
    with office.store.read() as session:
        assert session.scalars(select(Dispatch)).all() == []


def test_an_opinion_that_became_confidential_is_hidden_in_the_letter(
    office: Office, meeting: int, lan: Person, officer: Person
) -> None:
    """And a reply no longer moves it."""
    found = office.opinions(meeting)
    letter = send(office, lan, [found["5"].id, found["2"].id], Facts("Sở Y tế", sent_on=SENT))
    office.do(lan, meeting, "mark_confidential", key="5", value=True, reason="Có tên người bị tố cáo")
    with office.store.read() as session:
        shown = look_at_letter(session, office.store.keys, officer, letter, TODAY)
        assert ([one.id for one in shown.opinions], shown.hidden) == ([found["2"].id], 1)
    reply(office, officer, letter, Received("Đã sửa", "da_giai_quyet"))
    now = office.opinions(meeting)
    assert (now["5"].status, now["5"].text) == ("kien_nghi_cap_tren", "")


@pytest.mark.parametrize(
    "received",
    [
        Received("", "da_giai_quyet"),
        Received("Đã sửa", "chua_tra_loi"),
        Received("Đã sửa", "da_giai_quyet", received_on=date(2026, 4, 30)),
        Received("Đã sửa", "da_giai_quyet", received_on=TODAY + timedelta(days=1)),
        Received("Đã sửa", "da_giai_quyet", file=("a.exe", b"MZ")),
        Received("Đã sửa", "da_giai_quyet", file=("a.pdf", b"MZ")),
        Received("Đã sửa", "da_giai_quyet", file=("a.pdf", b"%PDF-" + b"x" * 200)),
        Received("Đã sửa", "da_giai_quyet", file=("a.pdf", b"")),
    ],
)
def test_a_reply_that_cannot_be_is_refused(office: Office, meeting: int, officer: Person, received: Received) -> None:
    """No words and no file, no outcome, days before the sending or to come, other files, larger ones, empty ones."""
    letter = send(office, officer, [office.opinions(meeting)["5"].id], Facts("Sở Y tế", "12", SENT))
    with pytest.raises(Invalid):
        reply(office, officer, letter, received, most=100)
    assert office.opinions(meeting)["5"].status == "kien_nghi_cap_tren"


def test_a_letter_needs_an_addressee_days_in_order_and_its_own_office(
    office: Office, meeting: int, officer: Person, leader: Person, a_person: APerson, a_commune: ACommune
) -> None:
    """A draft has no reply; a leader looks only; another commune finds nothing."""
    one = office.opinions(meeting)["5"].id
    for facts in (
        Facts(""),
        Facts("Sở Y tế", sent_on=TODAY + timedelta(days=1)),
        Facts("Sở Y tế", "1", SENT, date(2026, 4, 1)),
    ):
        with pytest.raises(Invalid):
            send(office, officer, [one], facts)
    draft = send(office, officer, [one], Facts("Sở Y tế"))
    with pytest.raises(Conflict, match="chưa ghi ngày gửi"):
        reply(office, officer, draft, Received("Đã sửa", "da_giai_quyet"))
    with pytest.raises(Forbidden):
        reply(office, leader, draft, Received("Đã sửa", "da_giai_quyet"))
    stranger = a_person("follow_up", communes=[a_commune("Xã khác").id])
    with office.store.read() as session, pytest.raises(NotFound):
        look_at_letter(session, office.store.keys, stranger, draft, TODAY)
    with pytest.raises(NotFound):
        reply(office, stranger, draft, Received("Đã sửa", "da_giai_quyet"))
    with office.store.read() as session:
        assert list_letters(session, stranger, Wanted(), "", 1, TODAY).letters == []
        assert session.get_one(Opinion, one).status == "chua_tra_loi"
