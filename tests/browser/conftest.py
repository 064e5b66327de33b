"""A real browser before a real server: what it complains about fails the test.

``live`` is a server on a free port of this machine over a fresh, filled store; ``signed_in_page("secretary")`` a tab of
somebody with that role; ``axe(page)`` looks for barriers; ``shot(page, "list")`` keeps a picture in ``build/shots``.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from tests.conftest import ROOT
from tests.service.conftest import (  # noqa: F401
    a_commune,
    a_person,
    keys,
    minutes_reader,
    sqlite_start,
    sqlite_store,
    sqlite_template,
    the_store,
)
from tests.service.filling import Filled, fill
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.accounts import sessions
from ydan_service.app import create_app
from ydan_service.person import Person
from ydan_service.settings import Settings
from ydan_service.store.store import Store

playwright = pytest.importorskip("playwright.sync_api", reason="Trình duyệt thử cần playwright (extra dev).")
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
SHOTS = ROOT / "build" / "shots"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 768}
TODAY = date(2026, 11, 20)
SERIOUS = ("serious", "critical")
_WATCH = """addEventListener('securitypolicyviolation',
    e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder is heavy."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.heavy)


@dataclass
class Live:
    """The server: where it is, its store, and what is in it."""

    url: str
    store: Store
    filled: Filled
    app: FastAPI


@dataclass
class Tab:
    """A page and everything that went wrong on it."""

    page: Any
    wrong: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()


@pytest.fixture
def live(the_store: Store, predictor: Predictor, minutes_reader: MinutesReader) -> Iterator[Live]:  # noqa: F811
    """A server in a thread, with 40 meetings and 900 opinions of three communes, and a worker that reads minutes."""
    with the_store.begin() as session:
        filled = fill(session, Random(7), TODAY, communes=3, sessions=40, opinions=900)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Settings(port=port), predictor, the_store, minutes_reader)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _attempt in range(200):
        if server.started:
            break
        time.sleep(0.05)
    assert server.started
    yield Live(f"http://127.0.0.1:{port}", the_store, filled, app)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, started once."""
    if not CHROMIUM.exists():
        pytest.skip(f"Không có {CHROMIUM}: cài gói chromium để chạy các phép thử trình duyệt.")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_tab(browser: Any, live: Live) -> Iterator[Callable[..., Any]]:
    """``open_tab(viewport=PHONE, dark=True)``: a page of nobody; at the end nothing may have gone wrong on it.

    ``expected=("404",)``: complaints that hold such a word are what the test is about.
    """
    tabs: list[Tab] = []

    def opening(
        viewport: dict[str, int] | None = None,
        *,
        dark: bool = False,
        scripts: bool = True,
        cookies: tuple[dict[str, Any], ...] = (),
        expected: tuple[str, ...] = (),
    ) -> Any:
        context = browser.new_context(
            viewport=viewport or DESK, locale="vi-VN", color_scheme="dark" if dark else "light", base_url=live.url,
            java_script_enabled=scripts, timezone_id="Asia/Ho_Chi_Minh",
        )  # fmt: skip
        context.set_default_timeout(10_000)
        if scripts:
            context.add_init_script(_WATCH)
        context.add_cookies([{**each, "url": live.url} for each in cookies])
        tab = Tab(context.new_page(), expected=expected)
        page = tab.page
        page.on("console", lambda said: tab.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: tab.wrong.append(f"script: {error}"))
        page.on("requestfailed", lambda lost: tab.wrong.append(f"lost: {lost.url} {lost.failure}"))
        page.on("response", lambda got: tab.wrong.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
        tabs.append(tab)
        return page

    yield opening
    wrong = [each for tab in tabs for each in tab.wrong if not any(word in each for word in tab.expected)]
    for tab in tabs:
        tab.page.context.close()
    assert wrong == []


@pytest.fixture
def signed_in_page(open_tab: Callable[..., Any], live: Live, a_person: Callable[..., Person]) -> Callable[..., Any]:  # noqa: F811
    """``signed_in_page("secretary", viewport=PHONE)``: a tab of a new account; ``communes`` or else all of them."""

    def signing_in(*roles: str, communes: tuple[int, ...] = (), person: Person | None = None, **tab: Any) -> Any:
        someone = person or a_person(
            *roles, communes=communes, everywhere=not communes, display_name="Nguyễn Thị Ngọc Ánh"
        )
        with live.store.begin() as session:
            started = sessions.start(session, someone.id, "Trình duyệt thử")
        return open_tab(cookies=({"name": sessions.cookie_name(False), "value": started.token},), **tab)

    return signing_in


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """``axe(page)`` fails on a barrier that axe-core calls serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    def looking(page: Any) -> None:
        found = Axe().run(page).response["violations"]
        told = [
            f"{each['id']}: {each['help']} – " + "; ".join(str(node["target"]) for node in each["nodes"][:4])
            for each in found
            if each["impact"] in SERIOUS
        ]
        assert told == []

    return looking


@pytest.fixture(scope="session")
def shot() -> Callable[..., Path]:
    """``shot(page, "meetings-list")``: ``build/shots/meetings-list.png``; ``full=True`` the whole length."""

    def taking(page: Any, name: str, *, full: bool = False) -> Path:
        SHOTS.mkdir(parents=True, exist_ok=True)
        file = SHOTS / f"{name}.png"
        page.screenshot(path=str(file), full_page=full)
        return file

    return taking


def width_beyond(page: Any) -> int:
    """CSS pixels by which the page is wider than its window; 0 where nothing scrolls sideways."""
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found
