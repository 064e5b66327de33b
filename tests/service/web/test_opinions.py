"""The list of opinions and one opinion's page, as a browser gets them."""

from __future__ import annotations

import csv
import html
import io
import re
import statistics
import time
from datetime import date
from random import Random

import openpyxl
import pytest
from sqlalchemy import func, select

from tests.service.conftest import ACommune
from tests.service.filling import Filled, fill
from tests.service.web.conftest import OfficeClient, SignedIn
from tests.service.web.filled import filled, filled_file
from ydan_service.office.leading.listing import PAGE as ROWS
from ydan_service.store.store import Store
from ydan_service.store.tables import ConfidentialReader, Opinion
from ydan_service.web.clock import today

PAGE = {"Accept": "text/html"}
__all__ = ["filled", "filled_file"]


def get(browser: OfficeClient, url: str) -> str:
    found = browser.get(url, headers=PAGE)
    assert found.status_code == 200
    return html.unescape(found.text)


def total(page: str) -> int:
    """What the head of the page says."""
    found = re.search(r"<p>([\d.]+) ý kiến", page)
    assert found is not None
    return int(found[1].replace(".", ""))


def live(store: Store, **columns: object) -> int:
    """Opinions that may be listed, counted by the database without our conditions."""
    with store.read() as session:
        return (
            session.scalar(
                select(func.count()).select_from(Opinion).filter_by(state="live", confidential=False, **columns)
            )
            or 0
        )


def test_the_list_says_how_many_and_shows_a_page_of_them(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """Covered words, labels by name, a way to the next page."""
    page = get(client("leader"), "/opinions")
    assert total(page) == live(the_store)
    assert page.count('class="words"') == ROWS
    assert 'rel="next"' in page
    assert "?page=2" in page
    assert "Chưa phân loại" not in page.partition("<tbody>")[2]


def test_a_filter_narrows_the_list_and_stands_as_a_chip(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """The chip takes it off again; the entries of the form keep what is chosen."""
    page = get(client("leader"), "/opinions?topic=education&status=chua_tra_loi&sort=oldest")
    assert total(page) == live(the_store, topic="education", status="chua_tra_loi")
    chips = re.findall(r'<a class="chip removable" href="([^"]+)">', page)
    assert chips == ["/opinions?status=chua_tra_loi&sort=oldest", "/opinions?topic=education&sort=oldest"]
    assert '<option value="education" selected>' in page
    assert '<option value="oldest" selected>' in page
    assert 'href="/topics/education?period=all"' in page


def test_the_pages_of_a_filtered_list_keep_the_filter(client: SignedIn, filled: Filled) -> None:
    """And the order."""
    page = get(client("leader"), "/opinions?escalate=1&sort=urgency")
    assert 'href="?escalate=1&sort=urgency&page=2"' in page


def test_what_is_searched_for_is_marked_without_diacritics_too(client: SignedIn, filled: Filled) -> None:
    """As it was typed."""
    page = get(client("leader"), "/opinions?q=duong")
    assert re.search(r"<mark>[Đđ]ường</mark>", page)
    assert 'value="duong"' in page


def test_the_forms_empty_entries_leave_the_address(client: SignedIn, filled: Filled) -> None:
    """So that it can be passed on; what another commune or topic left behind goes too."""
    browser = client("leader")
    found = browser.get("/opinions?q=&commune=&topic=education&matter=village_road&status=&sort=newest&open=1")
    assert (found.status_code, found.headers["location"]) == (303, "/opinions?topic=education&open=1")
    assert browser.get("/opinions?q=&topic=").headers["location"] == "/opinions"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2026-13-01", "Hãy chọn ngày trong lịch."),
        ("from=2026-05-01&to=2026-04-01", "Ngày bắt đầu sau ngày kết thúc"),
        ("topic=weather", "Không có lựa chọn “weather”"),
        ("commune=abc", "phải là số"),
        ("late=yes", "phải là 0 hoặc 1"),
    ],
)
def test_a_filter_that_cannot_be_is_said_and_lists_nothing(
    client: SignedIn, filled: Filled, query: str, said: str
) -> None:
    """A list that ignores it would be taken for the answer."""
    found = client("leader").get(f"/opinions?{query}", headers=PAGE)
    assert found.status_code == 422
    assert said in html.unescape(found.text)
    assert 'class="words"' not in found.text
    assert client("leader").get(f"/opinions.csv?{query}").status_code == 422


def test_nothing_found_says_how_to_go_on(client: SignedIn, filled: Filled) -> None:
    """And an empty office says who begins."""
    assert "Không có ý kiến nào khớp bộ lọc." in get(client("leader"), "/opinions?q=khongcotunao")


def test_an_empty_office_says_who_begins(client: SignedIn, a_commune: ACommune) -> None:
    """No filter is to blame."""
    assert "Chưa có ý kiến nào." in get(client("leader", communes=[a_commune().id]), "/opinions")


