"""The shell in a real browser: language, keyboard, menus, width, paper, barriers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE, width_beyond

PAGES = ("/meetings", "/meetings/40")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("name", "viewport"), [("desk", DESK), ("phone", PHONE)])
@pytest.mark.parametrize("dark", [False, True])
def test_a_page_fits_its_window_and_has_no_barrier(
    signed_in_page: Callable[..., Any], axe: Any, shot: Any, path: str, name: str, viewport: dict[str, int], dark: bool
) -> None:
    """At 360 pixels and on an office screen, light and dark."""
    page = signed_in_page("secretary", viewport=viewport, dark=dark)
    page.goto(path)
    assert width_beyond(page) == 0
    axe(page)
    shot(page, f"{path.strip('/').replace('/', '-')}-{name}{'-dark' if dark else ''}", full=name == "phone")


def test_the_language_changes_in_place_and_stays(signed_in_page: Callable[..., Any], shot: Any) -> None:
    """The filter in the address is kept; the account remembers."""
    page = signed_in_page("secretary", "leader", "administrator")
    page.goto("/meetings?stage=review")
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/meetings?stage=review")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == "Meetings"
    shot(page, "meetings-en")
    page.goto("/meetings")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_question_mark_shows_the_shortcuts_and_escape_hides_them(
    signed_in_page: Callable[..., Any], axe: Any, shot: Any
) -> None:
    """In an entry the key is only a letter."""
    page = signed_in_page("secretary")
    page.goto("/meetings")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Phím tắt")
    assert dialog.is_visible()
    assert "Mở Bảng điều hành" in dialog.inner_text()
    axe(page)
    shot(page, "keys")
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    page.locator("summary", has_text="Hoặc dán văn bản").click()
    page.locator("#f-text").press("?")
    assert not dialog.is_visible()


def test_two_strokes_lead_to_a_part_of_the_office(signed_in_page: Callable[..., Any]) -> None:
    """``g`` then ``h``."""
    page = signed_in_page("secretary")
    page.goto("/meetings/40")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/meetings")


def test_the_account_menu_opens_without_a_script(signed_in_page: Callable[..., Any], shot: Any) -> None:
    """And filters and the way to new minutes are there as well."""
    page = signed_in_page("secretary", "follow_up", scripts=False)
    page.goto("/meetings")
    page.locator("details.account summary").click()
    assert page.get_by_role("button", name="Đăng xuất").is_visible()
    assert page.get_by_role("button", name="Đọc biên bản").is_visible()
    shot(page, "account")


def test_the_first_tab_stop_leads_past_the_menu(signed_in_page: Callable[..., Any]) -> None:
    """The skip link."""
    page = signed_in_page("secretary")
    page.goto("/meetings")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_paper_has_no_menu_and_black_words(signed_in_page: Callable[..., Any], shot: Any) -> None:
    """What is printed is the list."""
    page = signed_in_page("leader")
    page.goto("/meetings")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    shot(page, "print")


def test_a_page_that_does_not_exist_says_what_to_do(signed_in_page: Callable[..., Any], axe: Any, shot: Any) -> None:
    """In the office's own design."""
    page = signed_in_page("secretary", expected=("404",))
    page.goto("/meetings/999999")
    assert page.get_by_role("link", name="Về trang đầu", exact=True).is_visible()
    axe(page)
    shot(page, "not-found")
