"""The review in a real browser: by keyboard alone, by two people at once, with a network that goes away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.browser.conftest import DESK, PHONE, Live, width_beyond
from tests.conftest import ROOT
from tests.service.conftest import ACommune, APerson
from tests.service.office.reading import DOCUMENTS, TEXT, sixty_lines
from ydan.measured import read_measured
from ydan_service.office.intake.receive import receive
from ydan_service.person import Person
from ydan_service.store.tables import Meeting, Operation, Opinion

LAMP = "Đèn đường"
TABLET = {"width": 900, "height": 700}
NETWORK = ("lost:", "ERR_", "Failed to load resource")
"""Complaints that belong to a network that is away."""
Start = Callable[..., Any]


@pytest.fixture(autouse=True)
def _figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measured error as it lies beside the model, whichever model is being trained right now."""
    raw = json.loads((ROOT / "models" / "ydan" / "measured.json").read_text(encoding="utf-8"))
    found = read_measured(raw).to_json()
    monkeypatch.setattr("ydan_service.office.review.state.measured", lambda: found)


class Desk:
    """One commune with two secretaries and a leader, and meetings read by the server's own worker."""

    def __init__(self, live: Live, commune: int, lan: Person, hoa: Person, leader: Person) -> None:
        self.live, self.commune, self.lan, self.hoa, self.leader = live, commune, lan, hoa, leader

    def read(self, data: str | bytes = TEXT, name: str = "bien-ban.txt") -> int:
        """Hand minutes in and wait until they are read."""
        raw = data.encode() if isinstance(data, str) else data
        with self.live.store.begin() as session:
            found = receive(session, self.live.store.keys, self.lan, self.commune, raw, name).meeting_id
        for _turn in range(600):
            with self.live.store.read() as session:
                if session.get_one(Meeting, found).stage == "review":
                    return found
            time.sleep(0.1)
        raise AssertionError("the worker did not read the minutes in a minute")

    def opinions(self, meeting: int) -> list[Opinion]:
        """The live rows in order."""
        with self.live.store.read() as session:
            rows = session.scalars(
                select(Opinion).where(Opinion.meeting_id == meeting, Opinion.state == "live").order_by(Opinion.position)
            ).all()
            session.expunge_all()
            return list(rows)

    def operations(self, meeting: int) -> int:
        """How many were done."""
        with self.live.store.read() as session:
            mine = Operation.meeting_id == meeting
            return session.scalar(select(func.count()).select_from(Operation).where(mine)) or 0


@pytest.fixture
def desk(live: Live, a_commune: ACommune, a_person: APerson) -> Desk:
    """Lan and Hòa are secretaries of xã Tân Lập, Phước its leader."""
    commune = a_commune("Xã Tân Lập", villages=["Thôn Đông", "Thôn Đoài", "Thôn Nam"]).id
    names = (("secretary", "Nguyễn Thị Lan"), ("secretary", "Trần Hòa"), ("leader", "Lê Hữu Phước"))
    return Desk(live, commune, *(a_person(role, communes=[commune], display_name=name) for role, name in names))


@pytest.fixture
def start(signed_in_page: Start, desk: Desk) -> Start:
    """``start(meeting, person)``: a tab of the person at the review of a meeting, ready."""

    def starting(meeting: int, person: Person | None = None, **tab: Any) -> Any:
        page = signed_in_page("secretary", person=person or desk.lan, **tab)
        page.goto(f"/meetings/{meeting}/review")
        page.wait_for_selector(".review.ready")
        return page

    return starting


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def until(page: Any, expression: str) -> None:
    """Wait for an expression to hold (the page's policy forbids Playwright's own way of waiting for one)."""
    for _turn in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {expression}")


def saved(page: Any) -> None:
    """Wait until nothing is unsent."""
    until(page, "document.querySelector('#save').dataset.waiting === '0' && !document.querySelector('.row.waiting')")
    until(page, "document.querySelector('#save').textContent === 'Đã lưu'")