def test_a_leader_of_one_commune_sees_no_other(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """Neither rows nor counts, whatever the address asks for."""
    local = client("leader", communes=[filled.communes[0]])
    everywhere = client("leader")
    asked = f"/opinions?commune={filled.communes[1]}"
    assert total(get(everywhere, asked)) > 0
    assert total(get(local, asked)) == 0
    assert "không có trong địa bàn" in get(local, asked)
    assert total(get(local, "/opinions")) == total(get(everywhere, f"/opinions?commune={filled.communes[0]}"))


def test_confidential_opinions_are_a_number(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """The same number whatever labels are asked for: it must not tell which they have."""
    with the_store.read() as session:
        hidden = session.scalar(select(func.count()).select_from(Opinion).filter_by(state="live", confidential=True))
    assert hidden
    for query in ("", "?topic=party_integrity", "?type=denunciation", "?topic=education"):
        assert f"Ngoài ra có {hidden} ý kiến giữ kín" in get(client("leader"), "/opinions" + query)
    assert total(get(client("leader"), "/opinions?type=denunciation")) == 0


def test_the_file_is_the_list(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """As CSV and as a workbook, with a name that says what it is."""
    browser = client("leader")
    count = live(the_store, topic="education")
    found = browser.get("/opinions.csv?topic=education")
    assert found.headers["content-disposition"] == f'attachment; filename="y-kien-{today().isoformat()}.csv"'
    assert found.content.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))) == count + 1
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get("/opinions.xlsx?topic=education").content)).active
    assert sheet.max_row == count + 1
    assert browser.get("/opinions.pdf").status_code in (404, 422)


def test_one_opinion_has_its_words_its_labels_and_its_way(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """And links to the review, the meeting, the topic, what was said before."""
    with the_store.read() as session:
        one = session.scalars(
            select(Opinion)
            .where(Opinion.state == "live", ~Opinion.confidential, Opinion.deadline.is_not(None))
            .order_by(Opinion.id.desc())
        ).first()
        assert one is not None
        page = get(client("leader"), f"/opinions/{one.id}")
        words = re.sub(r"</?mark>", "", page)
        assert one.text in words
        for piece in ("Nêu tại hội nghị", "Giao Phòng Kinh tế", "Máy gợi ý", f'href="/meetings/{one.meeting_id}"'):
            assert piece in page
        assert f'href="/meetings/{one.meeting_id}/review?at={one.key}"' in page
        assert f'href="/topics/{one.topic}"' in page


def test_every_kind_of_opinion_has_a_page(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """Replaced, removed, without any label, never assessed: no template breaks."""
    browser = client("leader")
    with the_store.begin() as session:
        ids = session.scalars(select(Opinion.id).where(~Opinion.confidential).order_by(Opinion.id)).all()
        bare, replaced = session.get_one(Opinion, ids[0]), session.get_one(Opinion, ids[1])
        bare.assessment = None
        for name in ("topic", "matter", "type", "level", "body", "urgency", "reviewed_at", "reviewed_by"):
            setattr(bare, name, None)
        bare.text, bare.codes = "", []
        replaced.state = "replaced"
    assert "(không có nội dung)" in get(browser, f"/opinions/{ids[0]}")
    assert "không còn trong danh sách" in get(browser, f"/opinions/{ids[1]}")
    for id_ in ids[2::9]:
        get(browser, f"/opinions/{id_}")


def test_a_confidential_opinions_page_is_for_its_readers(client: SignedIn, the_store: Store, filled: Filled) -> None:
    """For others it does not exist, the same as a number that no opinion has."""
    with the_store.begin() as session:
        secret = session.scalars(select(Opinion.id).where(Opinion.confidential, Opinion.state == "live")).first()
        session.add(ConfidentialReader(opinion_id=secret, account_id=filled.secretary))
    other = client("secretary")
    refused, absent = (other.get(f"/opinions/{id_}", headers=PAGE) for id_ in (secret, 999_999))
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert refused.text.partition("<main")[2] == absent.text.partition("<main")[2]
    with the_store.begin() as session:
        session.add(ConfidentialReader(opinion_id=secret, account_id=other.person.id))
    assert "Ý kiến giữ kín" in get(other, f"/opinions/{secret}")


@pytest.mark.parametrize("url", ["/opinions/abc", "/opinions/0", "/opinions/99999999999999999999999", "/opinions/-1"])
def test_a_number_that_is_none_is_no_page(client: SignedIn, url: str) -> None:
    """Beyond what a database takes, too."""
    assert client("leader").get(url, headers=PAGE).status_code in (404, 422)


@pytest.mark.heavy
def test_pages_are_quick_with_ten_thousand_opinions(client: SignedIn, the_store: Store) -> None:
    """Two hundred sessions; the medians of each page, printed."""
    with the_store.begin() as session:
        filled = fill(session, Random(7), date(2026, 11, 20))
    browser = client("leader")
    for url in ("/opinions", "/opinions?q=duong+lay", "/opinions?open=1&sort=deadline", "/opinions?above=1",
                "/opinions?returning=promised", f"/opinions/{filled.opinions - 3}", "/topics?period=all",
                "/topics/transport_roads?period=all"):  # fmt: skip
        wall, worked = [], []
        for _ in range(9):
            began, at = time.perf_counter(), time.process_time()
            browser.get(url, headers=PAGE)
            wall.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - at) * 1000)
        print(f"{url}: median {statistics.median(wall):.0f} ms, of the processor {statistics.median(worked):.0f} ms")
        assert min(worked) < 150, url  # of the processor; a third more than the goal, for a machine that others use
