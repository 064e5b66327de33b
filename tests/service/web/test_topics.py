"""The topics and the summary of one, as a browser gets them."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from typing import Any

import docx
import pytest
from sqlalchemy import select

from tests.service.filling import Filled
from tests.service.web.conftest import OfficeClient, SignedIn
from tests.service.web.filled import filled, filled_file
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Opinion
from ydan_service.web.clock import today

PAGE = {"Accept": "text/html"}
__all__ = ["filled", "filled_file"]
NAMED = "Giao thông, đường sá, vận tải"


def get(browser: OfficeClient, url: str) -> str:
    found = browser.get(url, headers=PAGE)
    assert found.status_code == 200
    return html.unescape(found.text)


def listed(browser: OfficeClient, href: str) -> int:
    found = re.search(r"<p>([\d.]+) ý kiến", get(browser, href))
    assert found is not None
    return int(found[1].replace(".", ""))


def test_every_count_of_the_index_is_the_length_of_its_list(client: SignedIn, filled: Filled) -> None:
    """Each number is a link, and what it leads to are so many opinions."""
    browser = client("leader")
    page = get(browser, "/topics?period=all")
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    links = re.findall(r'href="(/opinions\?[^"]+)">([\d.]+)</a>', rows)
    assert len(links) > 30
    for href, count in links[::3]:
        assert listed(browser, href) == int(count.replace(".", "")), href


def test_every_number_of_a_summary_is_the_length_of_its_list(client: SignedIn, filled: Filled) -> None:
    """The tiles, the sentences and the matters."""
    browser = client("leader")
    page = get(browser, "/topics/transport_roads?period=all")
    tiles = re.findall(r'<a class="stat [^"]*" href="([^"]+)">\s*<span class="figure">([\d.]+)</span>', page)
    rows = re.findall(r'<td class="num"[^>]*><a [^>]*?href="(/opinions\?[^"]+)">([\d.]+)</a>', page)
    assert len(tiles) == 4
    assert len(rows) > 5
    for href, count in [*tiles, *rows]:
        assert listed(browser, href) == int(count.replace(".", "")), href
    with_period = get(browser, "/topics/transport_roads")
    links = re.findall(r'<a href="(/opinions\?[^"]+)">\(?(?:Có )?(\d+)[^<]*</a>', with_period)
    assert len(links) > 5
    for href, count in links:
        assert listed(browser, href) == int(count), href


def test_a_summary_has_three_speakers_with_links(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """Covered words, of opinions that are there."""
    page = get(client("leader"), "/topics/transport_roads?period=all")
    ids = re.findall(r'<blockquote><a href="/opinions/(\d+)">', page)
    assert len(ids) == 3
    with the_store.read() as session:
        for id_ in ids:
            one = session.get_one(Opinion, int(id_))
            assert (one.topic, one.confidential, one.state) == ("transport_roads", False, "live")
            assert one.text in page
    assert "“Phần lớn”: từ 50%" in page


def test_the_stretch_of_time_is_the_dashboards(client: SignedIn, filled: Filled) -> None:
    """This year unless something else is asked for; kept in every link."""
    page = get(client("leader"), "/topics/transport_roads")
    year = today().year
    assert f"01/01/{year}–31/12/{year}" in page
    query = f"from={year}-01-01&to={year}-12-31"
    assert f"/topics?{query}" in page
    assert f"/topics/transport_roads/summary.docx?{query}" in page
    assert "so với kỳ trước" in page or "bằng kỳ trước" in page or "kỳ trước không có" in page
    assert f'href="/opinions?{query}&topic=transport_roads"' in page


def test_a_session_is_compared_with_the_one_before(client: SignedIn, filled: Filled) -> None:
    """Of the same commune."""
    page = get(client("leader"), f"/topics/transport_roads?meeting={filled.meetings[-1]}")
    assert re.search(r"(tăng \d+|giảm \d+) so với kỳ trước|bằng kỳ trước|kỳ trước có", page)


def test_the_word_file_says_the_same_and_leaves_a_line(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """Opened with python-docx; the log knows who took which topic."""
    browser = client("leader")
    found = browser.get("/topics/transport_roads/summary.docx?period=all")
    assert found.status_code == 200
    assert f"tom-tat-giao-thong-duong-sa-van-tai-{today().isoformat()}.docx" in found.headers["content-disposition"]
    paper: Any = docx.Document(io.BytesIO(found.content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    page = get(browser, "/topics/transport_roads?period=all")
    (count,) = re.findall(r">Có (\d+) lượt ý kiến</a>", page)
    assert f"Có {count} lượt ý kiến về giao thông, đường sá, vận tải" in text
    with the_store.read() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert (last.action, last.subject_id, last.account_id) == ("topic.download", "transport_roads", browser.person.id)
    assert last.detail["opinions"] == int(count)
    assert len(last.detail["shown"]) == 3


def test_a_leader_of_one_commune_counts_that_commune(client: SignedIn, filled: Filled) -> None:
    """The same as somebody who sees all and chooses it."""
    local = get(client("leader", communes=[filled.communes[0]]), "/topics?period=all")
    chosen = get(client("leader"), f"/topics?period=all&commune={filled.communes[0]}")
    numbers = re.compile(r'data-label="Lượt"><a [^>]+>([\d.]+)</a>')
    assert numbers.findall(local) == numbers.findall(chosen)


@pytest.mark.parametrize("url", ["/topics/weather", "/topics/weather/summary.docx", "/topics/..%2Fx"])
def test_another_topic_is_not_there(client: SignedIn, url: str) -> None:
    """Nor is a file of it."""
    assert client("leader").get(url, headers=PAGE).status_code == 404


def test_opinions_without_a_topic_have_a_page_too(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """They are somebody's to look at."""
    with the_store.begin() as session:
        for id_ in session.scalars(select(Opinion.id).where(~Opinion.confidential).limit(4)).all():
            session.get_one(Opinion, id_).topic = None
    page = get(client("leader"), "/topics/none?period=all")
    assert "những việc chưa phân loại được" in page
    assert client("leader").get("/topics/none/summary.docx?period=all").status_code == 200


def test_without_opinions_a_summary_says_so(client: SignedIn, filled: Filled) -> None:
    """And offers all time."""
    page = get(client("leader"), "/topics/transport_roads?from=1999-01-01&to=1999-12-31")
    assert "Không có ý kiến nào về giao thông" in page
    assert 'href="/topics/transport_roads?period=all"' in page
    assert client("leader").get("/topics/transport_roads/summary.docx?from=1999-01-01&to=1999-12-31").status_code == 200


def test_a_day_that_cannot_be_is_said(client: SignedIn) -> None:
    """As everywhere."""
    assert client("leader").get("/topics?from=yesterday", headers=PAGE).status_code == 422
    assert client("leader").get(f"/topics?from={date.max}&to=0001-01-01", headers=PAGE).status_code == 422
