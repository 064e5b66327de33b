"""Serving: the store opened and brought up to date, the models loaded, the app built, the first link shown."""

from __future__ import annotations

import gc
import signal
from functools import partial

import uvicorn
from fastapi import FastAPI

from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings


def serve(settings: Settings, *, demo: bool = False) -> None:
    """Serve until stopped.

    :raises YDanError: the model, an override file, the database or the keys are not right.
    """
    if demo:
        signal.signal(signal.SIGTERM, _end)  # while it is being filled as well, its folder goes with the server
    app = build(settings, demo=demo)
    gc.freeze()  # what starting made stays until the end: no later collection walks through it
    gc.enable()
    print(greeting(settings), flush=True)
    if app.state.demo is not None:
        _serve_demo(app, settings)
        return
    link = first_link(app, settings)
    if link is not None:
        print(f"Chưa có tài khoản nào. Mở đường dẫn này một lần để lập tài khoản quản trị: {link}", flush=True)
    _run(app, settings)


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
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=",".join(settings.trusted_proxies),
    )


def build(settings: Settings, *, demo: bool = False) -> FastAPI:
    """The app as the settings say: with pages and a store, or the stateless routes alone."""
    if demo:
        from ydan_service.demo.open import require_loopback

        require_loopback(settings)
    predictor = Predictor.load(settings.bundle, settings.overrides)
    if not settings.has_store:
        return create_app(settings, predictor)
    from ydan.minutes.reader import MinutesReader

    reader = MinutesReader.load(predictor.bundle)
    if demo:
        from ydan_service.demo import open_demo

        opened = open_demo(settings, predictor, reader, say=partial(print, flush=True))
        app = create_app(settings, predictor, store=opened.store, minutes_reader=reader)
        app.state.demo = opened
        return app
    from ydan_service.store.opening import open_store

    return create_app(settings, predictor, store=open_store(settings), minutes_reader=reader)


def first_link(app: FastAPI, settings: Settings) -> str | None:
    """A link that works once, while the store has no account."""
    store = getattr(app.state, "store", None)
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
