"""The model card and the self-test over HTTP."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from starlette.testclient import TestClient

from tests.models.test_golden import _a_bias, forge, tamper
from ydan.card import LANGUAGES, load_card_words
from ydan.model import default_bundle_path
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.routes.model import SelftestOut
from ydan_service.settings import Settings


def serving(folder: Path) -> TestClient:
    return TestClient(create_app(Settings(bundle=folder), Predictor.load(folder)))


def test_the_card_holds_what_the_bundle_measured(client: TestClient, predictor: Predictor) -> None:
    """Figures with intervals, thresholds, the data's hash, and how often it is wrong when it is how sure."""
    found = client.get("/v1/model").json()
    about = predictor.bundle.about
    assert found["figures"] == json.loads(json.dumps(about["figures"]))
    low, high = found["figures"]["test"]["topic"]["accuracy_95"]
    assert low < found["figures"]["test"]["topic"]["accuracy"] < high
    assert found["data"] == {"trained_on": about["trained_on"], "sha256": about["data_sha256"]}
    assert found["measured"]["steps"]["topic"][0]["n"] == found["measured"]["size"]


def test_the_cards_words_are_those_of_the_page(client: TestClient, root: Path) -> None:
    """Said once: what it is for, what not, where it is weak."""
    page = " ".join((root / "docs/model-card.md").read_text(encoding="utf-8").replace("*", "").split())
    card = client.get("/v1/model", headers={"accept-language": "en"}).json()["card"]
    for words in (
        card["kind"],
        card["intended_use"],
        card["rule"],
        card["confidence"],
        *card["not_for"],
        *card["limits"],
    ):
        assert words in page


def test_both_languages_say_as_much() -> None:
    """As many limits and warnings; nothing empty."""
    known = load_card_words()
    vi, en = (known[language] for language in LANGUAGES)
    assert len(vi.limits) == len(en.limits)
    assert len(vi.not_for) == len(en.not_for)
    assert all(getattr(words, name) for words in (vi, en) for name in ("kind", "intended_use", "rule", "data"))


def test_the_shipped_model_proves_itself(client: TestClient) -> None:
    """Every check by name, with what was expected and found."""
    found = client.get("/v1/selftest")
    assert found.status_code == 200
    body = found.json()
    SelftestOut.model_validate(body)
    assert body["result"] == "passed"
    assert body["examples"] == 60
    assert len(body["checks"]) > 15
    assert body["model"]["name"] == "ydan-default"


def test_the_proof_is_kept_until_a_fresh_one_is_asked_for(tmp_path: Path) -> None:
    """What changes on the disk shows with ``fresh=true``."""
    folder = Path(shutil.copytree(default_bundle_path(), tmp_path / "bundle"))
    client = serving(folder)
    assert client.get("/v1/selftest").status_code == 200
    tamper(folder, _a_bias)
    assert client.get("/v1/selftest").status_code == 200
    assert client.get("/v1/selftest?fresh=true").status_code == 503
    assert client.get("/v1/selftest").status_code == 503


def test_a_tampered_weight_fails_it_though_the_manifest_fits(tmp_path: Path) -> None:
    """503, the checks that failed in words and in the report."""
    folder = Path(shutil.copytree(default_bundle_path(), tmp_path / "bundle"))
    tamper(folder, _a_bias)
    forge(folder)
    found = serving(folder).get("/v1/selftest")
    body = found.json()
    assert (found.status_code, found.headers["content-type"]) == (503, "application/problem+json")
    assert (body["status"], body["code"], body["result"]) == (503, "selftest_failed", "failed")
    wrong = [check["name"] for check in body["checks"] if not check["passed"]]
    assert "confidences" in wrong
    assert all(name in body["detail"] for name in wrong)


def test_a_model_without_examples_says_how_to_get_some(tiny_bundle: Path) -> None:
    """It cannot prove anything."""
    found = serving(tiny_bundle).get("/v1/selftest")
    assert found.status_code == 503
    assert "ydan-train golden" in found.json()["detail"]
