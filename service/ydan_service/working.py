"""``ydan-serve worker``: a process that only works, on as many machines as are wanted; it answers nothing over HTTP."""

from __future__ import annotations

import signal
import threading

from ydan_service import models
from ydan_service.background import Background
from ydan_service.models import Models
from ydan_service.settings import Settings, SettingsError
from ydan_service.store.opening import open_store
from ydan_service.watch import logs


def work(settings: Settings, concurrency: int | None = None, stopped: threading.Event | None = None) -> None:
    """Assess jobs and deliver webhooks until stopped (Ctrl+C, SIGTERM).

    :raises SettingsError: the store is SQLite: there the server itself works, beside it nobody may.
    """
    if not settings.database_url_is_postgresql:
        raise SettingsError(
            "ydan-serve worker cần PostgreSQL (YDAN_DATABASE_URL). Với SQLite, máy chủ tự làm các việc được giao."
        )
    stopped = stopped or threading.Event()
    logs.configure(settings)
    loaded, pointer = models.first(settings)
    changing = Models(loaded, pointer, settings)
    background = Background(
        open_store(settings), loaded.predictor, settings, works=True, concurrency=concurrency, bundle=loaded.folder
    )
    changing.tell(lambda new: background.use(new.predictor, new.folder))
    if threading.current_thread() is threading.main_thread():
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda _signal, _frame: stopped.set())
    background.start()
    print(f"Đang chờ việc, làm {background.crew.size} phần một lúc (dừng: Ctrl+C)", flush=True)
    try:
        while not stopped.wait(1.0):
            changing.look()
    finally:
        background.stop()
        background.store.engine.dispose()
