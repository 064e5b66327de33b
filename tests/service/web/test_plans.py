"""The plans' pages: what is coming, what must be told by when, changes through forms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.service.conftest import ACommune
from tests.service.web.conftest import OfficeClient, SignedIn
from tests.service.web.test_supervision import words
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune, Job, Meeting, Plan
from ydan_service.web.routes import plans

PAGE = {"Accept": "text/html"}
TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands in the middle of a year."""
    monkeypatch.setattr(plans, "today", lambda: TODAY)


@pytest.fixture
def commune(a_commune: ACommune) -> Commune:
    return a_commune("Tân Lập")


@pytest.fixture
def secretary(client: SignedIn, commune: Commune) -> OfficeClient:
    return client("secretary", communes=[commune.id])


def planned(store: Store, commune: Commune, days: int, **values: object) -> int:
    with store.begin() as session:
        plan = Plan(commune_id=commune.id, planned_on=TODAY + timedelta(days=days), **values)
        session.add(plan)
    return plan.id


def test_a_session_is_added_and_shown_with_its_last_day_of_notice(secretary: OfficeClient, commune: Commune) -> None:
    """Seven days before."""
    day = TODAY + timedelta(days=30)
    sent = secretary.post(
        "/plans", data={"commune": commune.id, "planned_on": day.isoformat(), "title": "Đối thoại quý II"}
    )
    assert sent.headers["location"] == f"/plans?year={day.year}"
    found = words(secretary.get(sent.headers["location"], headers=PAGE).text)
    until = (day - timedelta(days=7)).strftime("%d/%m/%Y")
    assert f"Đối thoại quý II Sắp tới Phải thông báo chậm nhất ngày {until} (còn 23 ngày)." in found


def test_a_wrong_entry_comes_back_beside_its_field(secretary: OfficeClient, commune: Commune) -> None:
    """With what was typed."""
    found = secretary.post("/plans", data={"commune": commune.id, "planned_on": "", "title": "Đối thoại"}, headers=PAGE)
    assert found.status_code == 422
    assert "Chưa chọn “Ngày dự kiến”. Hãy chọn ngày." in found.text
    assert 'value="Đối thoại"' in found.text


def test_what_is_missed_or_untold_stands_on_top(secretary: OfficeClient, the_store: Store, commune: Commune) -> None:
    """A session whose day passed, one whose notice is too late; not the one that was told."""
    planned(the_store, commune, -1, title="Cuộc bỏ lỡ")
    planned(the_store, commune, 3, title="Cuộc chưa báo")
    planned(the_store, commune, 4, title="Cuộc đã báo", notice_given_on=TODAY)
    top = secretary.get("/plans", headers=PAGE).text.partition("Việc cần làm ngay")[2].partition("<table")[0]
    assert "Cuộc bỏ lỡ" in top
    assert "Cuộc chưa báo" in top
    assert "Cuộc đã báo" not in top


def test_a_plan_is_put_off_given_up_and_taken_back(secretary: OfficeClient, the_store: Store, commune: Commune) -> None:
    """Each with its reason on the page."""
    plan = planned(the_store, commune, 20, title="Đối thoại")
    later = (TODAY + timedelta(days=40)).isoformat()
    refused = secretary.post(f"/plans/{plan}", data={"planned_on": later, "title": "Đối thoại"}, headers=PAGE)
    assert refused.status_code == 422
    assert "Đổi ngày thì phải nêu lý do dời." in refused.text
    secretary.post(f"/plans/{plan}", data={"planned_on": later, "title": "Đối thoại", "moved_because": "Mưa bão"})
    assert "Mưa bão" in secretary.get(f"/plans/{plan}", headers=PAGE).text
    assert secretary.post(f"/plans/{plan}/cancel", data={"because": ""}, headers=PAGE).status_code == 422
    secretary.post(f"/plans/{plan}/cancel", data={"because": "Trùng bầu cử"})
    assert "Lý do hủy: Trùng bầu cử" in words(secretary.get(f"/plans/{plan}", headers=PAGE).text)
    secretary.post(f"/plans/{plan}/restore")
    with the_store.read() as session:
        assert session.get_one(Plan, plan).cancelled_because is None
    assert secretary.post(f"/plans/{plan}/remove", headers=PAGE).status_code == 409


def test_a_meeting_is_joined_to_its_plan_and_taken_off(
    secretary: OfficeClient, the_store: Store, commune: Commune
) -> None:
    """From the choice of those held near the day."""
    plan = planned(the_store, commune, -10)
    with the_store.begin() as session:
        meeting = Meeting(commune_id=commune.id, held_on=TODAY - timedelta(days=9), title="Hội nghị tháng này")
        session.add(meeting)
    offered = secretary.get(f"/plans/{plan}", headers=PAGE).text
    assert f'<option value="{meeting.id}">' in offered
    secretary.post(f"/plans/{plan}/meetings", data={"meeting": meeting.id})
    page = secretary.get(f"/plans/{plan}", headers=PAGE).text
    assert f'href="/meetings/{meeting.id}"' in page
    assert "Đã tổ chức" in page
    secretary.post(f"/plans/{plan}/meetings/{meeting.id}/remove")
    with the_store.read() as session:
        assert session.get_one(Meeting, meeting.id).plan_id is None


def test_minutes_are_handed_in_for_a_plan(secretary: OfficeClient, the_store: Store, commune: Commune) -> None:
    """The plan's page posts to the intake with the plan's id."""
    plan = planned(the_store, commune, -10)
    page = secretary.get(f"/plans/{plan}", headers=PAGE).text
    assert f'name="plan" value="{plan}"' in page
    sent = secretary.post(
        "/meetings",
        data={"commune": commune.id, "plan": plan},
        files={"file": ("bb.txt", "BIÊN BẢN".encode())},
        headers=PAGE,
    )
    id_ = int(sent.headers["location"].rpartition("/")[2])
    with the_store.read() as session:
        assert session.get_one(Meeting, id_).plan_id == plan
        assert session.query(Job).count() == 1


def test_an_auditor_looks_and_does_not_write(client: SignedIn, the_store: Store, commune: Commune) -> None:
    """No form, and no link to a meeting."""
    plan = planned(the_store, commune, -10)
    with the_store.begin() as session:
        meeting = Meeting(commune_id=commune.id, held_on=date(2026, 1, 5), plan_id=plan)
        session.add(meeting)
    auditor = client("auditor", communes=[commune.id])
    page = auditor.get(f"/plans/{plan}", headers=PAGE).text.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in page
    assert "/meetings" not in page
    assert auditor.post(f"/plans/{plan}", data={"planned_on": "2026-05-06"}).status_code == 403


def test_words_of_a_plan_are_shown_as_words(secretary: OfficeClient, the_store: Store, commune: Commune) -> None:
    """Markup in a title or a reason stays text."""
    planned(the_store, commune, 30, title="<b>x</b>", cancelled_because="<script>1</script>")
    page = secretary.get(f"/plans?year={(TODAY + timedelta(days=30)).year}", headers=PAGE).text
    assert "<b>x</b>" not in page
    assert "<script>1" not in page
    assert "&lt;script&gt;1" in page