def current(page: Any) -> str:
    """The number of the opinion that is shown."""
    found: str = page.locator(".opinion-head h2").inner_text()
    return found.removeprefix("Ý kiến ").split(" /")[0].strip()


def place(desk: Desk, meeting: int, words: str) -> int:
    """The place of the opinion that begins so, from 0; how the minutes are cut may change with the model."""
    return next(at for at, row in enumerate(desk.opinions(meeting)) if row.text.startswith(words))


def go(page: Any, number: int) -> None:
    """To an opinion of the list, by the keys alone."""
    press(page, "Home")
    for _turn in range(200):
        if current(page) == str(number):
            return
        press(page, "j")
    raise AssertionError(f"there is no opinion {number}")


def choose(page: Any, key: str, typed: str) -> None:
    """Open a list of choices, type without diacritics, take the first."""
    press(page, key)
    page.wait_for_selector("dialog.picker")
    page.keyboard.type(typed)
    press(page, "Enter")
    page.wait_for_selector("dialog.picker", state="detached")


def test_a_review_by_keyboard_alone(start: Start, desk: Desk) -> None:
    """Two labels corrected, an opinion split, two merged, an undo, the sure ones taken at a stated error."""
    meeting = desk.read(sixty_lines())
    page = start(meeting)
    assert page.evaluate("document.activeElement.id") == "list"
    go(page, 1)
    choose(page, "l", "dat dai")
    choose(page, "p", "phan anh")
    saved(page)
    first = desk.opinions(meeting)[0]
    assert (first.topic, first.type, first.reviewed_by) == ("land_admin", "report", desk.lan.id)
    go(page, 2)
    press(page, "s")
    page.wait_for_selector(".cuts")
    press(page, "Home", "ArrowRight", "ArrowRight", "Enter")
    saved(page)
    texts = [page.locator(".row").nth(at).inner_text() for at in range(page.locator(".row").count())]
    assert any("Nước sinh hoạt\n" in text or "Nước sinh hoạt" in text.splitlines() for text in texts)
    assert len(desk.opinions(meeting)) == 61
    go(page, 3)
    assert current(page) == "3"
    press(page, "d")
    saved(page)
    assert len(desk.opinions(meeting)) == 60
    press(page, "z")
    saved(page)
    assert len(desk.opinions(meeting)) == 61, "the merge was taken back"
    press(page, "*")
    page.wait_for_selector("dialog.accept")
    told = page.locator("dialog.accept").inner_text()
    assert "sai khoảng" in told
    assert "678 ý kiến mà mô hình chưa từng học" in told
    wanted = int(page.locator("dialog.accept button.primary").inner_text().split()[1])
    press(page, "Enter")
    saved(page)
    rows = desk.opinions(meeting)
    taken = [row for row in rows if row.reviewed_by]
    assert len(taken) == wanted + 1 > 10
    assert not any(row.escalate for row in taken if row.key != "1"), "what goes up is read one by one"
    assert f"Đã soát {len(taken)}/61" in page.locator("#progress").inner_text()
    press(page, "z")
    saved(page)
    assert len([row for row in desk.opinions(meeting) if row.reviewed_by]) == 1


def test_enter_takes_the_labels_and_goes_on_until_all_are_done(start: Start, desk: Desk) -> None:
    """At the end the next step is offered."""
    meeting = desk.read()
    page = start(meeting)
    count = len(desk.opinions(meeting))
    for _turn in range(count):
        press(page, "Enter")
    saved(page)
    assert all(row.reviewed_by == desk.lan.id for row in desk.opinions(meeting))
    assert f"Đã soát {count}/{count}" in page.locator("#progress").inner_text()
    assert page.locator("#next-step[data-ready]").get_attribute("href") == f"/meetings/{meeting}/conclusion"


