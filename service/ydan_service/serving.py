"""Serving: the store opened and brought up to date, the models loaded, the app built, the first link shown."""

from __future__ import annotations

import gc
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI

from ydan_service import models
from ydan_service.app import create_app
from ydan_service.environment import settings_from
from ydan_service.models import Loaded, Models
from ydan_service.settings import Settings
from ydan_service.watch import logs

if TYPE_CHECKING:
    from ydan_service.store.store import Store

GRACEFUL_SECONDS = 30
"""For requests in flight, when the server is told to stop."""


def serve(settings: Settings, *, demo: bool = False) -> None:
    """Serve until stopped.

    :raises YDanError: the model, an override file, the database or the keys are not right.
    """
    if demo:
        signal.signal(signal.SIGTERM, _end)  # while it is being filled as well, its folder goes with the server
    logs.configure(settings)
    if settings.workers > 1 and not demo:
        _serve_by_several(settings)
        return
    app = build(settings, demo=demo)
    gc.freeze()  # what starting made stays until the end: no later collection walks through it
    gc.enable()
    print(greeting(settings), flush=True)
    if app.state.demo is not None:
        _serve_demo(app, settings)
        return
    _print_link(app.state.store, settings)
    look_on_hangup(app)
    _run(app, settings)


def _serve_by_several(settings: Settings) -> None:
    """What can be wrong is found, the store brought up to date, greeting and link shown once, here."""
    from ydan_service.supervisor import supervise

    models.first(settings)
    gc.enable()
    print(greeting(settings), flush=True)
    if settings.has_store:
        from ydan_service.store.opening import open_store

        store = open_store(settings)
        _print_link(store, settings)
        store.engine.dispose()
    supervise(settings)


def _print_link(store: Store | None, settings: Settings) -> None:
    link = first_link(store, settings)
    if link is not None:
        print(f"Chưa có tài khoản nào. Mở đường dẫn này một lần để lập tài khoản quản trị: {link}", flush=True)


def _serve_demo(app: FastAPI, settings: Settings) -> None:
    """Say who may sign in; whatever ends the server, the demo's folder goes with it."""
    demo = app.state.demo
    try:
        accounts = ", ".join(one.username for one in demo.people)
        print(f"Bản xem thử. Tài khoản: {accounts}. Mật khẩu chung: {demo.password}", flush=True)
        _run(app, settings)
    finally:
        demo.close()


def _end(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def _run(app: FastAPI, settings: Settings) -> None:
    uvicorn.run(app, **server_options(settings))


def server_options(settings: Settings) -> dict[str, Any]:
    """What the web server is told, in one process or in several."""
    return {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,  # logs.configure has done it
        "log_level": "warning",
        "access_log": False,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": ",".join(settings.trusted_proxies),
        "timeout_graceful_shutdown": GRACEFUL_SECONDS,
    }


def app_from_environment() -> FastAPI:
    """One of several processes builds its own app; everything it must know is in its environment."""
    settings = settings_from(os.environ)
    logs.configure(settings)
    app = build(settings)
    gc.freeze()
    look_on_hangup(app)
    return app


def look_on_hangup(app: FastAPI) -> None:
    """SIGHUP: look at once whether another model was chosen. In a terminal it still ends the server with its window."""
    if hasattr(signal, "SIGHUP") and not (sys.stdin is not None and sys.stdin.isatty()):
        signal.signal(signal.SIGHUP, lambda _signal, _frame: app.state.ticker.wake())


def build(settings: Settings, *, demo: bool = False) -> FastAPI:
    """The app as the settings say: with pages and a store, or the stateless routes alone."""
    if demo:
        from ydan_service.demo.open import require_loopback

        require_loopback(settings)
        loaded = models.load(settings, None, proved=True)
        changing = Models(loaded)
    else:
        loaded, pointer = models.first(settings)
        changing = Models(loaded, pointer, settings)
    return _build(settings, loaded, changing, demo=demo)


def _build(settings: Settings, loaded: Loaded, changing: Models, *, demo: bool) -> FastAPI:
    predictor = loaded.predictor
    if not settings.has_store:
        return create_app(settings, predictor, models=changing)
    from ydan.minutes.reader import MinutesReader

    kind: type[MinutesReader] = MinutesReader
    if settings.traces:
        from ydan_service.watch.traces import TracedReader

        kind = TracedReader
    reader = kind.load(predictor.bundle)
    if demo:
        from ydan_service.demo import open_demo

        opened = open_demo(settings, predictor, reader, say=partial(print, flush=True))
        app = create_app(settings, predictor, store=opened.store, minutes_reader=reader, models=changing)
        app.state.demo = opened
        return app
    from ydan_service.store.opening import open_store

    return create_app(settings, predictor, store=open_store(settings), minutes_reader=reader, models=changing)


def first_link(store: Store | None, settings: Settings) -> str | None:
    """A link that works once, while the store has no account."""
    if store is None or not settings.serve_pages:
        return None
    from ydan_service.accounts import first_start, links

    with store.begin() as session:
        return first_start.issue_link(session, settings.base_url) if links.nobody_yet(session) else None


def greeting(settings: Settings) -> str:
    """What the console says when it begins."""
    if settings.serve_pages:
        return f"Văn phòng Ý Dân ở {settings.base_url} (dừng: Ctrl+C)"
    return f"Ý Dân nhận ý kiến ở {settings.base_url}/v1/classify (dừng: Ctrl+C)"
