"""The office's pages on an app: routes, files that pages are made of, the worker that reads minutes."""

from __future__ import annotations

from importlib import import_module

from fastapi import FastAPI
from sqlalchemy.exc import DataError
from starlette.requests import Request
from starlette.responses import Response

from ydan.minutes.reader import MinutesReader
from ydan_service import problems
from ydan_service.office.intake.worker import Worker
from ydan_service.store.store import Store
from ydan_service.web.headers import SecureHeaders
from ydan_service.web.routes.static import HashedFiles

AREAS = (
    "sign_in", "account", "admin", "admin_communes", "admin_office", "home", "meetings", "intake", "review",
    "documents", "conclusion", "dashboard", "opinions", "topics", "follow_up", "supervision", "plans", "board",
)  # fmt: skip
"""Modules of :mod:`ydan_service.web.routes`, each with a ``router``."""


def add_pages(app: FastAPI, store: Store, reader: MinutesReader | None, *, secure: bool) -> None:
    """Put the office on ``app``, whose state has its predictor; none of it is in the OpenAPI document."""
    app.state.store = store
    app.state.minutes_reader = reader or MinutesReader.load()
    app.state.worker = Worker(store, app.state.predictor, app.state.minutes_reader)
    app.add_middleware(SecureHeaders, secure=secure)
    for kind in (OverflowError, DataError):
        app.add_exception_handler(kind, _no_such_number)
    app.mount("/static", HashedFiles(), name="static")
    for name in AREAS:
        area = import_module(f"ydan_service.web.routes.{name}")
        app.include_router(area.router, include_in_schema=False)


def _no_such_number(request: Request, _error: Exception) -> Response:
    """A number in the address that no database takes is the number of nothing."""
    detail = "Không có mục này. Có thể đường dẫn gõ sai, hoặc mục đã được xóa. Hãy quay về trang đầu."
    return problems.answer(request, 404, "not_found", detail)
