"""The public board's page, paper and plain text."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from tests.service.conftest import ACommune
from tests.service.web.conftest import SignedIn
from ydan_service.store.store import Store
from ydan_service.store.tables import Commune, Meeting, Opinion, now

PAGE = {"Accept": "text/html"}


@pytest.fixture
def commune(a_commune: ACommune) -> Commune:
    """Tân Lập."""
    return a_commune("Tân Lập")


@pytest.fixture
def meetings(the_store: Store, commune: Commune) -> list[int]:
    """Two meetings; of the later one an opinion is reviewed, one is not, one is confidential."""
    with the_store.begin() as session:
        held = [
            Meeting(commune_id=commune.id, title=f"Hội nghị {n}", held_on=date(2026, n, 5), stage="concluded")
            for n in (1, 3)
        ]
        session.add_all(held)
        session.flush()
        road = "Đường thôn 6 lầy, ông Nguyễn Văn Bình ở số nhà 12 gọi 0912345678"
        said = ((1, road, True), (1, "Đèn hỏng", False), (1, "", True), (0, "Nước yếu", True))
        for at, (which, text, reviewed) in enumerate(said):
            session.add(
                Opinion(meeting_id=held[which].id, key=str(at), position=at, text=text, status="da_giai_thich",
                        confidential=not text, topic="transport_roads", reviewed_at=now() if reviewed else None,
                        source={"start": 0, "end": 1})
            )  # fmt: skip
        return [one.id for one in held]


def test_the_board_shows_the_last_meeting_and_what_is_left_out(
    client: SignedIn, commune: Commune, meetings: list[int]
) -> None:
    """No person on it; another meeting by its choice."""
    leader = client("leader", communes=[commune.id])
    found = leader.get(f"/board/{commune.id}", headers=PAGE).text
    board = found.partition('<article class="board')[2].partition("</article>")[0]
    assert "Đường thôn 6 lầy" in board
    assert not any(word in found for word in ("Nguyễn Văn Bình", "Bình", "0912345678", "số nhà 12"))
    assert "Đèn hỏng" not in found
    assert "chưa soát" in found
    assert "ý kiến giữ kín" in found
    older = leader.get(f"/board/{commune.id}?meeting={meetings[0]}", headers=PAGE).text
    assert "Nước yếu" in older
    assert "Đường thôn 6" not in older


def test_the_board_can_be_taken_as_paper_and_as_text(client: SignedIn, commune: Commune, meetings: list[int]) -> None:
    """Under names with the day; the text begins so that Windows reads its letters."""
    leader = client("leader", communes=[commune.id])
    paper = leader.get(f"/board/{commune.id}/board.docx")
    assert "Nguyễn Văn Bình" not in zipfile.ZipFile(io.BytesIO(paper.content)).read("word/document.xml").decode()
    text = leader.get(f"/board/{commune.id}/board.txt?meeting={meetings[1]}")
    assert text.content.startswith(b"\xef\xbb\xbf")
    assert "Đường thôn 6 lầy" in text.content.decode("utf-8-sig")
    assert "attachment" in text.headers["content-disposition"]


def test_the_way_in_leads_to_ones_own_commune(
    client: SignedIn, commune: Commune, a_commune: ACommune, meetings: list[int]
) -> None:
    """Another's does not exist, nor a meeting of it; without a commune it says what to do."""
    other = a_commune("Xã khác")
    stranger = client("leader", communes=[other.id])
    assert stranger.get("/board").headers["location"] == f"/board/{other.id}"
    assert "Chưa có hội nghị nào" in stranger.get(f"/board/{other.id}", headers=PAGE).text
    assert stranger.get(f"/board/{commune.id}", headers=PAGE).status_code == 404
    assert stranger.get(f"/board/{other.id}?meeting={meetings[0]}", headers=PAGE).status_code == 404
    assert client("leader", everywhere=False).get("/board", headers=PAGE).status_code == 404
