"""A new office's first day, by the real command: the printed link, minutes in, two labels corrected, documents out."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_review import choose, current, press, saved, until
from tests.conftest import ROOT
from tests.service.test_cli import COMMAND, free_port

MINUTES = ROOT / "data" / "minutes" / "documents" / "m3-xa-thanh-mai-docx-tra-loi.docx"
PASSWORD = "bốn con trâu gặm cỏ"


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """``ydan-serve`` in a folder of its own; the link that it printed."""
    monkeypatch.delenv("YDAN_API_KEY", raising=False)
    arguments = [str(COMMAND), "--data", str(tmp_path / "data"), "--port", str(free_port())]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
    assert process.stdout is not None
    said = ""
    while (found := re.search(r"http://\S+/start/\S+", said)) is None:
        line = process.stdout.readline()
        assert line, said
        said += line
    yield found[0]
    process.terminate()
    rest, _ = process.communicate(timeout=30)
    assert "Traceback" not in rest


@pytest.fixture
def tab(browser: Any) -> Iterator[Callable[..., Any]]:
    """A page of a browser that knows nothing yet; whatever it complains about fails the test."""
    wrong: list[str] = []
    contexts = []

    def opening(viewport: dict[str, int] = DESK) -> Any:
        context = browser.new_context(viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert wrong == []


def test_the_first_day_of_an_office(served: str, tab: Callable[..., Any], axe: Any, shot: Any) -> None:
    """Set up, minutes uploaded, two labels by keyboard, the notice downloaded, the leader's page with what goes up."""
    page = tab()
    page.goto(served)
    axe(page)
    page.fill("[name=commune]", "Thanh Mai")
    page.fill("[name=display_name]", "Nguyễn Thị Ngọc Ánh")
    page.fill("[name=username]", "anh.ntn")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.get_by_role("button", name="Bắt đầu dùng Ý Dân").click()
    page.wait_for_url("**/meetings")
    shot(page, "new-user-1-meetings")
    page.set_input_files("#f-file", MINUTES)
    if page.get_by_role("button", name="Đọc biên bản").is_visible():
        page.get_by_role("button", name="Đọc biên bản").click()
    page.wait_for_url(re.compile(r"/meetings/\d+$"))
    page.get_by_role("link", name="Soát ý kiến").first.wait_for()
    shot(page, "new-user-2-meeting", full=True)
    page.get_by_role("link", name="Soát ý kiến").first.click()
    page.wait_for_selector(".review.ready")
    first = current(page)
    choose(page, "l", "moi truong")
    choose(page, "p", "phan anh")
    saved(page)
    shot(page, "new-user-3-review")
    chosen = page.locator(".opinion-head, .detail").first.inner_text()
    assert first in chosen
    assert "Môi trường" in page.locator("main").inner_text()
    press(page, "Enter")
    saved(page)
    until(page, "document.querySelector('#progress').innerText.includes('Đã soát')")
    address = page.url.removesuffix("/review")

    page.goto(f"{address}/documents")
    page.get_by_role("button", name="Xuất tất cả").first.click()
    page.wait_for_url(re.compile("/documents"))
    shot(page, "new-user-4-documents", full=True)
    with page.expect_download() as waiting:
        page.locator("#thong-bao-ket-luan").get_by_role("link", name="Tải về").first.click()
    found = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    words = "\n".join(one.text for one in found.paragraphs)
    places = [words.index(title) for title in ("1. Việc đã giải quyết", "2. Việc chưa giải quyết", "3. ")]
    assert places == sorted(places), "the three lists, in order"

    page.goto(address.rsplit("/meetings", 1)[0] + "/dashboard?period=all")
    axe(page)
    shot(page, "new-user-5-dashboard", full=True)
    link = page.locator("a[href*='/opinions?']").first
    link.click()
    page.wait_for_url(re.compile(r"/opinions\?"))
    assert page.locator("main").inner_text()
    shot(page, "new-user-6-opinions")


def test_a_telephone_shows_the_first_page_whole(served: str, tab: Callable[..., Any], shot: Any) -> None:
    """The link may be opened on one: nothing is cut off."""
    page = tab(PHONE)
    page.goto(served)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    shot(page, "new-user-phone", full=True)
