"""The leader's page: every number on it leads to exactly so many opinions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import func, select

from tests.service.conftest import ACommune
from tests.service.filling import Filled, fill
from tests.service.web.conftest import OfficeClient, SignedIn
from ydan_service.office.leading.conditions import opinions_meant
from ydan_service.office.leading.narrowing import read_narrowing
from ydan_service.store.store import Store
from ydan_service.store.tables import Dispatch, Dispatched, Meeting, Opinion
from ydan_service.web.clock import today

PAGE = {"Accept": "text/html"}
_NUMBER = re.compile(r'<a [^>]*href="(/opinions\?[^"]+)"[^>]*>(?:<span class="figure">)?([\d.]+)<')


@pytest.fixture
def filled(the_store: Store) -> Filled:
    """Three communes, 30 sessions, 700 opinions up to today; some were sent up, a meeting has no day."""
    with the_store.begin() as session:
        filled = fill(session, Random(3), today(), communes=3, sessions=30, opinions=700)
        letter = Dispatch(meeting_id=filled.meetings[0], direction="up", addressee="UBND tỉnh", sent_on=today())
        session.add(letter)
        session.flush()
        up = session.scalars(select(Opinion.id).where(Opinion.escalate).order_by(Opinion.id.desc())).all()
        session.add_all(Dispatched(dispatch_id=letter.id, opinion_id=id_) for id_ in up[::5])
        session.get_one(Meeting, filled.meetings[1]).held_on = None
        owed = select(Opinion).where(Opinion.status == "chua_tra_loi", ~Opinion.confidential, Opinion.state == "live")
        for at, opinion in enumerate(session.scalars(owed.order_by(Opinion.id.desc()).limit(12))):
            opinion.deadline = today() + timedelta(days=at - 4)
    return filled


def shown(browser: OfficeClient, query: str = "") -> str:
    """The page's words, as one line."""
    answer = browser.get(f"/dashboard{query}", headers=PAGE)
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", answer.text)


def numbers(html: str) -> Iterator[tuple[str, int]]:
    """Address and number of every link to opinions."""
    for href, number in _NUMBER.findall(html):
        yield unescape(href), int(number.replace(".", ""))


def test_each_number_is_that_of_the_list_behind_it(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """Asked of the database with the link's own narrowing, for every way to narrow the page."""
    leader = client("leader")
    ways = ("", "?period=all", "?reviewed=1", "?undated=1", "?from=2025-01-01&to=2025-12-31",
            f"?commune={filled.communes[0]}", f"?meeting={filled.meetings[-2]}")  # fmt: skip
    for way in ways:
        found, kinds = list(numbers(shown(leader, way))), set()
        assert len(found) > 20, way
        with the_store.read() as session:
            for href, number in found:
                given = dict(parse_qsl(urlsplit(href).query))
                given.pop("sort", None)
                where = opinions_meant(read_narrowing(given), leader.person, today())
                assert session.scalar(select(func.count()).select_from(Opinion).where(where)) == number, (way, href)
                kinds |= set(given)
        assert {"topic", "level", "status", "escalate"} <= kinds, way


def test_the_list_itself_says_the_number(client: SignedIn, filled: Filled) -> None:
    """A few links are followed."""
    leader = client("leader")
    for href, number in list(numbers(shown(leader)))[:6]:
        listed = leader.get(href, headers=PAGE)
        assert listed.status_code == 200
        assert re.search(rf"(?<![\d.]){number:,}(?![\d.])".replace(",", "."), listed.text), href


def test_an_auditor_sees_the_numbers_and_no_words(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """No link to opinions, none of their words; the same numbers as a leader."""
    html, full = shown(client("auditor"), "?period=all"), shown(client("leader"), "?period=all")
    assert "/opinions" not in html
    assert "/topics/" not in html
    with the_store.read() as session:
        texts = session.scalars(select(Opinion.text).where(Opinion.text != "")).all()
    assert not [text for text in texts if text[:60] in unescape(html)]
    assert [text for text in texts if text[:60] in unescape(full)]
    stats = re.compile(r'<span class="figure">([\d./]+)</span>')
    assert stats.findall(html) == stats.findall(full)


def test_what_is_small_and_what_is_guessed_is_said(client: SignedIn, filled: Filled) -> None:
    """A mark with its words, an interval with the sentence that explains it; reviewed opinions alone need no guess."""
    leader = client("leader")
    html = shown(leader)
    assert "(số nhỏ)" in html
    assert "* Dưới 5 ý kiến: số nhỏ" in html
    assert re.search(r"\d+ <span class=\"muted\">\(\d+–\d+\)</span>", html)
    assert "95 lần trong 100" in html
    assert "Ước đúng" not in shown(leader, "?reviewed=1")


def test_a_person_of_one_commune_sees_that_one_alone(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """Neither the others' names nor their numbers; they do not exist."""
    local = client("leader", communes=[filled.communes[0]])
    html = shown(local, "?period=all")
    assert "Cẩm Giang" in html
    assert "Tân Trường" not in html
    assert 'id="d-commune"' not in html
    for query in (f"?commune={filled.communes[1]}", f"?meeting={filled.meetings[1]}"):
        assert local.get(f"/dashboard{query}", headers=PAGE).status_code == 404


def test_a_day_that_cannot_be_is_told_above_this_years_figures(client: SignedIn, filled: Filled) -> None:
    """With what to do; the page is not lost."""
    answer = client("leader").get("/dashboard?from=2026-05-02&to=2026-05-01", headers=PAGE)
    assert answer.status_code == 422
    assert "Ngày bắt đầu sau ngày kết thúc. Hãy đổi lại hai ngày." in answer.text
    assert f"Năm {today().year}" in answer.text


def test_without_opinions_or_communes_the_page_says_what_to_do(client: SignedIn, a_commune: ACommune) -> None:
    """An office on its first day."""
    commune = a_commune("Tân Lập").id
    assert "Không có ý kiến nào" in shown(client("leader", communes=[commune]))
    assert "Chưa có xã, phường nào" in shown(client("leader", communes=[], everywhere=False))


def test_names_of_communes_and_titles_are_only_words(client: SignedIn, the_store: Store, a_commune: ACommune) -> None:
    """Whatever somebody typed there."""
    commune = a_commune("<b>Xã</b>", villages=["<i>Thôn</i>"]).id
    with the_store.begin() as session:
        for title in ("<script>x</script>", "Hai"):
            meeting = Meeting(commune_id=commune, held_on=today(), title=title, stage="review", meeting_type="txdt")
            session.add(meeting)
            session.flush()
            session.add(Opinion(meeting_id=meeting.id, key="1", position=0, text="<u>Đường</u>", escalate=True,
                                urgency="immediate", codes=["danger"], topic="transport_roads"))  # fmt: skip
    html = shown(client("leader", communes=[commune]))
    for tag in ("<b>Xã", "<i>Thôn", "<script>x", "<u>"):
        assert tag not in html
    assert "&lt;i&gt;Thôn" in html


def test_the_page_needs_no_script_and_no_style_of_its_own(client: SignedIn, filled: Filled) -> None:
    """The policy is as strict as everywhere: charts are drawings of the page itself."""
    answer = client("leader").get("/dashboard", headers=PAGE)
    assert "style-src 'self';" in answer.headers["Content-Security-Policy"]
    assert " style=" not in answer.text
    assert answer.text.count("<script") == 1, "the shell's"
    assert answer.text.count('class="strip"') > 15