def test_a_digit_takes_one_of_the_first_three_topics(start: Start, desk: Desk) -> None:
    """What the model would have said second is one key away."""
    meeting = desk.read()
    lamp = place(desk, meeting, LAMP)
    page = start(meeting)
    go(page, lamp + 1)
    second = page.locator("button.candidate").nth(1)
    wanted = second.locator(".value").inner_text()
    press(page, "2")
    assert page.locator("button.candidate[aria-pressed='true'] .value").inner_text() == wanted
    saved(page)
    state = page.evaluate("fetch(location.pathname + '/state').then(r => r.json())")
    assert "topic" in state["opinions"][lamp]["decided"]


def test_taking_away_a_danger_asks_why(start: Start, desk: Desk) -> None:
    """And without a reason nothing is taken away."""
    meeting = desk.read((DOCUMENTS / "m3-xa-thanh-mai-docx-tra-loi.docx").read_bytes(), "m3.docx")
    page = start(meeting)
    go(page, 9)
    assert desk.opinions(meeting)[8].codes == ["danger"]
    press(page, "b")
    page.wait_for_selector("dialog #asked")
    press(page, "Control+Enter")
    assert page.locator("dialog .error").is_visible()
    press(page, "Escape")
    saved(page)
    assert desk.opinions(meeting)[8].escalate
    press(page, "b")
    page.wait_for_selector("dialog #asked")
    page.keyboard.type("Cột đã được thay hôm qua")
    press(page, "Control+Enter")
    saved(page)
    assert not desk.opinions(meeting)[8].escalate


def test_keys_are_letters_where_words_are_typed(start: Start, desk: Desk) -> None:
    """The search takes everything, and finds without diacritics."""
    meeting = desk.read()
    page = start(meeting)
    press(page, "/")
    page.keyboard.type("den duong xzs")
    assert page.locator("#find").input_value() == "den duong xzs"
    press(page, "Backspace", "Backspace", "Backspace", "Backspace")
    assert page.locator(".row").count() == 1
    press(page, "Escape")
    assert page.locator(".row").count() == len(desk.opinions(meeting))
    assert desk.operations(meeting) == 0


def test_the_help_lists_the_keys_and_the_docs_list_them_too(start: Start, desk: Desk, shot: Any) -> None:
    """Whatever the page's own help shows stands in docs/keyboard.md."""
    page = start(desk.read())
    press(page, "?")
    page.wait_for_selector("#keys[open]")
    shot(page, "review-keys")
    keys = page.locator("#keys dl").first.locator("kbd").all_inner_texts()
    docs = (ROOT / "docs" / "keyboard.md").read_text(encoding="utf-8")
    assert [key for key in keys if f"`{key}`" not in docs] == []
    assert len(keys) > 30


def test_an_opinion_is_added_from_the_minutes(start: Start, desk: Desk) -> None:
    """From what is selected with the mouse, and sentence by sentence with the keys."""
    meeting = desk.read()
    page = start(meeting)
    before = len(desk.opinions(meeting))
    page.evaluate(
        """() => {
          const block = [...document.querySelectorAll('#minutes .block')].find((b) => /^- Về đèn/.test(b.textContent));
          const text = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
          getSelection().setBaseAndExtent(text, 5, text, text.length);
        }"""
    )
    page.locator("#adding button").click()
    saved(page)
    texts = [row.text for row in desk.opinions(meeting)]
    assert "đèn đường xóm chùa: xã tiếp thu, sẽ thay trong tháng này." in texts
    page.keyboard.press("+")
    page.wait_for_selector(".op.picked")
    press(page, "ArrowUp", "ArrowUp", "Enter")
    saved(page)
    assert len(desk.opinions(meeting)) == before + 2


