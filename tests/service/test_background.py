"""What runs beside the answers begins and ends with the app, and nothing of it stays."""

from __future__ import annotations

import threading

import pytest
from starlette.testclient import TestClient

from tests.service.programs.jobbing import app_of, at_work, hand_in, lines, wait
from ydan.minutes.reader import MinutesReader
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings, SettingsError
from ydan_service.store.store import Store
from ydan_service.working import work

OURS = ("ydan-bulk", "ydan-webhook", "ydan-sweep", "ydan-intake")


def ours() -> set[threading.Thread]:
    """The threads of an app's background; another test's server may have some of the same names."""
    return {thread for thread in threading.enumerate() if thread.name.startswith(OURS)}


def names(threads: set[threading.Thread]) -> set[str]:
    return {thread.name for thread in threads}


def test_threads_begin_and_end_with_the_app(store: Store, predictor: Predictor) -> None:
    """Jobs, webhooks, the sweeper; the reader of minutes only with pages."""
    before = ours()
    with at_work(store, predictor):
        begun = names(ours() - before)
        assert {"ydan-bulk", "ydan-webhooks", "ydan-sweep"} <= begun
        assert "ydan-intake" not in begun
    assert ours() <= before


def test_with_pages_minutes_are_read_too(sqlite_store: Store, predictor: Predictor) -> None:
    """One lifespan for both."""
    app, before = create_app(Settings(), predictor, sqlite_store, MinutesReader.load()), ours()
    with TestClient(app):
        assert {"ydan-intake", "ydan-bulk"} <= names(ours() - before)
    assert ours() <= before


def test_a_job_that_came_before_the_start_is_done_after_it(store: Store, predictor: Predictor) -> None:
    """What is announced waits in the store."""
    job = hand_in(TestClient(app_of(store, predictor)), lines(2)).json()
    with at_work(store, predictor) as client:
        assert wait(client, job)["done"] == 2


def test_without_a_store_nothing_runs(predictor: Predictor) -> None:
    """The stateless routes need no thread."""
    before = ours()
    with TestClient(app_of(None, predictor)):
        assert ours() <= before


def test_a_worker_beside_sqlite_is_refused() -> None:
    """There the server works; the message says so."""
    with pytest.raises(SettingsError, match="PostgreSQL"):
        work(Settings())


def test_a_worker_does_jobs_of_its_database(postgresql_store: Store, predictor: Predictor, keys: object) -> None:
    """Servers of several processes leave them to it."""
    from ydan_service.background import Background

    url = postgresql_store.engine.url.render_as_string(hide_password=False)
    settings = Settings(serve_pages=False, database_url=url, workers=2)
    app = create_app(settings, predictor, postgresql_store)
    assert not app.state.background.works
    with TestClient(app) as client:
        job = hand_in(client, lines(501)).json()
        worker = Background(postgresql_store, predictor, settings, works=True, concurrency=1)
        worker.start()
        try:
            assert wait(client, job)["done"] == 501
        finally:
            worker.stop()
