"""When the database does not answer, or its disk is full: callers are told to come again, nothing is half done.

A transaction is undone whole when its database goes away, so that a request that got such an answer did nothing. What
needs no database (``/v1/classify``, the taxonomy, the competence table) goes on.
"""

from __future__ import annotations

import errno
import logging

from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.requests import Request
from starlette.responses import Response

from ydan_service import problems

_LOG = logging.getLogger(__name__)
RETRY_SECONDS = 5
_FULL = ("disk is full", "disk full", "no space left", "could not extend", "could not write")
_GONE_SQLSTATES = ("08", "57P", "53")
"""PostgreSQL: connection lost, server shutting down, resources exhausted."""


def install(app: FastAPI) -> None:
    """Answers in place of "unforeseen error" for every route of ``app``."""
    for kind in (OperationalError, InterfaceError, NoConnectionFree, OSError):
        app.add_exception_handler(kind, on_failure)


def on_failure(request: Request, error: Exception) -> Response:
    """503 while the database is away, 507 while its disk is full, 500 for any other failure of these kinds."""
    _LOG.error("the store failed: %s", type(error).__name__, exc_info=not is_full(error) and not is_away(error))
    if is_full(error):
        return problems.answer(
            request,
            507,
            "disk_full",
            "Máy chủ hết chỗ trống trên đĩa nên chưa lưu được; chưa có gì được ghi. "
            "Hãy báo người quản trị giải phóng đĩa rồi gửi lại.",
            {"Retry-After": str(60 * RETRY_SECONDS)},
        )
    if is_away(error):
        return problems.answer(
            request,
            503,
            "store_unavailable",
            f"Cơ sở dữ liệu tạm thời không trả lời; chưa có gì được ghi. Hãy gửi lại sau {RETRY_SECONDS} giây.",
            {"Retry-After": str(RETRY_SECONDS)},
        )
    return problems.unforeseen(request)


def is_full(error: BaseException) -> bool:
    """Whether there was no room to write.

    >>> is_full(OSError(errno.ENOSPC, "No space left on device"))
    True
    """
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    said = str(getattr(error, "orig", "")).lower()
    return any(sign in said for sign in _FULL) or getattr(getattr(error, "orig", None), "sqlstate", None) == "53100"


def is_away(error: BaseException) -> bool:
    """Whether the database could not be reached, or went away in the middle."""
    if isinstance(error, NoConnectionFree | InterfaceError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_GONE_SQLSTATES)
    said = str(error.orig).lower()
    signs = ("connection", "server closed", "unable to open", "locked", "disk i/o")
    return error.connection_invalidated or any(sign in said for sign in signs)
