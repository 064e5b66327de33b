"""The leader's page in a real browser: width, barriers, keyboard, paper, without scripts."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE, Live, width_beyond
from ydan_service.store.tables import Account


@pytest.fixture
def leaders_page(signed_in_page: Callable[..., Any]) -> Callable[..., Any]:
    """``leaders_page("?period=all", dark=True)``: the page, opened by a leader of all communes."""

    def opening(query: str = "", role: str = "leader", **tab: Any) -> Any:
        page = signed_in_page(role, **tab)
        page.goto(f"/dashboard{query}")
        return page

    return opening


@pytest.mark.parametrize(("name", "viewport"), [("desk", DESK), ("phone", PHONE)])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("query", ["?period=all", "?meeting=40"])
def test_the_page_fits_its_window_and_has_no_barrier(
    leaders_page: Callable[..., Any], axe: Any, shot: Any, name: str, viewport: dict[str, int], dark: bool, query: str
) -> None:
    """At 360 pixels and on an office screen, light and dark, many sessions and one."""
    page = leaders_page(query, viewport=viewport, dark=dark)
    assert width_beyond(page) == 0
    axe(page)
    shot(page, f"dashboard-{query[1:4]}-{name}{'-dark' if dark else ''}", full=True)


def test_a_bar_and_its_number_lead_to_the_same_opinions(leaders_page: Callable[..., Any]) -> None:
    """The bar by the mouse alone, the number for everybody."""
    page = leaders_page("?period=all")
    row = page.locator("table.topics tbody tr").first
    number = row.locator("td.num a").first
    href, count = number.get_attribute("href"), number.inner_text()
    assert row.locator("a.strip-link").get_attribute("href") == href
    assert row.locator("a.strip-link").get_attribute("tabindex") == "-1"
    row.locator("a.strip-link").click(position={"x": 10, "y": 8})
    page.wait_for_url("**/opinions*")
    assert page.url.endswith(href)
    assert re.search(rf"(?<![\d.]){count}(?![\d.])", page.locator("main").inner_text())


def test_bars_are_as_long_as_their_numbers(leaders_page: Callable[..., Any]) -> None:
    """The full and the hatched part together, on one scale for all rows."""
    page = leaders_page("?period=all")
    scale = set()
    for row in page.locator("table.topics tbody tr").all()[:8]:
        count = int(row.locator("td.num a").first.inner_text().replace(".", ""))
        parts = row.locator("svg.strip rect").all()
        scale.add(round(sum(part.bounding_box()["width"] for part in parts) / count, 0))
    assert len(scale) == 1


def test_everything_is_there_without_a_script(leaders_page: Callable[..., Any]) -> None:
    """Stretches of time are links, the filters a form."""
    page = leaders_page(scripts=False)
    everything = page.locator("table.topics tbody tr").count()
    assert everything > 5
    page.get_by_role("link", name="Kỳ gần nhất", exact=True).click()
    assert "meeting=" in page.url
    page.locator("#d-meeting").select_option("")
    page.locator("#d-from").fill("2025-01-01")
    page.locator("#d-to").fill("2025-12-31")
    page.get_by_role("button", name="Xem", exact=True).click()
    assert "from=2025-01-01" in page.url
    assert page.locator("table.topics tbody tr").count() > 0


def test_a_choice_in_a_list_is_followed_at_once(leaders_page: Callable[..., Any], live: Live) -> None:
    """Where scripts run."""
    page = leaders_page()
    page.locator("#d-commune").select_option(str(live.filled.communes[1]))
    page.wait_for_url(f"**commune={live.filled.communes[1]}**")
    assert page.locator("h1 + p").inner_text().count("hội nghị") == 1


def test_an_auditor_follows_no_number(leaders_page: Callable[..., Any], axe: Any, shot: Any) -> None:
    """Numbers without links."""
    page = leaders_page("?period=all", role="auditor")
    assert page.locator('main a[href^="/opinions"]').count() == 0
    axe(page)
    shot(page, "dashboard-auditor", full=True)


def test_on_paper_it_is_three_pages_in_black_and_white(
    leaders_page: Callable[..., Any], shot: Any, tmp_path: Path
) -> None:
    """A4; fills differ by pattern and colours are gone, the form as well."""
    page = leaders_page()
    file = tmp_path / "page.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    told = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=False).stdout
    if told:
        assert int(re.search(r"Pages:\s+(\d+)", told)[1]) <= 3  # type: ignore[index]
        assert "A4" in told
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible()
    assert not page.locator("nav.tabs").is_visible()
    colours = page.evaluate(
        "[...new Set([...document.querySelectorAll('.fills .ink, .fills .ground')]"
        ".map(each => getComputedStyle(each).fill))].sort()"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.get_by_text("Số liệu lấy ngày").is_visible()
    shot(page, "dashboard-paper", full=True)


def test_the_page_speaks_english(leaders_page: Callable[..., Any], live: Live, shot: Any) -> None:
    """As the account wishes."""
    with live.store.begin() as session:
        session.get_one(Account, live.filled.leader).language = "en"
    page = leaders_page()
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/dashboard")
    assert page.locator("html").get_attribute("lang") == "en"
    shot(page, "dashboard-en", full=True)


@pytest.mark.parametrize(("name", "viewport"), [("desk", DESK), ("phone", PHONE)])
@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_of_the_months_is_drawn_and_leads_to_opinions(
    signed_in_page: Callable[..., Any], axe: Any, shot: Any, name: str, viewport: dict[str, int], dark: bool
) -> None:
    """Plotly from our own host; bars differ by pattern; a bar is a link; the numbers stand in a table."""
    page = signed_in_page("leader", viewport=viewport, dark=dark)
    page.goto("/dashboard/trend?period=all")
    page.wait_for_selector("#trend .bars path")
    assert page.locator("#trend pattern").count() >= 5
    assert width_beyond(page) == 0
    axe(page)
    shot(page, f"trend-{name}{'-dark' if dark else ''}", full=True)
    wanted = page.locator("table a").first.get_attribute("href")
    page.locator("table a").first.click()
    page.wait_for_url(f"**{wanted}")
