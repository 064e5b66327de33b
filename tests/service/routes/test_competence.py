"""The competence table over HTTP: the whole of it, and who settles one matter on one day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ydan.competence import load_competence
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings

ROAD = "/v1/competence/provincial_road"


def test_the_table_holds_every_rule_and_period(client: TestClient, predictor: Predictor) -> None:
    """Each matter has one; the periods follow each other without a gap."""
    found = client.get("/v1/competence").json()
    assert {rule["matter"] for rule in found["rules"]} == set(predictor.taxonomy.matters)
    assert len({rule["rule"] for rule in found["rules"]}) == len(found["rules"])
    periods = found["periods"]
    assert [period["until"] for period in periods[:-1]] == [period["from"] for period in periods[1:]]
    assert periods[-1]["until"] is None
    assert len(found["provinces"]) == 34


@pytest.mark.parametrize("day", ["2024-01-01", "2025-06-30", "2025-07-01", "2026-03-01"])
def test_a_ruling_is_the_tables_own(client: TestClient, day: str) -> None:
    """Level, body and basis, for every tenth matter."""
    table = load_competence()
    for matter in list(client.get("/v1/taxonomy").json()["matters"])[::10]:
        found = client.get(f"/v1/competence/{matter['id']}", params={"date": day}).json()
        ruling = table.lookup(matter["id"], date.fromisoformat(day))
        assert (found["level"]["id"], found["body"]["id"], found["body"]["label"], found["basis"]) == (
            ruling.level, ruling.body, ruling.body_label, ruling.basis,
        )  # fmt: skip
        assert found["date"] == day
        assert found["period"]["from"] == ruling.period.begins


def test_the_host_decides_what_is_above(client: TestClient) -> None:
    """A provincial road is above a commune, not above a province."""
    assert client.get(ROAD, params={"date": "2026-03-01"}).json()["above_host"]
    assert not client.get(ROAD, params={"date": "2026-03-01", "host_level": "province"}).json()["above_host"]


def test_today_is_the_day_unless_said(client: TestClient) -> None:
    """The answer tells which day it was."""
    assert client.get(ROAD).json()["date"] == date.today().isoformat()


def test_an_unknown_matter_names_the_near_ones(client: TestClient) -> None:
    """404 and what it might have been."""
    found = client.get("/v1/competence/provincial_rod")
    assert (found.status_code, found.json()["code"]) == (404, "unknown_matter")
    assert "provincial_road" in found.json()["detail"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"date": "1/3/2026"}, "bad_date"),
        ({"date": ""}, "bad_date"),
        ({"date": "1970-01-01"}, "date_before_1975"),
        ({"province": "Atlantis"}, "unknown_province"),
        ({"host_level": "ward"}, "unknown_host_level"),
        ({"host_level": "district", "date": "2025-07-01"}, "district_abolished"),
    ],
)
def test_a_wrong_question_is_a_problem(client: TestClient, query: dict[str, str], code: str) -> None:
    """422 with the code of a session."""
    found = client.get(ROAD, params=query)
    assert (found.status_code, found.json()["code"]) == (422, code)


def test_a_provinces_own_rule_wins_there_and_is_in_the_table(root: Path) -> None:
    """With the office's own file loaded; elsewhere the common rule stands."""
    file = root / "docs/examples/override-hai-phong.csv"
    predictor = Predictor.load(overrides=[file])
    client = TestClient(create_app(Settings(overrides=(file,)), predictor))
    own = [rule for rule in client.get("/v1/competence").json()["rules"] if rule["province"]]
    assert own
    path = f"/v1/competence/{own[0]['matter']}"
    day = own[0]["from"] or "2026-03-01"
    found = client.get(path, params={"date": day, "province": "Hải Phòng"}).json()
    assert found["overridden"]
    assert (found["certainty"], found["province"]) == ("local", {"code": "31", "name": "Hải Phòng"})
    assert not client.get(path, params={"date": day, "province": "Hà Nội"}).json()["overridden"]
    assert found["competence"]["version"].startswith("1.0.0+")
