"""The follow-up and the public board in a real browser: width, barriers, keyboard, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.browser.conftest import DESK, PHONE, width_beyond
from ydan_service.store.tables import Assignment, Dispatch, Dispatched, Opinion
from ydan_service.web.clock import today


@pytest.fixture
def letter(live: Any) -> int:
    """A letter that is late, with three opinions."""
    with live.store.begin() as session:
        waiting = Opinion.status == "kien_nghi_cap_tren", Opinion.state == "live", ~Opinion.confidential
        rows = session.scalars(select(Opinion).where(*waiting).order_by(Opinion.meeting_id.desc()).limit(3)).all()
        sent = Dispatch(
            meeting_id=rows[0].meeting_id,
            direction="up",
            addressee="UBND thành phố Hải Phòng",
            number="12/UBND-VP",
            sent_on=today() - timedelta(days=30),
            due_on=today() - timedelta(days=15),
        )
        session.add(sent)
        session.flush()
        for one in rows:
            session.add(Dispatched(dispatch_id=sent.id, opinion_id=one.id))
            one.deadline = sent.due_on
        return sent.id


@pytest.mark.parametrize(("name", "viewport"), [("desk", DESK), ("phone", PHONE)])
@pytest.mark.parametrize("dark", [False, True])
def test_every_page_fits_its_window_and_has_no_barrier(
    signed_in_page: Callable[..., Any],
    axe: Any,
    shot: Any,
    live: Any,
    letter: int,
    name: str,
    viewport: dict[str, int],
    dark: bool,
) -> None:
    """At 360 pixels and on an office screen, light and dark."""
    page = signed_in_page("secretary", viewport=viewport, dark=dark)
    with live.store.read() as session:
        charged = session.scalar(select(Assignment.opinion_id).join(Opinion).where(Opinion.state == "live"))
    paths = (
        "/follow-up",
        "/follow-up?tab=waiting",
        f"/follow-up/{charged}?do=answer",
        "/follow-up/dispatches",
        f"/follow-up/dispatches/{letter}",
        "/follow-up/reminders",
        f"/board/{live.filled.communes[0]}",
    )
    for path in paths:
        page.goto(path)
        assert width_beyond(page) == 0, path
        axe(page)
        shot(page, f"following-{path.strip('/').replace('/', '-').partition('?')[0]}-{name}{'-dark' if dark else ''}")


def test_several_opinions_are_charged_at_once(signed_in_page: Callable[..., Any], live: Any) -> None:
    """Tick all, open the form, write the office; the list says how many."""
    page = signed_in_page("secretary")
    page.goto("/follow-up?tab=unanswered")
    button = page.get_by_role("button", name="Giao đơn vị")
    page.locator("summary", has_text="Giao đơn vị").click()
    assert button.is_disabled()
    page.get_by_role("checkbox", name="Chọn tất cả ý kiến ở trang này").check()
    count = page.locator('input[name="opinion"]').count()
    assert f"Đã chọn {count} ý kiến" in page.locator(".bulk").inner_text()
    page.get_by_label("Đơn vị được giao").fill("Phòng Kinh tế")
    button.click()
    page.get_by_text(f"Đã ghi {count} ý kiến.").wait_for()
    assert "tab=unanswered" in page.url
    with live.store.read() as session:
        assert len(session.scalars(select(Assignment).where(Assignment.from_minutes.is_(False))).all()) == count


def test_an_answer_is_recorded_without_scripts(signed_in_page: Callable[..., Any]) -> None:
    """From the list to the form and back by links and buttons alone."""
    page = signed_in_page("secretary", scripts=False)
    page.goto("/follow-up")
    page.locator("td.next a").first.click()
    assert page.locator("details[open] summary").inner_text() == "Ghi trả lời"
    page.get_by_label("Nội dung trả lời").fill("Đã sửa xong, nghiệm thu ngày hôm qua.")
    page.get_by_label("Đã báo cho người dân").check()
    page.get_by_role("button", name="Ghi trả lời").click()
    assert page.locator(".flash").inner_text().strip() == "Đã ghi."
    assert page.locator(".page-head .chip").first.inner_text() == "Đã giải quyết"


def test_the_list_and_the_forms_are_reached_by_the_keyboard(signed_in_page: Callable[..., Any]) -> None:
    """A tick by the space bar, a form opened by Enter."""
    page = signed_in_page("secretary")
    page.goto("/follow-up?tab=unanswered")
    box = page.locator('input[name="opinion"]').first
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    page.locator("summary", has_text="Ghi đã báo dân").focus()
    page.keyboard.press("Enter")
    assert page.get_by_label("Ngày báo cho người dân").is_visible()


def test_board_and_slips_print_without_the_shell(signed_in_page: Callable[..., Any], live: Any, shot: Any) -> None:
    """Only what goes on the wall, or to the office that is reminded."""
    page = signed_in_page("leader")
    for path in (f"/board/{live.filled.communes[0]}", "/follow-up/reminders"):
        page.goto(path)
        page.emulate_media(media="print")
        assert not page.locator("header.top").is_visible()
        assert not page.locator("form.filters").is_visible()
        assert not page.locator(".no-print").first.is_visible()
        shot(page, f"following-print-{path.strip('/').replace('/', '-')}")
        page.emulate_media(media="screen")
