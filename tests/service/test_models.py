"""The model is changed while the server runs: checked and proved first, swapped whole, the old one freed."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.service.conftest import GOOD
from tests.service.models_at_hand import another, change, cut_off
from ydan.errors import BundleError
from ydan.model import signature
from ydan.model.bundle import default_bundle_path
from ydan_service import models
from ydan_service.app import create_app
from ydan_service.model_pointer import Pointer
from ydan_service.models import Loaded, Models
from ydan_service.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", serve_pages=False)


@pytest.fixture
def client(settings: Settings) -> TestClient:
    """An app that follows the pointer in its data folder; the test itself lets it look."""
    loaded, pointer = models.first(settings)
    app = create_app(settings, loaded.predictor, models=Models(loaded, pointer, settings))
    return TestClient(app, raise_server_exceptions=False)


def choose(settings: Settings, folder: Path, version: str = "?") -> None:
    Pointer(settings.data_dir).choose(folder, "ydan-default", version)


def look(client: TestClient) -> None:
    client.app.state.models.look()  # type: ignore[attr-defined]


def version(client: TestClient) -> str:
    answer = client.post("/v1/classify", json={"opinions": [{"text": GOOD}]}).json()
    assert "topic" in answer["results"][0]
    return str(answer["model"]["version"])


def test_another_model_answers_once_it_was_chosen(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    """Every answer, the card and the metrics name it; and the one before, when it is chosen again."""
    assert version(client) == "1.0.0"
    assert client.get("/v1/model").json()["version"] == "1.0.0"
    choose(settings, another(tmp_path / "new"))
    look(client)
    assert version(client) == "1.0.1"
    assert client.get("/v1/model").json()["version"] == "1.0.1"
    assert client.get("/health/ready").json()["model"]["version"] == "1.0.1"
    text = client.get("/metrics").text
    assert 'version="1.0.1"} 1.0' in text
    assert 'version="1.0.0"' not in text
    assert 'ydan_model_switches_total{outcome="done"} 1.0' in text
    Pointer(settings.data_dir).go_back()
    look(client)
    assert version(client) == "1.0.0"


def test_a_start_takes_the_model_that_was_chosen(settings: Settings, tmp_path: Path) -> None:
    """Also after a restart."""
    choose(settings, another(tmp_path / "new"))
    assert models.first(settings)[0].predictor.bundle.version == "1.0.1"


def test_a_start_without_the_chosen_model_takes_the_one_before(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """And says so."""
    choose(settings, another(tmp_path / "a", "1.0.1"))
    choose(settings, cut_off(tmp_path / "b"), "1.0.2")
    assert models.first(settings)[0].predictor.bundle.version == "1.0.1"
    assert "1.0.2" in caplog.text


def test_a_start_without_any_is_refused(tmp_path: Path) -> None:
    """The error is that of the settings' own bundle."""
    settings = Settings(data_dir=tmp_path, bundle=tmp_path / "none", serve_pages=False)
    choose(settings, cut_off(tmp_path / "b"))
    with pytest.raises(BundleError, match="none"):
        models.first(settings)


@pytest.mark.parametrize("kind", ["missing", "cut off", "wrong answers"])
def test_a_model_that_cannot_be_used_changes_nothing(
    client: TestClient, settings: Settings, tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The old one goes on; log, metrics and readiness tell; the next good one ends it."""
    bad = tmp_path / "bad"
    if kind == "cut off":
        cut_off(bad)
    elif kind == "wrong answers":  # the examples beside it were another model's
        another(bad)
        (bad / "golden.jsonl").write_bytes((default_bundle_path() / "golden.jsonl").read_bytes())
        change(bad, about={"golden_sha256": "0" * 64})
    choose(settings, bad)
    look(client)
    assert version(client) == "1.0.0"
    found = client.get("/health/ready").json()
    assert found["status"] == "ready"
    assert found["model_switch"]["failed"] == "bundle"
    assert str(tmp_path) not in str(found)  # nobody needs a key to read this
    assert "ydan_model_switch_failed 1.0" in client.get("/metrics").text
    assert str(bad) in caplog.text
    choose(settings, another(tmp_path / "good"))
    look(client)
    assert "model_switch" not in client.get("/health/ready").json()
    assert version(client) == "1.0.1"


def test_a_damaged_pointer_changes_nothing(client: TestClient, settings: Settings) -> None:
    """Somebody edited it by hand."""
    settings.data_dir.mkdir(parents=True)
    Pointer(settings.data_dir).file.write_text("{", encoding="utf-8")
    look(client)
    assert client.get("/health/ready").json()["model_switch"]["failed"] == "model_pointer"
    assert version(client) == "1.0.0"


def test_only_a_signed_model_is_taken_where_a_key_is_set(tmp_path: Path) -> None:
    """At the start and at a switch."""
    signature.new_key(tmp_path / "key")
    settings = Settings(
        data_dir=tmp_path / "data", serve_pages=False, bundle_public_key=tmp_path / "key.pub",
        bundle=another(tmp_path / "mine", "1.0.1"),
    )  # fmt: skip
    with pytest.raises(BundleError, match="chưa ký"):
        models.first(settings)
    signature.sign(tmp_path / "mine", tmp_path / "key")
    loaded, pointer = models.first(settings)
    current = Models(loaded, pointer, settings)
    choose(settings, another(tmp_path / "new", "1.0.2"))
    current.look()
    assert current.trouble is not None
    assert current.current is loaded
    signature.sign(tmp_path / "new", tmp_path / "key")
    choose(settings, tmp_path / "new")
    current.look()
    assert current.current.predictor.bundle.version == "1.0.2"


def test_the_old_model_is_freed(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    """Nothing holds it: no cache, no worker, no closure."""
    version(client)
    for path in ("/v1/model", "/v1/taxonomy", "/v1/selftest", "/v1/drift", "/metrics"):
        assert client.get(path).status_code == 200
    old = weakref.ref(client.app.state.predictor.bundle.heads)  # type: ignore[attr-defined]
    choose(settings, another(tmp_path / "new"))
    look(client)
    version(client)
    gc.collect()
    assert old() is None


def test_whoever_keeps_a_model_is_told(settings: Settings, predictor: object, tmp_path: Path) -> None:
    """In the order of telling."""
    current = Models(models.load(settings, None, proved=True))
    told: list[tuple[int, str]] = []
    for number in (1, 2):
        current.tell(lambda new, number=number: told.append((number, new.predictor.bundle.version)))  # type: ignore[misc]
    current.switch(models.load(settings, another(tmp_path / "new")))
    assert told == [(1, "1.0.1"), (2, "1.0.1")]


def test_without_a_pointer_nothing_is_looked_for(settings: Settings) -> None:
    """The demo, and a test's own app."""
    current = Models(Loaded(models.load(settings, None, proved=True).predictor, None))
    current.look()
    assert current.trouble is None
