"""Addresses of static files. All of them stand under one hash of everything, so that modules may import each other by
relative paths and a browser may keep each for ever."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static"


def vendored() -> dict[str, Path]:
    """Files that come out of installed packages and are not copied here: ``vendor/plotly.min.js``."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        return {}
    return {"vendor/plotly.min.js": Path(spec.origin).parent / "package_data" / "plotly.min.js"}


@cache
def styles_held_back() -> tuple[str, ...]:
    """Ids of the style elements that plotly would write into the page, against its policy; where one is there, it does
    not. They name styles of maps, which no page has."""
    file = vendored().get("vendor/plotly.min.js")
    script = "" if file is None else file.read_text(encoding="utf-8")
    return tuple(dict.fromkeys(re.findall(r'getElementById\("([0-9a-f]{64})"\)', script)))


@cache
def version() -> str:
    """Twelve hex digits of every file's path and bytes; of vendored files the size will do."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(FOLDER).as_posix().encode() + b"\0" + file.read_bytes())
    for name, file in vendored().items():
        digest.update(f"{name} {file.stat().st_size}".encode())
    return digest.hexdigest()[:12]


def asset(path: str) -> str:
    """The address of ``static/<path>``, for templates.

    :raises FileNotFoundError: there is no such file; a page must not point into the void.

    >>> asset("css/base.css").startswith("/static/") and asset("css/base.css").endswith("/css/base.css")
    True
    """
    if not (FOLDER / path).is_file() and path not in vendored():
        raise FileNotFoundError(f"static/{path}")
    return f"{PREFIX}/{version()}/{path}"
