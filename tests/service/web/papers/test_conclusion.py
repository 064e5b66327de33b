"""The conclusion's page: its lists, its forms without a script, its answers to one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from tests.service.office.papers.conftest import Read
from tests.service.office.reading import NAMES, SECRET
from tests.service.web.conftest import OfficeClient, SignedIn
from ydan_service.office.papers.entries import mark
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Document, Meeting, Opinion

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def base(read_once: Read) -> str:
    """Where the conclusion is."""
    return f"/meetings/{read_once.meeting}/conclusion"


def sections(response: Response) -> dict[str, list[str]]:
    """List → the keys of its lines, as the page has them."""
    assert response.status_code == 200, response.text[:400]
    parts = re.split(r'<section class="stack list" id="list-(\w+)"', response.text)
    return {name: re.findall(r'data-line="([^"]+)"', part) for name, part in zip(parts[1::2], parts[2::2], strict=True)}


def value_of(text: str, field: str, key: str) -> str:
    found = re.search(rf'id="{field}-{key}"[^>]*?(?:value="([^"]*)"[^>]*>|>([^<]*)</textarea>)', text)
    assert found is not None, (field, key)
    return found[1] if found[1] is not None else found[2]


def put(browser: OfficeClient, base: str, key: str, headers: dict[str, str] = JSON, **fields: Any) -> Response:
    return browser.post(f"{base}/opinions/{key}", data={"version": "100000", **fields}, headers=headers)


def test_the_page_shows_every_line_once_in_its_list(page: OfficeClient, base: str) -> None:
    """With what the document will say, and a number for what it will not."""
    found = sections(page.get(base))
    assert {name: len(keys_) for name, keys_ in found.items()} == {"settled": 0, "open": 3, "forwarded": 1, "guided": 0}
    text = page.get(base).text
    assert "1 nội dung giữ kín" in text
    assert value_of(text, "charged", found["open"][0]) == "phòng Kinh tế"
    assert value_of(text, "deadline", found["open"][0]) == "30/4/2026"


@pytest.mark.parametrize("who", ["lan", "leader"])
def test_the_page_names_nobody_and_nothing_confidential(
    client: SignedIn, base: str, who: str, request: pytest.FixtureRequest
) -> None:
    """Not for who may read names either: it shows what goes out."""
    text = client(person=request.getfixturevalue(who)).get(base).text
    assert not [name for name in (*NAMES, SECRET[:30], "hối lộ") if name in text]


def test_a_form_saves_only_what_was_changed(page: OfficeClient, base: str) -> None:
    """And comes back to its line."""
    key = sections(page.get(base))["open"][0]
    answer = put(
        page, base, key, HTML, wording="Sửa đường trục", **{"was-wording": mark("cũ")},
        charged="phòng Kinh tế", **{"was-charged": mark("phòng Kinh tế")},
    )  # fmt: skip
    assert (answer.status_code, answer.headers["location"]) == (303, f"{base}#y-{key}")
    text = page.get(base).text
    assert value_of(text, "wording", key) == "Sửa đường trục"
    assert text.count("Lấy lại theo biên bản") == 1


def test_a_script_gets_the_line_the_checks_and_the_order(page: OfficeClient, base: str) -> None:
    """Ready to be put in the place of the old."""
    key = sections(page.get(base))["open"][0]
    answer = put(page, base, key, status="da_giai_quyet", reply="Đã đổ bê tông.")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert found["order"]["settled"] == [key]
    assert key not in found["order"]["open"]
    assert f'id="y-{key}"' in found["line"]
    assert "<script" not in found["line"]
    assert "Còn 5 ý kiến chưa soát nhãn." in found["checks"]


def test_two_people_at_one_field_get_both_values(
    client: SignedIn,
    page: OfficeClient,
    base: str,
    hoa: Person,
) -> None:
    """As a page and as an answer to a script; what was typed is still in the form."""
    key = sections(page.get(base))["open"][0]
    other = client(person=hoa)
    assert put(other, base, key, wording="Bản của Hoa").status_code == 200
    late = {"version": "1", "wording": "Bản của Lan"}
    answer = page.post(f"{base}/opinions/{key}", data=late, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "Bản của Hoa" in answer.json()["line"]
    shown = page.post(f"{base}/opinions/{key}", data=late, headers=HTML)
    assert shown.status_code == 409
    assert "Bản của Hoa" in shown.text
    assert value_of(shown.text, "wording", key) == "Bản của Lan"
    version = re.search(rf'data-line="{key}" data-version="(\d+)"', shown.text)
    assert version is not None
    again = {"version": version[1], "wording": "Bản của Lan"}
    assert page.post(f"{base}/opinions/{key}", data=again, headers=JSON).status_code == 200


def test_a_wrong_entry_is_said_at_its_field(page: OfficeClient, base: str) -> None:
    """With what was typed."""
    key = sections(page.get(base))["open"][0]
    answer = put(page, base, key, deadline="31/2/2026")
    assert (answer.status_code, answer.json()["field"]) == (422, "deadline")
    shown = put(page, base, key, HTML, deadline="31/2/2026")
    assert shown.status_code == 422
    assert value_of(shown.text, "deadline", key) == "31/2/2026"
    assert 'aria-invalid="true"' in shown.text


def test_lines_move_are_confirmed_and_given_back(page: OfficeClient, base: str) -> None:
    """By the buttons of the form."""
    first, second, third = sections(page.get(base))["open"]
    put(page, base, third, HTML, do="up")
    assert sections(page.get(base))["open"] == [first, third, second]
    assert 'confirmed"' in put(page, base, first, do="confirm").json()["line"]
    assert page.post(f"{base}/confirm", data={"list": "open"}).status_code == 303
    assert page.get(base).text.count("Xác nhận cả danh mục") == 1
    put(page, base, first, wording="Khác")
    assert "Lấy lại theo biên bản" not in put(page, base, first, back="wording").json()["line"].partition("status-")[0]


@pytest.mark.parametrize(
    "sent", [{"version": "x"}, {"version": ""}, {"version": "9" * 30}, {"status": "khong-co"}, {"back": "topic"}]
)
def test_nonsense_is_refused_and_breaks_nothing(page: OfficeClient, base: str, sent: dict[str, str]) -> None:
    """422, whatever a script sends."""
    key = sections(page.get(base))["open"][0]
    sending: dict[str, Any] = {"version": "100000", **sent}
    assert page.post(f"{base}/opinions/{key}", data=sending, headers=JSON).status_code == 422


@pytest.mark.parametrize("key", ["99", "a%00b", "' OR 1=1 --", "x" * 300])
def test_a_line_that_is_not_there_is_404(page: OfficeClient, base: str, key: str) -> None:
    """A confidential one likewise."""
    assert put(page, base, key, wording="x").status_code == 404


def test_a_confidential_opinion_answers_like_none(page: OfficeClient, base: str, sqlite_store: Store) -> None:
    """For its reader too: it has no line."""
    with sqlite_store.read() as session:
        secret = session.scalars(select(Opinion.key).where(Opinion.confidential)).one()
    there, none = put(page, base, secret, wording="x"), put(page, base, "99", wording="x")
    assert (there.status_code, there.json()["detail"]) == (404, none.json()["detail"])


def test_who_only_looks_sees_no_form(client: SignedIn, base: str, leader: Person) -> None:
    """And cannot send one."""
    browser = client(person=leader)
    text = browser.get(base).text
    assert "<textarea" not in text
    assert 'id="publish"' not in text
    assert put(browser, base, "1", wording="x").status_code == 403


def test_another_communes_conclusion_does_not_exist(client: SignedIn, base: str, stranger: Person) -> None:
    """404 to look and to change."""
    browser = client(person=stranger)
    assert browser.get(base).status_code == 404
    assert put(browser, base, "1", wording="x").status_code == 404


def test_publishing_asks_first_then_draws_the_notice_up(
    page: OfficeClient,
    base: str,
    read_once: Read,
    sqlite_store: Store,
) -> None:
    """What was typed stays in the form until then."""
    sent = {"number": "12", "published_on": "2026-03-18"}
    refused = page.post(f"{base}/publish", data=sent, headers=HTML)
    assert refused.status_code == 409
    assert "Vẫn công bố" in refused.text
    assert 'value="12"' in refused.text
    done = page.post(f"{base}/publish", data={**sent, "anyway": "on"}, headers=HTML)
    assert (done.status_code, done.headers["location"]) == (303, f"/meetings/{read_once.meeting}/documents")
    with sqlite_store.read() as session:
        assert session.get_one(Meeting, read_once.meeting).stage == "concluded"
        assert session.scalars(select(Document.kind)).all() == ["thong-bao-ket-luan"]
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert actions[-2:] == ["meeting.publish", "document.make"]
    assert "Thông báo số 12 đã công bố ngày 18/03/2026" in page.get(base).text


def test_the_page_is_in_english_where_a_person_wants_it(client: SignedIn, base: str, sqlite_store: Store) -> None:
    """The citizens' words stay as they are."""
    browser = client("secretary", everywhere=True, language="en")
    text = browser.get(base).text
    assert '<html lang="en">' in text
    assert "lầy lội" in text
