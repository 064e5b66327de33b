"""Figures that are worked out when somebody looks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from prometheus_client.core import Metric

from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.store import Store
from ydan_service.store.tables import BulkJob, BulkPart, Job, Webhook, WebhookDelivery, now
from ydan_service.watch.collectors import Processes, Queues


def values(found: object) -> dict[str, float]:
    metrics: list[Metric] = list(found)  # type: ignore[call-overload]
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for metric in metrics
        for sample in metric.samples
    }


def test_an_empty_store_has_empty_queues(store: Store) -> None:
    """All of them are there, at zero."""
    found = values(Queues(store).collect())
    assert found["ydan_store_up"] == 1
    for queue, states in {
        "minutes": ("queued", "running"),
        "bulk": ("queued", "running"),
        "webhooks": ("queued", "dead"),
    }.items():
        assert [found[f"ydan_queue {queue} {state}"] for state in states] == [0, 0]
        assert found[f"ydan_queue_oldest_seconds {queue}"] == 0


def test_what_waits_is_counted(store: Store) -> None:
    """Minutes to be read, parts of jobs, webhooks given up; and how long the oldest waits."""
    long_ago = now() - timedelta(hours=1)
    with store.begin() as session:
        session.add(Job(kind="read", created_at=long_ago))
        session.add(Job(kind="read", state="done"))
        later = now() + timedelta(days=7)
        parts = [BulkPart(number=number, count=1, state=state) for number, state in enumerate(("queued", "running"))]
        session.add(BulkJob(id="j", state="running", expires_at=later, created_at=long_ago, parts=parts))
        session.add(Webhook(id="w", url="https://a.example/", events=[]))
        session.flush()
        session.add(WebhookDelivery(id="d", webhook_id="w", event="job.done", payload={}, state="dead"))
    found = values(Queues(store).collect())
    assert found["ydan_queue minutes queued"] == 1
    assert (found["ydan_queue bulk queued"], found["ydan_queue bulk running"]) == (1, 1)
    assert found["ydan_queue webhooks dead"] == 1
    assert 3590 < found["ydan_queue_oldest_seconds minutes"] < 3700
    assert 3590 < found["ydan_queue_oldest_seconds bulk"] < 3700


def test_a_store_that_is_gone_is_down_and_breaks_nothing(tmp_path: Path) -> None:
    """Metrics are needed most just then."""
    store = Store(open_engine(sqlite_url(tmp_path / "none.db")), KeyRing.random())
    assert values(Queues(store).collect()) == {"ydan_store_up": 0}


def test_the_queues_are_counted_only_every_few_seconds(sqlite_store: Store) -> None:
    """Whoever asks, and however often."""
    queues = Queues(sqlite_store)
    before = queues.collect()
    assert queues.collect() is before


def test_a_process_shows_its_memory_and_time() -> None:
    """Under Prometheus' customary names."""
    found = values(Processes().collect())
    assert found["ydan_processes"] == 1
    assert found["process_resident_memory_bytes"] > 1e7
    assert found["process_cpu_seconds_total"] > 0
