"""The conclusion and the documents in a real browser: saved by themselves, by keys, on a phone, without scripts."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.browser.conftest import DESK, PHONE, Live, width_beyond
from tests.conftest import ROOT
from tests.service.office.reading import Office
from ydan_service.person import Person

NAME = "m1-xa-quynh-lam-docx-table.docx"
FILE = ROOT / "data" / "minutes" / "documents" / NAME
Open = Callable[..., Any]


@pytest.fixture
def secretary(live: Live, a_person: Callable[..., Person]) -> Person:
    """Of all communes, so that another account may look over her shoulder."""
    return a_person("secretary", everywhere=True, display_name="Nguyễn Thị Ngọc Ánh")


@pytest.fixture
def meeting(live: Live, secretary: Person) -> int:
    """Real minutes, read."""
    office = Office(live.store, live.app.state.predictor, live.app.state.minutes_reader)
    return office.read(secretary, live.filled.communes[0], FILE.read_bytes(), NAME)


@pytest.fixture
def conclusion(signed_in_page: Open, meeting: int, secretary: Person) -> Any:
    """The page, open."""
    page = signed_in_page(person=secretary)
    page.goto(f"/meetings/{meeting}/conclusion")
    return page


def settled(page: Any, line: Any) -> None:
    """Wait until a line says that it is saved."""
    page.wait_for_function(
        "id => document.getElementById(id).querySelector('.state').textContent.startsWith('Đã ')", arg=line
    )


def first(page: Any, name: str) -> str:
    """The id of a list's first line."""
    found: str = page.locator(f"#list-{name} .line").first.get_attribute("id")
    return found


def test_the_pages_have_no_barrier_and_fit_a_phone(
    signed_in_page: Open, meeting: int, secretary: Person, axe: Callable[[Any], None], shot: Callable[..., Path]
) -> None:
    """Light and dark, wide and narrow."""
    for name, viewport, dark in (("desk", DESK, False), ("phone", PHONE, False), ("dark", DESK, True)):
        page = signed_in_page(person=secretary, viewport=viewport, dark=dark)
        page.goto(f"/meetings/{meeting}/conclusion")
        shot(page, f"conclusion-{name}")
        assert width_beyond(page) == 0
        axe(page)
        page.locator("details.more summary").first.click()
        page.locator("#list-forwarded .line").first.scroll_into_view_if_needed()
        shot(page, f"conclusion-{name}-more")
        page.goto(f"/meetings/{meeting}/documents")
        if name == "desk":
            page.get_by_role("button", name="Xuất tất cả").first.click()
            page.get_by_text("Hãy xem các điểm cần kiểm tra").wait_for()
        shot(page, f"documents-{name}", full=name == "desk")
        assert width_beyond(page) == 0
        axe(page)


def test_a_line_saves_itself_and_another_person_sees_it(
    conclusion: Any, signed_in_page: Open, meeting: int, shot: Callable[..., Path]
) -> None:
    """What is typed while the save is under way stays."""
    page, id_ = conclusion, first(conclusion, "open")
    page.fill(f"#{id_} [name=wording]", "Nội dung thư ký viết gọn")
    page.fill(f"#{id_} [name=charged]", "Phòng Kinh tế xã")
    page.fill(f"#{id_} [name=deadline]", "30/12/2026")
    page.keyboard.press("Tab")
    settled(page, id_)
    page.wait_for_timeout(400)
    shot(page, "conclusion-saved")
    other = signed_in_page("secretary")
    other.goto(f"/meetings/{meeting}/conclusion")
    assert other.input_value(f"#{id_} [name=wording]") == "Nội dung thư ký viết gọn"
    assert other.input_value(f"#{id_} [name=charged]") == "Phòng Kinh tế xã"
    assert other.input_value(f"#{id_} [name=deadline]") == "30/12/2026"


def test_keys_move_a_line_between_lists_and_within_one(conclusion: Any) -> None:
    """1 is the first list; the counts follow, and the focus stays on the line."""
    page, id_ = conclusion, first(conclusion, "open")
    before = page.locator("#list-settled .line").count()
    page.focus(f"#{id_}")
    page.keyboard.press("1")
    page.wait_for_selector(f"#list-settled #{id_}")
    assert page.locator("#list-settled .line").count() == before + 1
    assert page.inner_text('[data-count="settled"]') == str(before + 1)
    assert page.evaluate("document.activeElement.closest('.line')?.id") == id_
    down = page.locator("#list-open .line").nth(1).get_attribute("id")
    page.focus(f"#{down}")
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_function("id => document.querySelector('#list-open .line').id === id", arg=down)
    page.keyboard.press("a")
    page.wait_for_selector(f"#{down}.confirmed")
    page.reload()
    assert first(page, "open") == down