def test_words_are_corrected_and_an_opinion_removed_and_back(start: Start, desk: Desk) -> None:
    """F2, x, z."""
    meeting = desk.read()
    lamp = place(desk, meeting, LAMP)
    page = start(meeting)
    go(page, lamp + 1)
    press(page, "F2")
    page.wait_for_selector("#asked")
    page.locator("#asked").fill("Đèn đường xóm chùa hỏng, đề nghị thay bóng.")
    press(page, "Control+Enter")
    saved(page)
    assert desk.opinions(meeting)[lamp].text == "Đèn đường xóm chùa hỏng, đề nghị thay bóng."
    assert current(page) == str(lamp + 1), "the corrected one is the current one"
    press(page, "x")
    saved(page)
    count = len(desk.opinions(meeting))
    press(page, "z")
    saved(page)
    assert len(desk.opinions(meeting)) == count + 1
    assert current(page) == str(lamp + 1)


def test_alike_opinions_are_confirmed_together(start: Start, desk: Desk) -> None:
    """One act: the group, the labels of the current one for all, reviewed; one undo takes it back."""
    meeting = desk.read(sixty_lines())
    page = start(meeting)
    go(page, 1)
    choose(page, "l", "nuoc sach")
    press(page, "n")
    page.wait_for_selector("dialog .members")
    press(page, "Enter")
    saved(page)
    rows = desk.opinions(meeting)
    group = [row for row in rows if row.text.startswith("Đường liên thôn")]
    assert len(group) == 10
    assert {row.topic for row in group} == {rows[0].topic} != {"transport_roads"}
    assert all(row.reviewed_by for row in group)
    press(page, "z")
    saved(page)
    assert len([row for row in desk.opinions(meeting) if row.reviewed_by]) == 1


def test_two_secretaries_at_once_both_keep_their_work(start: Start, desk: Desk) -> None:
    """Different labels of one opinion, another opinion split: each sees the other's work and where the other is."""
    meeting = desk.read()
    lamp = place(desk, meeting, LAMP)
    lan, hoa = start(meeting, desk.lan), start(meeting, desk.hoa)
    go(lan, lamp + 1)
    go(hoa, lamp + 1)
    choose(lan, "l", "dien luc")
    choose(hoa, "p", "phan anh")
    before = len(desk.opinions(meeting))
    go(hoa, before - 1)  # one is confidential: Hòa does not have it
    press(hoa, "s")
    hoa.wait_for_selector(".cuts")
    press(hoa, "Enter")
    saved(lan)
    saved(hoa)
    rows = desk.opinions(meeting)
    assert rows[lamp].type == "report"
    assert len(rows) == before + 1
    until(lan, f"document.querySelectorAll('.row').length === {before + 1}")
    for page in (lan, hoa):
        go(page, lamp + 1)
        until(page, "document.querySelector('#opinion').textContent.includes('Phản ánh')")
        assert "Điện lực" in page.locator(".topic-tag").inner_text()
    until(lan, f"document.querySelector('#present').textContent.includes('Trần Hòa: ý kiến {lamp + 1}')")
    assert "Trần Hòa cũng đang xem" in lan.locator(".opinion-head").inner_text()


def test_the_same_label_chosen_otherwise_by_two_is_shown_to_the_later_one(
    start: Start, desk: Desk, axe: Any, shot: Any
) -> None:
    """Neither is lost: both values stand there, and one person decides."""
    meeting = desk.read()
    lamp = place(desk, meeting, LAMP)
    lan, hoa = start(meeting, desk.lan, expected=NETWORK), start(meeting, desk.hoa)
    go(lan, lamp + 1)
    go(hoa, lamp + 1)
    lan.context.set_offline(True)
    choose(lan, "p", "gop y")
    choose(hoa, "p", "phan anh")
    saved(hoa)
    lan.context.set_offline(False)
    lan.wait_for_selector(".conflict")
    assert desk.opinions(meeting)[lamp].type == "report"
    told = lan.locator(".conflict").inner_text()
    assert "Giữ của Trần Hòa" in told
    assert "Góp ý" in told
    assert "Phản ánh" in told
    axe(lan)
    shot(lan, "review-conflict")
    press(lan, "Home", "!")
    assert lan.evaluate("document.activeElement.dataset.focus") == "theirs-0"
    press(lan, "Tab", "Enter")
    saved(lan)
    assert desk.opinions(meeting)[lamp].type == "suggestion"
    assert lan.locator(".conflict").count() == 0


