"""Slips: whom to remind of what, on the page, as a document and in a calendar."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from docx import Document

from tests.service.office.following.conftest import TODAY
from tests.service.office.reading import NAMES, Office
from ydan_service.office.following.assigning import assign
from ydan_service.office.following.calendar import find_deadlines, write_calendar
from ydan_service.office.following.reminder_slips import write_slips
from ydan_service.office.following.reminders import find_slips
from ydan_service.office.following.sending import Facts, add_dispatch
from ydan_service.office.following.statuses import Seen, change_status
from ydan_service.office.following.wanted import Wanted
from ydan_service.person import Person

STAMP = datetime(2026, 5, 20, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def charged(office: Office, meeting: int, lan: Person) -> int:
    """Late, due soon, due later; a letter whose answer is late; one that is confidential."""
    found, keys = office.opinions(meeting), office.store.keys
    with office.store.begin() as session:
        for key, body, day in (
            ("1", "Ban Quản lý chợ", date(2026, 5, 1)), ("2", "ban quản lý chợ", TODAY + timedelta(days=10)),
            ("3", "Công an xã", TODAY + timedelta(days=11)), ("4", "Ban Quản lý chợ", date(2026, 5, 1)),
        ):  # fmt: skip
            assign(session, keys, lan, [found[key].id], body, "Gặp ông Tạ Văn Mão" if key == "1" else "", day, TODAY)
        facts = Facts("Sở Y tế", "12/UBND", date(2026, 4, 1))
        add_dispatch(session, keys, lan, [found["5"].id], "up", facts, TODAY)
    return meeting


def test_each_office_gets_what_it_owes_late_or_within_ten_days(office: Office, charged: int, lan: Person) -> None:
    """However it is spelled; the task of the minutes counts too; nothing confidential, nothing later."""
    with office.store.read() as session:
        slips = find_slips(session, lan, Wanted(), TODAY).slips
    owed = {slip.body: sorted((line.due, line.late) for line in slip.lines) for slip in slips}
    mine = [(date(2026, 5, 1), 19), (TODAY + timedelta(days=10), -10)]
    assert owed["Ban Quản lý chợ"] == mine
    assert owed["Phòng Kinh tế"] == [(date(2026, 4, 30), 20)] * 2
    assert owed["Sở Y tế"] == [(date(2026, 4, 16), 34)]
    assert "Công an xã" not in owed
    ids = {line.opinion_id for slip in slips for line in slip.lines}
    assert office.opinions(charged)["4"].id not in ids


def test_what_is_answered_is_not_reminded_of(office: Office, charged: int, lan: Person) -> None:
    """Nor shown under another office."""
    one = office.opinions(charged)["5"]
    with office.store.begin() as session:
        change_status(
            session, office.store.keys, lan, [Seen(one.id, one.version)], "da_giai_quyet", "Xong", None, TODAY
        )
    with office.store.read() as session:
        assert "Sở Y tế" not in [slip.body for slip in find_slips(session, lan, Wanted(), TODAY).slips]
        only = find_slips(session, lan, Wanted(body="ban quan ly cho"), TODAY).slips
        assert [slip.body for slip in only] == ["Ban Quản lý chợ"]


def test_the_document_has_a_page_an_office_and_nobodys_name(office: Office, charged: int, lan: Person) -> None:
    """With the letter's number and how late it is."""
    with office.store.read() as session:
        slips = find_slips(session, lan, Wanted(), TODAY).slips
    document = Document(io.BytesIO(write_slips(slips, "UBND xã Tân Lập", TODAY)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in document.paragraphs), *cells])
    assert [line for line in text.splitlines() if line.startswith("Kính gửi")] == [
        f"Kính gửi: {slip.body}" for slip in slips
    ]
    assert text.count("PHIẾU NHẮC VIỆC") == len(slips) == text.count("UBND XÃ TÂN LẬP")
    assert "công văn số 12/UBND" in text
    assert "Quá 34 ngày" in text
    assert not any(name in text for name in NAMES)
    assert "▇" not in text
    empty = Document(io.BytesIO(write_slips([], "", TODAY)))
    assert "Không có việc quá hạn" in empty.paragraphs[0].text


def test_the_calendar_has_days_and_offices_and_no_word_of_an_opinion(office: Office, charged: int, lan: Person) -> None:
    """Lines end as the format wants and are short; what passed a month ago is not in it; nothing confidential."""
    with office.store.read() as session:
        text = write_calendar(find_deadlines(session, lan, Wanted(), TODAY), STAMP)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260501" in whole
    assert "DTSTART;VALUE=DATE:20260531" in whole
    assert "SUMMARY:Hạn trả lời 1 ý kiến: Công an xã – Xã Tân Lập" in whole
    assert "20260416" not in whole
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == whole.count("UID:")
    assert len({line for line in whole.split("\r\n") if line.startswith("UID:")}) == whole.count("UID:")
    words = [*NAMES, "lầy lội", "Đèn đường", "tố cáo", "Gặp ông"]
    assert not any(word in whole for word in words)


def test_the_same_deadlines_have_the_same_names_in_the_calendar_tomorrow(
    office: Office, charged: int, lan: Person
) -> None:
    """So that a calendar program replaces them."""
    with office.store.read() as session:
        rows = find_deadlines(session, lan, Wanted(), TODAY)
        one, two = (write_calendar(rows, STAMP + timedelta(days=days)) for days in (0, 1))
    uids = [[line for line in text.split("\r\n") if line.startswith("UID")] for text in (one, two)]
    assert uids[0] == uids[1]
