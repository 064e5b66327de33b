"""The log: one line a request and what else happened, as text or as JSON, without a person in it.

Three things keep people out. The access line holds the route's pattern, never the path. Every other record goes
through :mod:`ydan_service.accounts.log_filter`. An exception is written as its kind and the places in the program; its
own words are left out unless they are the system's or ours, since a library may quote what a citizen wrote.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, TextIO

from sqlalchemy.exc import OperationalError

from ydan.errors import BundleError, CompetenceError
from ydan_service import request_id
from ydan_service.accounts import log_filter
from ydan_service.settings import Settings, SettingsError

ACCESS = "ydan.access"
_METHODS = frozenset(("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"))
_QUIET = ("/health/live", "/health/ready")
"""Asked every few seconds by whoever starts and watches servers: logged only when something is wrong."""
_SPEAK = (BundleError, CompetenceError, SettingsError, OSError, OperationalError)
"""Exceptions whose words hold files, hosts and settings, not what people wrote; they are covered all the same."""
_ACCESS = logging.getLogger(ACCESS)
_Exception = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """The log of this process, to standard error: one handler for everybody, the web server's loggers too."""
    log_filter.install()
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # no line shows them
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(AsJson() if settings.log_format == "json" else AsText())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("ydan", "ydan_service"):
        logging.getLogger(name).setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # ours says more, and no address
    logging.captureWarnings(capture=True)


def access(method: str, route: str, status: int, seconds: float, id_: str, client: str) -> None:
    """The line of one request. Its values come from closed sets, so that nothing needs covering."""
    level = logging.INFO if status < 500 else logging.ERROR
    if not _ACCESS.isEnabledFor(level) or (status < 400 and route in _QUIET):
        return
    record = logging.LogRecord(ACCESS, level, __file__, 0, "request", None, None)
    record.ydan = {
        "method": method if method in _METHODS else "other",
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 2),
        "request_id": id_,
        "client": client,
    }
    _ACCESS.handle(record)


class AsJson(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """``time``, ``level``, ``logger``, ``message`` and what else is known."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "pid": os.getpid(),
        }
        line |= getattr(record, "ydan", None) or {"request_id": request_id.current()}
        if record.exc_info:
            line["exception"] = told(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value != ""}, ensure_ascii=False)


@lru_cache(4)
def _told_second(second: int) -> str:
    """Of this system's clock; a busy server writes hundreds of lines in one."""
    return datetime.fromtimestamp(second).astimezone().isoformat(timespec="seconds")


class AsText(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message; an exception below."""
        at = _told_second(int(record.created))
        facts = getattr(record, "ydan", None)
        if facts is not None:
            said = "{method} {route} {status} {ms} ms".format(**facts)
            more = "".join(f" {name}={facts[name]}" for name in ("client", "request_id") if facts[name])
            return f"{at} {record.levelname} {said}{more}"
        id_ = request_id.current()
        line = f"{at} {record.levelname} {record.name}: {record.getMessage()}" + (f" request_id={id_}" if id_ else "")
        return line + ("\n" + told(record.exc_info) if record.exc_info else "")


def told(raised: _Exception | bool | BaseException) -> str:
    """An exception and what led to it: kinds and places, words only where they cannot be a citizen's."""
    error = raised[1] if isinstance(raised, tuple) else raised
    parts = []
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        places = [
            f"  {place.filename}:{place.lineno} in {place.name}" for place in traceback.extract_tb(error.__traceback__)
        ]
        said = f": {log_filter.cover(str(error))}" if isinstance(error, _SPEAK) else ""
        parts.append("\n".join([*places, f"{type(error).__module__}.{type(error).__qualname__}{said}"]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nbecause of\n".join(parts)