def test_work_goes_on_without_a_network(start: Start, desk: Desk, shot: Any) -> None:
    """Also on what a split will make; afterwards everything is there, once, and no word was left in lasting storage."""
    meeting = desk.read()
    lamp = place(desk, meeting, LAMP)
    page = start(meeting, expected=NETWORK)
    before = len(desk.opinions(meeting))
    page.context.set_offline(True)
    go(page, lamp + 1)
    press(page, "s")
    page.wait_for_selector(".cuts")
    press(page, "Enter")
    choose(page, "p", "phan anh")
    press(page, "F2")
    page.wait_for_selector("#asked")
    page.locator("#asked").fill("Đèn xóm chùa hỏng từ tết.")
    press(page, "Control+Enter")
    until(page, "document.querySelector('#save').textContent.includes('Mất kết nối – sẽ gửi lại (3 việc)')")
    assert page.locator(".row").count() == before + 1
    shot(page, "review-offline")
    kept = page.evaluate("JSON.stringify({...localStorage})")
    assert "split" in kept
    assert "xóm" not in kept
    assert desk.operations(meeting) == 0
    page.context.set_offline(False)
    saved(page)
    rows = desk.opinions(meeting)
    assert (rows[lamp].text, rows[lamp].type, len(rows)) == ("Đèn xóm chùa hỏng từ tết.", "report", before + 1)
    assert desk.operations(meeting) == 3
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_what_waits_outlives_a_reload_and_is_sent_once(start: Start, desk: Desk) -> None:
    """Even if the server did it and only its answer was lost."""
    meeting = desk.read()
    lamp = place(desk, meeting, LAMP)
    page = start(meeting, expected=NETWORK)
    lost = []

    def swallow(route: Any) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/review/operations", swallow)
    go(page, lamp + 1)
    choose(page, "p", "gop y")
    until(page, "document.querySelector('#save').textContent.includes('sẽ gửi lại (1 việc)')")
    page.route("**/review/operations", lambda route: route.abort())
    number = 1
    go(page, number)
    choose(page, "p", "cau hoi")
    page.on("dialog", lambda asked: asked.accept())
    page.reload()
    page.wait_for_selector(".review.ready")
    assert lost[0] == 200
    go(page, number)
    assert "Câu hỏi" in page.locator(".tags").inner_text(), "what waits is shown"
    page.unroute("**/review/operations")
    saved(page)
    rows = desk.opinions(meeting)
    assert rows[lamp].type == "suggestion"
    assert rows[number - 1].type == "question"
    assert desk.operations(meeting) == 2


