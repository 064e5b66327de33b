"""The follow-up's pages over a filled store: lists, forms, conflicts, several at once, letters, downloads."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune
from tests.service.web.conftest import OfficeClient, SignedIn
from ydan_service.store.store import Store
from ydan_service.store.tables import (
    Answer,
    Assignment,
    Commune,
    ConfidentialReader,
    Dispatch,
    Meeting,
    Opinion,
    Reply,
    now,
)
from ydan_service.web.clock import today

PAGE = {"Accept": "text/html"}


@pytest.fixture
def commune(a_commune: ACommune) -> Commune:
    """Tân Lập."""
    return a_commune("Tân Lập")


@pytest.fixture
def opinions(the_store: Store, commune: Commune) -> list[int]:
    """Unanswered, late in work, waiting, answered, confidential."""
    with the_store.begin() as session:
        held = Meeting(
            commune_id=commune.id, title="Hội nghị quý I", held_on=today() - timedelta(days=60), stage="concluded"
        )
        session.add(held)
        session.flush()
        rows = [
            Opinion(meeting_id=held.id, key=str(at), position=at, text=f"Đường thôn {at} lầy lội", status=status,
                    topic="transport_roads", source={"start": 0, "end": 1}, reviewed_at=now(), village_id=None)
            for at, status in enumerate(("chua_tra_loi", "dang_giai_quyet", "kien_nghi_cap_tren", "da_giai_quyet"))
        ]  # fmt: skip
        secret = Opinion(
            meeting_id=held.id, key="9", position=9, text="", confidential=True, source={}, status="chua_tra_loi"
        )
        session.add_all([*rows, secret])
        session.flush()
        session.add(Assignment(opinion_id=rows[1].id, body="Phòng Kinh tế", deadline=today() - timedelta(days=3)))
        rows[1].deadline = today() - timedelta(days=3)
        return [one.id for one in (*rows, secret)]


@pytest.fixture
def officer(client: SignedIn, commune: Commune) -> OfficeClient:
    """Who follows up in Tân Lập."""
    return client("follow_up", communes=[commune.id])


def row_of(store: Store, id_: int) -> Opinion:
    with store.read() as session:
        return session.get_one(Opinion, id_)


def test_the_list_begins_with_what_is_late_and_says_what_happens_next(
    officer: OfficeClient, opinions: list[int]
) -> None:
    """Three days late: remind whom; a form away."""
    found = officer.get("/follow-up", headers=PAGE)
    assert found.status_code == 200
    body = found.text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Đường thôn 1 lầy lội" in body
    assert "Quá 3 ngày" in body
    assert "Nhắc Phòng Kinh tế" in body
    assert f'href="/follow-up/{opinions[1]}?do=answer#do"' in body
    assert "Có 1 ý kiến giữ kín không hiện ở đây." in found.text
    assert [int(n) for n in re.findall(r'class="count[^"]*">(\d+)<', found.text)] == [1, 0, 1, 1, 1, 0, 1]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("tab=unanswered", "Đường thôn 0"),
        ("tab=waiting", "Lập công văn"),
        ("tab=answered", "Đường thôn 3"),
        ("tab=late&body=phong+kinh+te", "Đường thôn 1"),
        ("tab=late&body=x", "không có ý kiến nào"),
        ("tab=x&meeting=x&page=x", "Đường thôn 1"),
        ("tab=late&meeting=999", "không có ý kiến nào"),
        ("tab=unanswered&body=-", "Đường thôn 0"),
    ],
)
def test_a_filter_in_the_address_narrows_the_list(
    officer: OfficeClient, opinions: list[int], query: str, shown: str
) -> None:
    """What cannot be read narrows nothing."""
    assert shown.lower() in officer.get(f"/follow-up?{query}", headers=PAGE).text.lower()


def test_a_leader_reads_without_forms_and_another_commune_sees_nothing(
    client: SignedIn, commune: Commune, opinions: list[int], a_commune: ACommune
) -> None:
    """Neither boxes to tick nor buttons."""
    leader = client("leader", communes=[commune.id])
    found = leader.get("/follow-up", headers=PAGE).text
    assert "Đường thôn 1" in found
    assert 'form="bulk"' not in found
    assert (
        "<form"
        not in leader.get(f"/follow-up/{opinions[1]}", headers=PAGE).text.partition("<main")[2].partition("</main>")[0]
    )
    other = client("follow_up", communes=[a_commune("Xã khác").id])
    assert "Đường thôn" not in other.get("/follow-up", headers=PAGE).text
    assert other.get(f"/follow-up/{opinions[1]}", headers=PAGE).status_code == 404
    assert other.post("/follow-up/bulk", data={"opinion": f"{opinions[1]}.0", "action": "tell"}).status_code == 404


def test_one_step_charges_an_office_and_the_page_shows_it(
    officer: OfficeClient, opinions: list[int], the_store: Store
) -> None:
    """Then the task is done by one button."""
    day = today() + timedelta(days=7)
    sent = officer.post(
        f"/follow-up/{opinions[0]}/assign", data={"body": "Công an xã", "deadline": day.isoformat(), "version": 0}
    )
    assert (sent.status_code, sent.headers["location"]) == (303, f"/follow-up/{opinions[0]}")
    found = officer.get(f"/follow-up/{opinions[0]}", headers=PAGE).text
    assert "Giao Công an xã" in found
    assert "Còn 7 ngày" in found
    task, seen = re.search(r'assignments/(\d+)">.*?name="seen" value="([^"]+)"', found, re.DOTALL).groups()  # type: ignore[union-attr]
    done = officer.post(
        f"/follow-up/{opinions[0]}/assignments/{task}", data={"body": "Công an xã", "done": "1", "seen": seen}
    )
    assert done.status_code == 303
    with the_store.read() as session:
        assert session.get_one(Assignment, int(task)).done_on == today()


def test_a_wrong_entry_comes_back_beside_its_field_with_what_was_typed(
    officer: OfficeClient, opinions: list[int]
) -> None:
    """In the form that was open."""
    found = officer.post(
        f"/follow-up/{opinions[0]}/answer",
        data={"text": "", "given_by": "Trạm <b>Y tế</b>", "answer_status": "da_giai_quyet"},
        headers=PAGE,
    )
    assert found.status_code == 422
    assert "Chưa ghi nội dung trả lời" in found.text
    assert "Trạm &lt;b&gt;Y tế&lt;/b&gt;" in found.text
    wrong = officer.post(f"/follow-up/{opinions[0]}/assign", data={"body": "Công an", "deadline": "mai"}, headers=PAGE)
    assert wrong.status_code == 422
    assert "Ngày không đọc được" in wrong.text


def test_who_is_overtaken_sees_both_values_and_nothing_is_lost(
    client: SignedIn, officer: OfficeClient, commune: Commune, opinions: list[int], the_store: Store
) -> None:
    """409 on the same page."""
    other = client("secretary", communes=[commune.id], display_name="Hoa")
    data = {"status": "da_giai_quyet", "because": "Đã sửa", "version": 0}
    assert other.post(f"/follow-up/{opinions[1]}/status", data=data).status_code == 303
    found = officer.post(
        f"/follow-up/{opinions[1]}/status", data={**data, "status": "kien_nghi_cap_tren"}, headers=PAGE
    )
    assert found.status_code == 409
    assert "Hoa vừa ghi “Đã giải quyết”, anh/chị chọn “Kiến nghị cấp trên”" in found.text
    assert row_of(the_store, opinions[1]).status == "da_giai_quyet"


def test_several_opinions_get_one_answer_and_come_back_to_the_list(
    officer: OfficeClient, opinions: list[int], the_store: Store
) -> None:
    """The list that one came from, with its filter; a foreign address is not followed."""
    data = {
        "opinion": [f"{opinions[0]}.0", f"{opinions[1]}.0"],
        "action": "answer",
        "text": "Đã đổ bê tông",
        "answer_status": "da_giai_quyet",
        "told_on": today().isoformat(),
        "back": "/follow-up?tab=late",
    }
    sent = officer.post("/follow-up/bulk", data=data)
    assert (sent.status_code, sent.headers["location"]) == (303, "/follow-up?tab=late")
    assert [row_of(the_store, id_).status for id_ in opinions[:2]] == ["da_giai_quyet"] * 2
    with the_store.read() as session:
        assert len(session.scalars(select(Answer)).all()) == 1
    assert 'Chưa báo dân <span class="count">2' in officer.get("/follow-up", headers=PAGE).text
    again = officer.post("/follow-up/bulk", data={"opinion": f"{opinions[0]}.0", "action": "tell", "back": "//evil"})
    assert again.headers["location"] == "/follow-up"


@pytest.mark.parametrize(
    "data", [{"action": "tell"}, {"opinion": "x.y", "action": "tell"}, {"opinion": "1.0", "action": "no"}]
)
def test_nothing_chosen_or_nothing_to_do_is_said(
    officer: OfficeClient, opinions: list[int], data: dict[str, str]
) -> None:
    """With what to do next."""
    found = officer.post("/follow-up/bulk", data=data, headers=PAGE)
    assert found.status_code == 422
    assert "Hãy" in found.text


def test_a_letter_goes_its_way_from_draft_to_reply(
    officer: OfficeClient, opinions: list[int], the_store: Store
) -> None:
    """Made of an opinion, sent, answered with a file; the file comes back whole."""
    data = {"direction": "up", "addressee": "Sở Xây dựng", "version": 0}
    assert officer.post(f"/follow-up/{opinions[2]}/dispatch", data=data).status_code == 303
    with the_store.read() as session:
        letter = session.scalars(select(Dispatch.id)).one()
    url = f"/follow-up/dispatches/{letter}"
    assert "Chưa gửi" in officer.get("/follow-up/dispatches?state=draft", headers=PAGE).text
    assert (
        officer.post(url + "/replies", data={"text": "Đã sửa", "outcome": "da_giai_quyet"}, headers=PAGE).status_code
        == 409
    )
    head = {
        "addressee": "Sở Xây dựng",
        "number": "12/UBND",
        "sent_on": (today() - timedelta(days=20)).isoformat(),
        "seen_addressee": "Sở Xây dựng",
    }
    assert officer.post(url, data=head).status_code == 303
    late = officer.get("/follow-up/dispatches", headers=PAGE).text
    assert "12/UBND" in late
    assert "Quá 5 ngày" in late
    file = {"file": ("trả lời.pdf", b"%PDF-1.7 x", "application/pdf")}
    wrong = officer.post(url + "/replies", data={"text": "Đã sửa", "outcome": ""}, files=file, headers=PAGE)
    assert wrong.status_code == 422
    assert (
        officer.post(url + "/replies", data={"text": "Đã sửa", "outcome": "da_giai_quyet"}, files=file).status_code
        == 303
    )
    assert row_of(the_store, opinions[2]).status == "da_giai_quyet"
    with the_store.read() as session:
        reply = session.scalars(select(Reply.id)).one()
    got = officer.get(f"{url}/replies/{reply}/file")
    assert got.content == b"%PDF-1.7 x"
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["x-content-type-options"] == "nosniff"


def test_slips_and_the_calendar_can_be_taken_home(officer: OfficeClient, opinions: list[int]) -> None:
    """A page to print, a document, a calendar."""
    assert "Phòng Kinh tế" in officer.get("/follow-up/reminders", headers=PAGE).text
    document = officer.get("/follow-up/reminders.docx")
    assert zipfile.ZipFile(io.BytesIO(document.content)).testzip() is None
    calendar = officer.get("/follow-up/calendar.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Hạn trả lời 1 ý kiến: Phòng Kinh tế – Tân Lập" in calendar.text.replace("\r\n ", "")


def test_a_confidential_opinion_opens_for_its_reader_alone_and_the_look_is_noted(
    client: SignedIn, officer: OfficeClient, commune: Commune, opinions: list[int], the_store: Store
) -> None:
    """For others it is a number; its reader finds it without words in the list."""
    from ydan_service.store import personal
    from ydan_service.store.tables import AuditEvent

    reader = client("secretary", communes=[commune.id])
    with the_store.begin() as session:
        one = session.get_one(Opinion, opinions[4])
        personal.keep(session, the_store.keys, one.meeting_id, "opinion", one.id, "text", "Tố cáo ông X nhận tiền")
        session.add(ConfidentialReader(opinion_id=one.id, account_id=reader.person.id))
    assert officer.get(f"/follow-up/{opinions[4]}", headers=PAGE).status_code == 404
    listed = reader.get("/follow-up?tab=unanswered", headers=PAGE).text
    assert "Ý kiến giữ kín, mở để xem" in listed
    assert "Tố cáo" not in listed
    assert "Tố cáo ông X nhận tiền" in reader.get(f"/follow-up/{opinions[4]}", headers=PAGE).text
    with the_store.read() as session:
        seen = session.scalars(select(AuditEvent).where(AuditEvent.action == "opinion.look_confidential")).all()
        assert [event.detail["opinions"] for event in seen] == [[opinions[4]]]


def test_a_meeting_without_anything_open_is_offered_to_be_closed(
    client: SignedIn, commune: Commune, opinions: list[int], the_store: Store
) -> None:
    """To who may close it; the button closes it."""
    secretary = client("secretary", communes=[commune.id])
    assert "Kết thúc hội nghị" not in secretary.get("/follow-up", headers=PAGE).text
    with the_store.begin() as session:
        for id_ in opinions:
            one = session.get_one(Opinion, id_)
            one.status, one.reviewed_at = "da_giai_quyet", now()
        meeting = one.meeting_id
    assert "Kết thúc hội nghị" in secretary.get("/follow-up", headers=PAGE).text
    assert "Kết thúc hội nghị" not in client("leader", communes=[commune.id]).get("/follow-up", headers=PAGE).text
    assert secretary.post(f"/meetings/{meeting}/stage", data={"stage": "closed"}).status_code == 303
    assert "Kết thúc hội nghị" not in secretary.get("/follow-up", headers=PAGE).text
