"""Figures that are worked out when somebody looks: queues, the model, drift, the process."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from fastapi import FastAPI
from prometheus_client import ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ydan_service.metrics import SHARED
from ydan_service.store.store import Store

_LOG = logging.getLogger(__name__)
PIDS = "processes.json"
_KEPT_SECONDS = 5.0
"""The queues are counted no oftener, whoever asks: two collectors of metrics must not double the work."""
_SUMMED = ("process_virtual_memory_bytes", "process_resident_memory_bytes", "process_cpu_seconds", "process_open_fds")


def collectors(app: FastAPI) -> list[Collector]:
    """All of them."""
    found: list[Collector] = [ModelFigures(app), DriftFigures(app), AdmissionFigures(app), Processes()]
    return found if app.state.store is None else [*found, Queues(app.state.store)]


class ModelFigures(Collector):
    """Which model answers, and whether another one was asked for and could not be used."""

    def __init__(self, app: FastAPI) -> None:
        self._state = app.state

    def collect(self) -> Iterator[Metric]:
        """The current one's names as labels of a 1."""
        models = self._state.models
        predictor = models.current.predictor
        names = ("name", "version", "taxonomy", "competence")
        bundle = predictor.bundle
        info = GaugeMetricFamily("ydan_model_info", "The model that answers.", labels=names)
        info.add_metric([bundle.name, bundle.version, predictor.taxonomy.version, predictor.competence.version], 1)
        yield info
        yield GaugeMetricFamily(
            "ydan_model_switch_failed",
            "1 while another model was chosen that cannot be used.",
            value=int(models.trouble is not None),
        )


class DriftFigures(Collector):
    """How far what comes in is from what the model learned from."""

    def __init__(self, app: FastAPI) -> None:
        self._state = app.state

    def collect(self) -> Iterator[Metric]:
        """Absent where there is no reference or too little to tell; the size of the sample is always there."""
        report = self._state.drift.report()
        seen = report.seen.profile
        yield GaugeMetricFamily(
            "ydan_drift_opinions", "Opinions in the window that drift is told from.", value=seen.opinions
        )
        index = GaugeMetricFamily(
            "ydan_drift_psi", "Population stability index against training, less what chance gives.", labels=["of"]
        )
        for each in report.differences:
            if each.verdict != "too_few":
                index.add_metric([each.of], max(each.psi - each.noise, 0.0))
        yield index
        shares = GaugeMetricFamily(
            "ydan_text_share",
            "Unknown syllables, and texts without diacritics: now and in training.",
            labels=["of", "when"],
        )
        for when, profile in (("now", seen), ("training", report.reference)):
            if profile is not None and profile.texts:
                shares.add_metric(["unknown", when], profile.unknown_share)
                shares.add_metric(["undiacritized", when], profile.share("diacritics", "without"))
        yield shares


class AdmissionFigures(Collector):
    """How full this process is."""

    def __init__(self, app: FastAPI) -> None:
        self._state = app.state

    def collect(self) -> Iterator[Metric]:
        """Places taken and there are; of this process alone where there are several."""
        admission = getattr(self._state, "admission", None)
        if admission is None:
            return
        yield GaugeMetricFamily(
            "ydan_places_taken", "Places for programs' requests that are taken (YDAN_MOST_WAITING).",
            value=admission.under_way,
        )  # fmt: skip
        yield GaugeMetricFamily("ydan_places", "Places for programs' requests that there are.", value=admission.most)


class Processes(Collector):
    """Memory, processor time and files of this process, or of all processes on the port together."""

    def __init__(self) -> None:
        self._folder = Path(os.environ[SHARED]) if SHARED in os.environ else None

    def collect(self) -> Iterator[Metric]:
        """The customary ``process_*`` figures."""
        pids = _pids(self._folder) if self._folder is not None else [os.getpid()]
        yield GaugeMetricFamily("ydan_processes", "Processes that answer on the port.", value=len(pids))
        totals: dict[str, tuple[Metric, float]] = {}
        for pid in pids:
            for metric in _of_process(pid):
                value = metric.samples[0].value
                if metric.name in _SUMMED and metric.name in totals:
                    value += totals[metric.name][1]
                elif metric.name in totals:
                    value = min(value, totals[metric.name][1])
                totals[metric.name] = (metric, value)
        for name, (metric, value) in totals.items():
            kind = CounterMetricFamily if metric.type == "counter" else GaugeMetricFamily
            yield kind(name, metric.documentation, value=value)


class Queues(Collector):
    """What waits in the database: minutes to be read, jobs, webhooks; and whether the database answers at all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._kept: tuple[float, list[Metric]] | None = None

    def collect(self) -> Iterable[Metric]:
        """Counted at most every few seconds."""
        with self._lock:
            if self._kept is None or time.monotonic() - self._kept[0] > _KEPT_SECONDS:
                self._kept = (time.monotonic(), self._count())
            return self._kept[1]

    def _count(self) -> list[Metric]:
        up = GaugeMetricFamily("ydan_store_up", "1 while the database answers.")
        jobs = GaugeMetricFamily("ydan_queue", "Pieces of work that wait or are being done.", labels=["queue", "state"])
        oldest = GaugeMetricFamily(
            "ydan_queue_oldest_seconds", "Age of the oldest piece of work that is not done.", labels=["queue"]
        )
        try:
            with self._store.read() as session:
                for queue, figures in _queues(session):
                    for state in figures:
                        if state != "oldest_seconds":
                            jobs.add_metric([queue, state], figures[state])
                    if "oldest_seconds" in figures:
                        oldest.add_metric([queue], figures["oldest_seconds"])
            up.add_metric([], 1)
        except SQLAlchemyError as error:
            _LOG.warning("the queues cannot be counted: %s", type(error).__name__)
            up.add_metric([], 0)
        return [up, jobs, oldest]


def _queues(session: Session) -> Iterator[tuple[str, dict[str, float]]]:
    yield "minutes", _minutes(session)
    for queue, module, name in (
        ("bulk", "ydan_service.programs.bulk.figures", "queue_figures"),
        ("webhooks", "ydan_service.programs.webhooks.figures", "figures"),
    ):
        try:
            figures: Callable[[Session], Any] = getattr(import_module(module), name)
        except (ImportError, AttributeError):
            continue
        yield queue, {key: float(value) for key, value in figures(session).items()}


def _minutes(session: Session) -> dict[str, float]:
    from ydan_service.store.tables import Job, now

    waiting = Job.state.in_(("queued", "running"))
    found = select(Job.state, func.count()).where(waiting).group_by(Job.state)
    counts: dict[str, float] = {state: float(count) for state, count in session.execute(found)}
    oldest = session.scalar(select(func.min(Job.created_at)).where(waiting))
    age = 0.0 if oldest is None else max(0.0, (now() - oldest).total_seconds())
    return {"queued": 0.0, "running": 0.0, **counts, "oldest_seconds": age}


def _pids(folder: Path) -> list[int]:
    """The processes that share ``folder``, as the supervisor wrote them down."""
    try:
        return [int(pid) for pid in json.loads((folder / PIDS).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return [os.getpid()]


def _of_process(pid: int) -> list[Metric]:
    return list(ProcessCollector(pid=lambda: pid, registry=None).collect())