def test_leaving_is_questioned_only_while_something_waits(start: Start, desk: Desk) -> None:
    """Saved work leaves in silence."""
    meeting = desk.read()
    page = start(meeting, expected=NETWORK)
    asked: list[str] = []

    def leave(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    press(page, "Enter")
    saved(page)
    page.reload()
    page.wait_for_selector(".review.ready")
    assert asked == []
    page.route("**/review/operations", lambda route: route.abort())
    press(page, "Enter")
    page.reload()
    page.wait_for_selector(".review.ready")
    assert asked == ["beforeunload"]
    page.unroute("**/review/operations")
    saved(page)


def test_a_sign_in_that_ended_keeps_what_waits(start: Start, desk: Desk) -> None:
    """The page says so and leads to the sign-in; after it the work is sent."""
    meeting = desk.read()
    page = start(meeting, expected=("401", *NETWORK))
    cookies = page.context.cookies()
    page.context.clear_cookies()
    press(page, "Enter")
    until(page, "document.querySelector('#save').textContent.includes('hết phiên đăng nhập (1 việc')")
    assert desk.operations(meeting) == 0
    page.locator("#save a").click()
    page.wait_for_url("**/sign-in?next=**")
    page.context.add_cookies(cookies)
    page.goto(f"/meetings/{meeting}/review")
    page.wait_for_selector(".review.ready")
    saved(page)
    assert len([row for row in desk.opinions(meeting) if row.reviewed_by]) == 1


def test_on_a_telephone_back_leads_to_the_list(start: Start, desk: Desk) -> None:
    """The opinion is a sheet over the list."""
    meeting = desk.read()
    page = start(meeting, viewport=PHONE)
    page.locator(".row").nth(1).click()
    assert page.evaluate("document.activeElement.id") == "opinion"
    page.get_by_role("button", name="Nhận và sang tiếp").click()
    saved(page)
    page.go_back()
    assert page.locator(".review").get_attribute("data-view") == "list"
    assert page.url.endswith(f"/meetings/{meeting}/review")
    assert len([row for row in desk.opinions(meeting) if row.reviewed_by]) == 1


def test_who_may_only_look_changes_nothing(start: Start, desk: Desk, axe: Any, shot: Any) -> None:
    """No names, no tools; a confidential opinion is only counted; the keys that move still move."""
    meeting = desk.read()
    page = start(meeting, desk.leader)
    assert page.locator(".row").count() == len(desk.opinions(meeting)) - 1
    assert "1 ý kiến giữ kín" in page.locator("#notices").inner_text()
    press(page, "j", "Enter", "x", "1", "s")
    assert page.locator("dialog[open]").count() == 0
    assert "Hoàng Thị Lựu" not in page.content()
    axe(page)
    shot(page, "review-leader")
    assert desk.operations(meeting) == 0


@pytest.mark.parametrize(("name", "viewport"), [("desk", DESK), ("phone", PHONE), ("tablet", TABLET)])
@pytest.mark.parametrize("dark", [False, True])
def test_the_review_fits_its_window_and_has_no_barrier(
    start: Start, desk: Desk, axe: Any, shot: Any, name: str, viewport: dict[str, int], dark: bool
) -> None:
    """The list, the opinion, a list of choices, the minutes: light and dark."""
    meeting = desk.read((DOCUMENTS / "m3-xa-thanh-mai-docx-tra-loi.docx").read_bytes(), "m3.docx")
    page = start(meeting, viewport=viewport, dark=dark)
    tail = f"{name}{'-dark' if dark else ''}"
    for part in ("list", "opinion", "picker", "document"):
        if part == "opinion":
            page.locator(".row").nth(4).click()
            page.wait_for_timeout(250)
        if part == "picker":
            page.locator("[data-focus='matter']").click()
        if part == "document":
            press(page, "Escape", "Shift+B")
            page.wait_for_timeout(250)
        assert width_beyond(page) == 0
        axe(page)
        shot(page, f"review-{part}-{tail}")


def test_a_key_costs_less_than_a_frame_with_sixty_opinions(start: Start, desk: Desk) -> None:
    """Moving on with style and layout, in processor time: what else the machine does is not the page's."""
    page = start(desk.read(sixty_lines()))
    probe = page.context.new_cdp_session(page)
    probe.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        found = {each["name"]: each["value"] for each in probe.send("Performance.getMetrics")["metrics"]}
        return float(found["TaskDuration"]) * 1000

    before = spent()
    page.evaluate(
        """() => {
          for (let turn = 0; turn < 50; turn += 1) {
            document.getElementById('list').dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
            document.body.getBoundingClientRect();
          }
        }"""
    )
    cost = (spent() - before) / 50
    print(f"moving on: {cost:.1f} ms of the processor")
    assert current(page) != "1"
    assert cost < 16
