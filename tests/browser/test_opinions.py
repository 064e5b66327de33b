"""Opinions and topics in a real browser: they fit, have no barrier, and the ways between them lead on."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from sqlalchemy import select

from tests.browser.conftest import DESK, PHONE, Live, width_beyond
from ydan_service.store.tables import Assignment, Opinion, RaisedBefore

PAGES = {
    "opinions": "/opinions",
    "opinions-narrowed": "/opinions?topic=transport_roads&open=1&q=duong&from=2024-01-01&sort=deadline",
    "opinion": "/opinions/{opinion}",
    "topics": "/topics?period=all",
    "topic": "/topics/transport_roads?period=all",
}


def an_opinion(live: Live) -> int:
    """One with a good deal to tell: charged with a deadline, and raised before."""
    with live.store.read() as session:
        told = Opinion.state == "live", Opinion.confidential.is_(False)
        again = select(RaisedBefore.opinion_id)
        charged = select(Assignment.opinion_id)
        return (
            session.scalars(select(Opinion.id).where(*told, Opinion.id.in_(again), Opinion.id.in_(charged))).first()
            or 1
        )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("size", "viewport"), [("desk", DESK), ("phone", PHONE)])
@pytest.mark.parametrize("dark", [False, True])
def test_a_page_fits_its_window_and_has_no_barrier(
    signed_in_page: Callable[..., Any], live: Live, axe: Any, shot: Any, name: str, size: str, viewport: Any, dark: bool
) -> None:
    """At 360 pixels and on an office screen, light and dark."""
    page = signed_in_page("leader", viewport=viewport, dark=dark)
    page.goto(PAGES[name].format(opinion=an_opinion(live)))
    assert width_beyond(page) == 0
    axe(page)
    shot(page, f"{name}-{size}{'-dark' if dark else ''}", full=True)


def test_a_leader_goes_from_a_topic_to_an_opinion_by_its_numbers(signed_in_page: Callable[..., Any]) -> None:
    """Topics, one topic, the list behind a number, one opinion, and its topic again; only by links."""
    page = signed_in_page("leader")
    page.goto("/topics?period=all")
    page.get_by_role("link", name="Giao thông, đường sá, vận tải").click()
    page.wait_for_url("**/topics/transport_roads?period=all")
    count = page.locator(".stat .figure").first.inner_text()
    page.locator("a.stat").first.click()
    page.wait_for_url("**/opinions?topic=transport_roads")
    assert page.locator(".page-head p").inner_text().startswith(f"{count} ý kiến khớp bộ lọc.")
    page.locator("a.words").first.click()
    page.wait_for_url(re.compile(r"/opinions/\d+$"))
    assert page.get_by_role("heading", name="Từ lúc nêu đến lúc trả lời").is_visible()
    page.locator("aside").get_by_role("link", name="Giao thông, đường sá, vận tải").click()
    page.wait_for_url("**/topics/transport_roads")


def test_a_choice_narrows_at_once_and_its_chip_takes_it_off(signed_in_page: Callable[..., Any]) -> None:
    """The address stays short enough to be passed on."""
    page = signed_in_page("secretary")
    page.goto("/opinions")
    page.get_by_label("Lĩnh vực").select_option("education")
    page.wait_for_url("**/opinions?topic=education")
    page.get_by_text("Thêm bộ lọc").click()
    page.get_by_label("Chưa giải quyết xong").check()
    page.locator("details").get_by_role("button", name="Lọc").click()
    page.wait_for_url("**/opinions?topic=education&open=1")
    page.get_by_role("link", name="Lĩnh vực: Giáo dục, đào tạo").click()
    page.wait_for_url("**/opinions?open=1")
    page.get_by_role("link", name="Bỏ hết").click()
    page.wait_for_url("**/opinions")


def test_the_list_is_searched_by_the_keyboard(signed_in_page: Callable[..., Any]) -> None:
    """``/`` leads to the entry; what is found is marked."""
    page = signed_in_page("leader")
    page.goto("/opinions")
    page.keyboard.press("/")
    page.keyboard.type("duong")
    page.keyboard.press("Enter")
    page.wait_for_url("**/opinions?q=duong")
    assert page.locator("mark").first.inner_text().lower() in ("đường", "duong")


def test_everything_works_without_scripts(signed_in_page: Callable[..., Any]) -> None:
    """The form has its button."""
    page = signed_in_page("leader", scripts=False)
    page.goto("/opinions")
    page.locator("#o-status").select_option("chua_tra_loi")
    page.get_by_role("button", name="Lọc").first.click()
    page.wait_for_url("**/opinions?status=chua_tra_loi")
    page.goto("/topics/transport_roads")
    page.get_by_role("link", name="Tất cả").click()
    page.wait_for_url("**/topics/transport_roads?period=all")


def test_files_are_saved_by_their_buttons(signed_in_page: Callable[..., Any]) -> None:
    """A workbook of the list, a Word document of the topic."""
    page = signed_in_page("leader")
    page.goto("/opinions?topic=transport_roads")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert book.active.max_row > 5
    page.goto("/topics/transport_roads?period=all")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bản Word").click()
    paper = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert any("TÓM TẮT Ý KIẾN" in paragraph.text for paragraph in paper.paragraphs)


def test_a_summary_is_printed_without_the_shell(signed_in_page: Callable[..., Any], shot: Any) -> None:
    """Sentences, speakers and matters; no forms."""
    page = signed_in_page("leader")
    page.goto("/topics/transport_roads?period=all")
    page.emulate_media(media="print")
    assert not page.locator(".stretch").is_visible()
    assert page.locator(".told").first.is_visible()
    shot(page, "topic-print", full=True)


def test_the_pages_speak_english(signed_in_page: Callable[..., Any], shot: Any) -> None:
    """Once the office's English has these sentences; until then they stay Vietnamese and nothing breaks."""
    page = signed_in_page("leader")
    page.goto("/topics/transport_roads?period=all")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".told").first.is_visible()
    shot(page, "topic-en", full=True)
