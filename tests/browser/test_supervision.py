"""Supervision and plans in a real browser: width, barriers, paper, the keyboard, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE, TODAY, Live, width_beyond
from ydan_service.store.tables import Meeting, Plan
from ydan_service.web.clock import today


@pytest.fixture
def plans(live: Live) -> list[int]:
    """Some planned sessions: held, missed, coming, given up; and facts to judge."""
    first = live.filled.communes[0]
    with live.store.begin() as session:
        meetings = [session.get_one(Meeting, id_) for id_ in live.filled.meetings[-12:]]
        for at, meeting in enumerate(meetings):
            meeting.invited = (meeting.attendance or 0) * (3 if at % 5 == 0 else 1) + 10
            meeting.notice_given_on = meeting.held_on - timedelta(days=5 + at % 4) if meeting.held_on else None
            meeting.meeting_type = "mixed" if at == 3 else "txdt"
        made = [
            Plan(commune_id=first, planned_on=today() + timedelta(days=20), title="Đối thoại cuối năm"),
            Plan(commune_id=first, planned_on=today() + timedelta(days=4), title="Đối thoại với thanh niên"),
            Plan(commune_id=first, planned_on=today() - timedelta(days=9), title="Đối thoại chuyên đề nông thôn mới"),
            Plan(commune_id=first, planned_on=today() + timedelta(days=25), cancelled_because="Trùng kỳ họp"),
        ]
        session.add_all(made)
        session.flush()
        return [plan.id for plan in made]


@pytest.mark.parametrize(("name", "viewport"), [("desk", DESK), ("phone", PHONE)])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("what", ["table", "commune", "plans", "plan"])
def test_a_page_fits_its_window_and_has_no_barrier(
    signed_in_page: Callable[..., Any], live: Live, plans: list[int], axe: Any, shot: Any, what: str, name: str,
    viewport: dict[str, int], dark: bool,
) -> None:  # fmt: skip
    """At 360 pixels and on an office screen, light and dark."""
    year = TODAY.year
    path = {"table": f"/supervision?year={year}", "commune": f"/supervision/{live.filled.communes[0]}?year={year}",
            "plans": "/plans", "plan": f"/plans/{plans[0]}"}[what]  # fmt: skip
    page = signed_in_page("secretary", "leader", viewport=viewport, dark=dark)
    page.goto(path)
    assert width_beyond(page) == 0
    axe(page)
    shot(page, f"supervision-{what}-{name}{'-dark' if dark else ''}", full=True)


def test_the_year_is_chosen_and_a_commune_opened(
    signed_in_page: Callable[..., Any], live: Live, plans: list[int]
) -> None:
    """By the list of years, then by the name in the table."""
    page = signed_in_page("auditor")
    page.goto("/supervision")
    page.get_by_label("Năm", exact=True).select_option(str(TODAY.year - 1))
    page.wait_for_url(f"**/supervision?year={TODAY.year - 1}")
    page.locator("table.years tbody a").first.click()
    page.wait_for_url(f"**/supervision/*?year={TODAY.year - 1}")
    assert page.locator("article.session").count() > 0
    assert page.locator("article.session a").count() == 0


def test_a_session_is_planned_without_a_script(signed_in_page: Callable[..., Any], live: Live) -> None:
    """The form opens and is sent by the browser alone."""
    page = signed_in_page("secretary", scripts=False)
    page.goto("/plans")
    page.locator("summary", has_text="Thêm cuộc vào kế hoạch").click()
    page.locator("#f-commune").select_option(str(live.filled.communes[1]))
    page.get_by_label("Ngày dự kiến").fill((today() + timedelta(days=1)).isoformat())
    page.get_by_label("Tên, nội dung chính").fill("Đối thoại về chợ xã")
    page.get_by_role("button", name="Thêm").click()
    assert page.get_by_role("link", name="Đối thoại về chợ xã").is_visible()


def test_paper_has_the_table_and_no_buttons(signed_in_page: Callable[..., Any], plans: list[int], shot: Any) -> None:
    """Across A4."""
    page = signed_in_page("leader")
    page.goto(f"/supervision?year={TODAY.year}")
    page.emulate_media(media="print")
    assert page.locator("table.years").is_visible()
    assert not page.get_by_role("link", name="Báo cáo (.docx)").is_visible()
    shot(page, "supervision-print", full=True)
