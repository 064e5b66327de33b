"""Addresses of static files. All of them stand under one hash of everything, so that modules may import each other by
relative paths and a browser may keep each for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static"


@cache
def version() -> str:
    """Twelve hex digits of every file's path and bytes."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(FOLDER).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def asset(path: str) -> str:
    """The address of ``static/<path>``, for templates.

    :raises FileNotFoundError: there is no such file; a page must not point into the void.

    >>> asset("css/base.css").startswith("/static/") and asset("css/base.css").endswith("/css/base.css")
    True
    """
    if not (FOLDER / path).is_file():
        raise FileNotFoundError(f"static/{path}")
    return f"{PREFIX}/{version()}/{path}"