def test_two_people_at_one_field_choose_between_both(
    signed_in_page: Open, meeting: int, secretary: Person, shot: Callable[..., Path]
) -> None:
    """The later one sees the other's words beside the own ones."""
    mine = signed_in_page(person=secretary, expected=("409",))
    theirs = signed_in_page("secretary")
    for page in (mine, theirs):
        page.goto(f"/meetings/{meeting}/conclusion")
    id_ = first(mine, "open")
    theirs.fill(f"#{id_} [name=wording]", "Bản của người kia")
    theirs.keyboard.press("Tab")
    settled(theirs, id_)
    mine.fill(f"#{id_} [name=wording]", "Bản của tôi")
    mine.keyboard.press("Tab")
    mine.wait_for_selector(f"#{id_} [role=alert]")
    said = mine.inner_text(f"#{id_} [role=alert]")
    assert "Bản của người kia" in said
    assert "Bản của tôi" in said
    shot(mine, "conclusion-conflict")
    mine.get_by_role("button", name="Lưu bản của tôi").click()
    mine.wait_for_selector(f"#{id_} [role=alert]", state="detached")
    theirs.reload()
    assert theirs.input_value(f"#{id_} [name=wording]") == "Bản của tôi"


def test_what_the_server_refuses_is_said_at_the_field(signed_in_page: Open, meeting: int, secretary: Person) -> None:
    """And what was typed is still there."""
    page = signed_in_page(person=secretary, expected=("422",))
    page.goto(f"/meetings/{meeting}/conclusion")
    id_ = first(page, "open")
    page.fill(f"#{id_} [name=deadline]", "31/2/2026")
    page.keyboard.press("Tab")
    page.wait_for_selector(f"#{id_} .of-deadline .error")
    assert page.input_value(f"#{id_} [name=deadline]") == "31/2/2026"


def test_a_server_that_is_away_loses_nothing(signed_in_page: Open, meeting: int, secretary: Person) -> None:
    """Tried again by itself."""
    page = signed_in_page(person=secretary, expected=("lost", "net::", "ERR_"))
    page.goto(f"/meetings/{meeting}/conclusion")
    id_ = first(page, "open")
    page.route("**/conclusion/opinions/**", lambda route: route.abort())
    page.fill(f"#{id_} [name=wording]", "Không được mất")
    page.keyboard.press("Tab")
    page.wait_for_selector(f"#{id_}.failed")
    page.unroute("**/conclusion/opinions/**")
    page.wait_for_selector(f"#{id_}:not(.failed)", timeout=15_000)
    page.reload()
    assert page.input_value(f"#{id_} [name=wording]") == "Không được mất"


def test_everything_works_without_scripts(signed_in_page: Open, meeting: int, secretary: Person) -> None:
    """A form a line."""
    page = signed_in_page(person=secretary, scripts=False)
    page.goto(f"/meetings/{meeting}/conclusion")
    id_ = page.locator("#list-open .line").first.get_attribute("id")
    page.fill(f"#{id_} [name=wording]", "Viết khi không có script")
    page.select_option(f"#{id_} [name=status]", "da_giai_thich")
    page.locator(f"#{id_}").get_by_role("button", name="Lưu", exact=True).click()
    assert page.locator(f"#list-settled #{id_}").count() == 1
    assert page.input_value(f"#{id_} [name=wording]") == "Viết khi không có script"


def test_the_downloaded_notice_says_what_was_edited(conclusion: Any, meeting: int, shot: Callable[..., Path]) -> None:
    """Published, downloaded, opened."""
    page, id_ = conclusion, first(conclusion, "open")
    page.fill(f"#{id_} [name=wording]", "Việc đã sửa trên trang")
    page.select_option(f"#{id_} [name=status]", "da_giai_quyet")
    settled(page, id_)
    page.fill("#f-number", "12")
    page.check("#f-anyway")
    page.get_by_role("button", name="Ghi công bố").click()
    page.wait_for_url(f"**/meetings/{meeting}/documents")
    shot(page, "documents-published", full=True)
    with page.expect_download() as waiting:
        page.locator("#thong-bao-ket-luan").get_by_role("link", name="Tải về").click()
    file = waiting.value
    assert file.suggested_filename.startswith("Thông báo kết luận - ")
    found = docx.Document(io.BytesIO(Path(file.path()).read_bytes()))
    text = "\n".join(one.text for one in found.paragraphs)
    assert "Việc đã sửa trên trang" in text[text.index("1. Việc đã giải quyết") : text.index("2. Việc chưa giải quyết")]
    assert "Số 12-TB/ĐU" in "\n".join(cell.text for cell in found.tables[0]._cells)
