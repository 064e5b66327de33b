"""Static files: for ever under the present hash, asked again every time without it."""

from __future__ import annotations

import os

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ydan_service.web import assets

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


class HashedFiles(StaticFiles):
    """``/static/<hash>/css/base.css`` and, for tools, ``/static/css/base.css``."""

    def __init__(self) -> None:
        super().__init__(directory=assets.FOLDER)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """A file of ours, or one that an installed package brings."""
        vendored = assets.vendored().get(path.replace(os.sep, "/"))
        return super().lookup_path(path) if vendored is None else (str(vendored), vendored.stat())

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long a browser may keep it."""
        head, _, rest = path.replace(os.sep, "/").partition("/")
        current = head == assets.version()
        stale = not current and len(head) == len(assets.version()) and all(each in "0123456789abcdef" for each in head)
        response = await super().get_response(rest if current or stale else path, scope)
        if response.status_code in (200, 206, 304):
            response.headers["Cache-Control"] = FOREVER if current else ASK_AGAIN
        return response
