"""The review's page as it is served: what a script needs is there, and what the scripts say can be translated."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.service.conftest import ACommune
from tests.service.web.conftest import SignedIn
from ydan_service.store.store import Store
from ydan_service.store.tables import Meeting
from ydan_service.web import assets

SCRIPTS = assets.FOLDER / "js" / "review"
SAID = re.compile(r'\bt\(\s*"((?:[^"\\]|\\.)*)"')


@pytest.fixture
def meeting(the_store: Store, a_commune: ACommune) -> Meeting:
    """A meeting under review, with two warnings."""
    commune = a_commune("Xã Tân Lập")
    warnings = [
        {"code": "no_date", "message": "Biên bản không ghi ngày họp.", "span": [3, 9]},
        {"code": "duplicate_day", "message": "Đã có cuộc họp cùng ngày.", "span": None, "meeting_id": 77},
    ]
    with the_store.begin() as session:
        found = Meeting(commune_id=commune.id, title="Đối thoại <b>quý I</b>", stage="review", warnings=warnings)
        session.add(found)
    return found


def words_of(page: str) -> dict[str, str]:
    """What the page hands to its scripts."""
    found = re.search(r'<script type="application/json" id="review-words">(.*?)</script>', page, re.S)
    assert found is not None
    said: dict[str, str] = json.loads(found[1])
    return said


def test_a_secretary_gets_the_page_with_its_script_and_tools(client: SignedIn, meeting: Meeting) -> None:
    """No script and no style in the page itself; a title is words, never markup."""
    answer = client("secretary", communes=[meeting.commune_id]).get(f"/meetings/{meeting.id}/review")
    assert answer.status_code == 200
    page = answer.text
    assert re.search(r'<script type="module" src="/static/[0-9a-f]{12}/js/review/main\.js"></script>', page)
    assert f'data-meeting="{meeting.id}" data-may="yes"' in page
    assert f'href="/meetings/{meeting.id}/conclusion"' in page
    assert "<b>quý I" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


def test_warnings_lead_to_their_place_and_to_the_other_meeting(client: SignedIn, meeting: Meeting) -> None:
    """A span for the script, a link for the meeting of the same day."""
    page = client("secretary", communes=[meeting.commune_id]).get(f"/meetings/{meeting.id}/review").text
    assert 'data-span="[3, 9]"' in page
    assert 'href="/meetings/77"' in page


def test_who_may_only_read_gets_no_tools(client: SignedIn, meeting: Meeting) -> None:
    """The script hears of it as well."""
    page = client("leader", communes=[meeting.commune_id]).get(f"/meetings/{meeting.id}/review").text
    assert 'data-may="no"' in page
    assert 'data-deed="accept"' not in page
    assert "/conclusion" not in page


def test_a_meeting_elsewhere_is_not_there(client: SignedIn, meeting: Meeting, a_commune: ACommune) -> None:
    """Whatever the role."""
    other = client("secretary", communes=[a_commune("Xã Khác").id])
    assert other.get(f"/meetings/{meeting.id}/review").status_code == 404


def test_all_that_the_scripts_say_comes_from_the_page(client: SignedIn, meeting: Meeting) -> None:
    """Every sentence of a script is handed over, and none that no script says."""
    said = {sentence for file in sorted(SCRIPTS.glob("*.js")) for sentence in SAID.findall(file.read_text("utf-8"))}
    page = client("secretary", communes=[meeting.commune_id]).get(f"/meetings/{meeting.id}/review").text
    assert words_of(page).keys() == said


def test_the_scripts_import_only_files_that_are_there() -> None:
    """There is no build step that would notice."""
    for file in sorted(SCRIPTS.glob("*.js")):
        for path in re.findall(r'from "(\..*?)";', file.read_text("utf-8")):
            assert (Path(file.parent) / path).resolve().is_file(), f"{file.name}: {path}"


def test_no_key_is_a_vowel() -> None:
    """An input method for Vietnamese that is on would turn vowels and w into other letters."""
    source = (SCRIPTS / "keys.js").read_text("utf-8") + (SCRIPTS / "fields.js").read_text("utf-8")
    keys = re.findall(r'^\s+\["(.)", t\(', source, re.M) + re.findall(r'key: "(.)"', source)
    assert len(keys) > 20
    assert not set(keys) & set("aeiouyw")
