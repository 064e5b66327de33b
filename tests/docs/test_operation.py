"""Dashboard, alerts and the page on operation name metrics that there are, and all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings
from ydan_service.store.opening import open_store

yaml = pytest.importorskip("yaml")
BRIBE = "Đề nghị tỉnh thanh tra ngay ông chủ tịch xã nhận hối lộ 200 triệu để cấp sổ đỏ sai, dân kéo lên xã đòi đất."
_METRIC = re.compile(r"\b(?:ydan|process)_[a-z_]+\b")


@pytest.fixture(scope="module")
def exposed(predictor: Predictor, root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Names of samples with their labels, from a server with a store that was asked enough to tell drift."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), serve_pages=False)
    store = open_store(settings)
    client = TestClient(create_app(settings, predictor, store=store))
    lines = (root / "data/opinions/test.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    client.post("/v1/classify", json={"opinions": [{"text": text} for text in [*texts, BRIBE, ""]]})
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    store.engine.dispose()
    return found


def queries(root: Path) -> Iterator[tuple[str, str]]:
    """Every query of the dashboard and of the alerts, and where it stands."""
    board = json.loads((root / "docs/operation/grafana.json").read_text(encoding="utf-8"))
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]
    for rule in rules(root):
        yield rule["alert"], rule["expr"]


def rules(root: Path) -> list[dict[str, Any]]:
    text = (root / "docs/operation/alerts.yml").read_text(encoding="utf-8")
    return [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


def page(root: Path, name: str = "operation.md") -> str:
    return (root / "docs" / name).read_text(encoding="utf-8")


def test_every_query_names_metrics_and_labels_that_there_are(root: Path, exposed: dict[str, set[str]]) -> None:
    """A misspelt one would be an empty panel, an alert that never rings."""
    wrong = []
    for where, query in queries(root):
        bare = re.sub(r'"[^"]*"', '""', query)
        for name, chosen in re.findall(r"\b((?:ydan|process)_[a-z_]+)(?:\{([^}]*)\})?", bare):
            labels = set(re.findall(r"([a-z_]+)\s*[=!]", chosen))
            if name not in exposed or not labels <= exposed[name] | {"job", "instance"}:
                wrong.append((where, name, labels))
        for label in re.findall(r"by \(([a-z_, ]+)\)", bare):
            known = set().union(*(exposed[name] for name in _METRIC.findall(bare) if name in exposed))
            wrong += [(where, "by", each) for each in re.split(r",\s*", label) if each not in known | {"instance"}]
    assert wrong == []


def test_every_query_is_about_our_servers_alone(root: Path) -> None:
    """Another program on the same Prometheus has process metrics too."""
    assert [where for where, query in queries(root) if "job=" not in query and where != "YDanDown"] == []
    for where, query in queries(root):
        assert query.count("(") == query.count(")"), where
        assert query.count("{") == query.count("}"), where


def test_the_values_that_queries_choose_are_there(root: Path) -> None:
    """Queues, states and distributions by their names."""
    from ydan.model.drift import TEXTS

    alerts = {rule["alert"]: rule["expr"] for rule in rules(root)}
    assert set(re.findall(r'of=~"([a-z|]+)"', alerts["YDanDrift"])[0].split("|")) == set(TEXTS)
    assert 'queue="webhooks", state="dead"' in alerts["YDanWebhooksDead"]
    assert 'route="/v1/classify"' in alerts["YDanSlow"]


def test_the_page_lists_every_metric_and_no_other(root: Path, exposed: dict[str, set[str]]) -> None:
    """By the name under which it is asked for; with its labels."""
    table = page(root).partition("| Metric |")[2].partition("\n\n")[0]
    named = set(_METRIC.findall("".join(line.split("|")[1] for line in table.splitlines()[2:])))
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in exposed if name.startswith(("ydan_", "process_"))}
    assert named == families
    for line in table.splitlines()[2:]:
        cells = line.split("|")
        for name in _METRIC.findall(cells[1]):
            if name.startswith("ydan_"):
                samples = [
                    labels for each, labels in exposed.items() if re.sub(r"_(bucket|count|sum)$", "", each) == name
                ]
                assert set(re.findall(r"`([a-z]+)`", cells[3])) == set().union(*samples) - {"le"}, name


def test_every_alert_is_explained_in_the_runbook(root: Path) -> None:
    """Under the heading that it links to; and no heading is about an alert that is gone."""
    headings = set(re.findall(r"^## (YDan\w+)$", page(root, "operation/runbook.md"), re.MULTILINE))
    assert headings == {rule["alert"] for rule in rules(root)}
    for rule in rules(root):
        assert rule["annotations"]["runbook"] == f"docs/operation/runbook.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert re.fullmatch(r"\d+[mhd]", rule["for"])


def test_the_dashboard_is_one_that_grafana_takes(root: Path) -> None:
    """Each panel its own id and place, and a source that can be chosen."""
    board = json.loads((root / "docs/operation/grafana.json").read_text(encoding="utf-8"))
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids)) > 15
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(places) == len(set(places))
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in board["panels"])
    assert {each["name"] for each in board["templating"]["list"]} == {"datasource", "job"}


def test_prometheus_finds_metrics_where_they_are(root: Path) -> None:
    """The path, the rules beside it, a key."""
    config = yaml.safe_load((root / "docs/operation/prometheus.yml").read_text(encoding="utf-8"))
    (job,) = config["scrape_configs"]
    assert (job["job_name"], job["metrics_path"], config["rule_files"]) == ("ydan", "/metrics", ["alerts.yml"])
    assert job["authorization"]["type"] == "Bearer"


def test_the_commands_of_the_page_exist(root: Path) -> None:
    """Every ``ydan-serve`` and ``ydan-train`` line parses."""
    from ydan_service.cli import build_parser as serving
    from ydan_training.cli import build_parser as training

    text = "\n".join(re.findall(r"```sh\n(.*?)```", page(root), re.DOTALL))
    lines = [re.sub(r"\s+#.*", "", line).split() for line in text.splitlines() if line]
    lines = [line[1:] if "=" in line[0] else line for line in lines]
    parsers = {"ydan-serve": serving(), "ydan-train": training()}
    assert len(lines) > 4
    for name, *words in lines:
        parsers[name].parse_args(words)
