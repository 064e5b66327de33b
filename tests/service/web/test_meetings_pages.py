"""The list of meetings and one meeting's page, over a filled store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.service.conftest import ACommune
from tests.service.web.conftest import SignedIn
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune, Dispatch, Meeting, Opinion, now
from ydan_service.web.clock import today

PAGE = {"Accept": "text/html"}


@pytest.fixture
def commune(a_commune: ACommune) -> Commune:
    return a_commune("Tân Lập", province="31")


@pytest.fixture
def meeting(the_store: Store, commune: Commune) -> int:
    """Reviewed but for one; one goes up, one is late."""
    with the_store.begin() as session:
        held = Meeting(commune_id=commune.id, title="Hội nghị đối thoại quý I", held_on=date(2026, 3, 5),
                       stage="review", meeting_type="txdt", attendance=85)  # fmt: skip
        session.add(held)
        session.flush()
        for at in range(4):
            session.add(
                Opinion(meeting_id=held.id, key=str(at), position=at, text=f"Đường thôn {at} lầy lội", escalate=at == 0,

                        deadline=today() - timedelta(days=1) if at == 1 else None, topic="transport_roads",
                        source={"start": 0, "end": 1},
                        reviewed_at=now() if at else None)
            )  # fmt: skip
        return held.id


def test_the_list_counts_what_goes_up_what_is_late_and_what_is_reviewed(
    client: SignedIn, commune: Commune, meeting: int
) -> None:
    """Four opinions, three of them reviewed."""
    found = client("secretary", communes=[commune.id]).get("/meetings", headers=PAGE)
    assert found.status_code == 200
    row = found.text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert f'href="/meetings/{meeting}"' in row
    assert "05/03/2026" in row
    assert "75%" in row
    assert '<td class="num" data-label="Ý kiến">4</td>' in row
    assert '<span class="chip late">1</span>' in row


def test_another_communes_meetings_are_neither_listed_nor_found(
    client: SignedIn, a_commune: ACommune, meeting: int
) -> None:
    """Outside of the scope it is as if it did not exist."""
    other = client("secretary", communes=[a_commune("Xã khác").id])
    assert f'href="/meetings/{meeting}"' not in other.get("/meetings", headers=PAGE).text
    assert other.get(f"/meetings/{meeting}", headers=PAGE).status_code == 404
    assert other.post(f"/meetings/{meeting}/remove", headers=PAGE).status_code == 404


@pytest.mark.parametrize(
    ("query", "there"),
    [("stage=review", True), ("stage=closed", False), ("since=2026-03-05", True), ("since=2026-03-06", False),
     ("until=2026-03-04", False), ("type=txdt", True), ("type=tcd", False), ("commune=999", False),
     ("commune=x&since=x&stage=x&type=x&page=x", True), ("page=99", True)],
)  # fmt: skip
def test_a_filter_in_the_address_narrows_the_list(
    client: SignedIn, commune: Commune, meeting: int, query: str, there: bool
) -> None:
    """What cannot be read filters nothing."""
    found = client("leader", communes=[commune.id]).get(f"/meetings?{query}", headers=PAGE)
    assert found.status_code == 200
    assert (f'href="/meetings/{meeting}"' in found.text) is there


def test_a_leader_looks_and_does_not_change(client: SignedIn, commune: Commune, meeting: int) -> None:
    """No form on the page, and the address refuses as well."""
    leader = client("leader", communes=[commune.id])
    shown = leader.get(f"/meetings/{meeting}", headers=PAGE).text
    assert f'action="/meetings/{meeting}/' not in shown
    assert leader.post(f"/meetings/{meeting}/facts", data={"title": "Khác"}).status_code == 403


def test_facts_are_saved_and_another_date_asks_the_model_again(
    client: SignedIn, the_store: Store, commune: Commune, meeting: int
) -> None:
    """Empty entries take a fact away; what the form does not have stays."""
    here = client("secretary", communes=[commune.id])
    sent = {"title": "Tên mới", "held_on": "2026-03-06", "attendance": "", "place": "Nhà văn hóa"}
    answer = here.post(f"/meetings/{meeting}/facts", data=sent, headers=PAGE)
    assert answer.status_code == 303
    with the_store.read() as session:
        held = session.get_one(Meeting, meeting)
        assert (held.title, held.held_on, held.attendance, held.place) == (
            "Tên mới", date(2026, 3, 6), None, "Nhà văn hóa",
        )  # fmt: skip
        assert held.revision == 1
    assert "4 ý kiến được xét lại" in here.get(answer.headers["location"], headers=PAGE).text


@pytest.mark.parametrize(
    ("name", "value"),
    [("held_on", "2099-01-01"), ("held_on", "mai"), ("held_on", "1900-01-01"), ("attendance", "-3"),
     ("attendance", "nhiều"), ("host_level", "world"), ("title", "x" * 301)],
)  # fmt: skip
def test_a_fact_that_cannot_be_comes_back_beside_its_field(
    client: SignedIn, the_store: Store, commune: Commune, meeting: int, name: str, value: str
) -> None:
    """Nothing is saved, the form keeps what was typed."""
    here = client("secretary", communes=[commune.id])
    found = here.post(f"/meetings/{meeting}/facts", data={"place": "Nơi khác", name: value}, headers=PAGE)
    assert found.status_code == 422
    assert f'id="f-{name}-error"' in found.text
    assert "Nơi khác" in found.text
    with the_store.read() as session:
        assert session.get_one(Meeting, meeting).place is None


def test_a_meeting_is_closed_only_when_all_is_reviewed(
    client: SignedIn, the_store: Store, commune: Commune, meeting: int
) -> None:
    """And can be opened again."""
    here = client("secretary", communes=[commune.id])
    refused = here.post(f"/meetings/{meeting}/stage", data={"stage": "closed"})
    assert refused.status_code == 409
    assert "1 ý kiến chưa soát" in refused.json()["detail"]
    with the_store.begin() as session:
        for opinion in session.query(Opinion):
            opinion.reviewed_at = now()
    for stage in ("closed", "review"):
        assert here.post(f"/meetings/{meeting}/stage", data={"stage": stage}).status_code == 303
        with the_store.read() as session:
            assert session.get_one(Meeting, meeting).stage == stage


def test_a_meeting_is_removed_with_its_opinions_unless_something_was_sent(
    client: SignedIn, the_store: Store, commune: Commune, meeting: int
) -> None:
    """What others rest on stays."""
    here = client("secretary", communes=[commune.id])
    with the_store.begin() as session:
        session.add(Dispatch(meeting_id=meeting, direction="up", addressee="UBND tỉnh", sent_on=date(2026, 3, 9)))
    assert here.post(f"/meetings/{meeting}/remove").status_code == 409
    with the_store.begin() as session:
        session.query(Dispatch).delete()
    assert here.post(f"/meetings/{meeting}/remove").headers["location"] == "/meetings"
    with the_store.read() as session:
        assert session.query(Opinion).count() == 0


def test_a_warning_never_shows_the_words_of_a_confidential_opinion(
    client: SignedIn, the_store: Store, commune: Commune, meeting: int
) -> None:
    """The notice is there, and no quote while the minutes are not kept."""
    with the_store.begin() as session:
        session.get_one(Meeting, meeting).warnings = [
            {"code": "mixed", "message": "Lẫn tiếp xúc cử tri", "span": [0, 9]}
        ]
    shown = client("secretary", communes=[commune.id]).get(f"/meetings/{meeting}", headers=PAGE).text
    assert "Lẫn tiếp xúc cử tri" in shown
    assert "<blockquote" not in shown


@pytest.mark.parametrize("role", ["secretary", "leader"])
def test_the_list_of_an_office_that_has_just_begun(role: str, client: SignedIn, commune: Commune) -> None:
    """Nothing is there yet: the page says what to do first."""
    shown = client(role, communes=[commune.id]).get("/meetings", headers=PAGE)
    assert shown.status_code == 200
    assert "Chưa có hội nghị nào" in shown.text
