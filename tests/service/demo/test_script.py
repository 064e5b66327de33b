"""The script and the minutes are whole, dated by the day of opening, and name nobody who could be called."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import resources

import pytest

from ydan.text.mask import find_personal
from ydan_service.demo.script import Scene, load_script, read_minutes
from ydan_service.store.tables import ROLES

SCENES = load_script().scenes
DAYS = [date(2026, 11, 25), date(2027, 2, 28), date(2028, 2, 29)]
MINUTES = resources.files("ydan_service.demo") / "minutes"


def by_name(scene: Scene) -> str:
    return scene.name


def test_every_file_is_played_and_every_session_has_its_file() -> None:
    """Nothing lies about unused."""
    files = {file.name for file in MINUTES.iterdir()}
    assert files == {f"{scene.name}.txt" for scene in SCENES}
    assert len(SCENES) >= 24


@pytest.mark.parametrize("scene", SCENES, ids=by_name)
def test_minutes_name_no_year_of_their_own(scene: Scene) -> None:
    """A year that is written out grows old; decades past are part of people's stories."""
    raw = (MINUTES / f"{scene.name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"\b20\d\d\b", raw) == []


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("scene", SCENES, ids=by_name)
def test_a_session_was_held_within_the_year_on_a_weekday(scene: Scene, today: date) -> None:
    """Whenever the demo is opened."""
    held = scene.held(today)
    assert today - timedelta(days=366) <= held < today
    assert held.weekday() < 5
    text = read_minutes(scene, today)
    assert "{" not in text
    assert f"{held.year}" in text


@pytest.mark.parametrize("scene", SCENES, ids=by_name)
def test_minutes_hold_no_number_of_a_person(scene: Scene) -> None:
    """No phone, no identity number, no plate, no address on the net."""
    text = read_minutes(scene, DAYS[0])
    assert [found for found in find_personal(text) if found.kind != "plot"] == []
    assert re.findall(r"\d{8,}", text) == []


def test_every_commune_and_person_of_the_script_is_known() -> None:
    """A slip of the pen shows here, not at somebody's first look."""
    script = load_script()
    places = {place.name for place in script.places}
    people = {one.username for one in script.people}
    assert {scene.commune for scene in script.scenes} == places
    assert {planned.commune for planned in script.planned} <= places
    assert {place.secretary for place in script.places} <= people
    assert {one.roles for one in script.people if one.signs_in} == {(role,) for role in ROLES}


def test_each_commune_comes_back_to_what_it_promised() -> None:
    """At least three sessions each, and the two newest are left to review."""
    for place in load_script().places:
        assert sum(scene.commune == place.name for scene in SCENES) >= 3
    assert [scene.stage for scene in SCENES[-2:]] == ["review", "review"]
    assert any(scene.conclusion is None for scene in SCENES)
