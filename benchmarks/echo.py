"""What the web costs without us: a bare FastAPI app that reads the same bodies and answers as many bytes.

``python -m benchmarks.echo PORT ANSWER``; it is served with the same settings as ours.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Response

from ydan_service.serving import server_options
from ydan_service.settings import Settings


def create_echo(answer: bytes) -> FastAPI:
    """One route, ``POST /v1/classify``, in FastAPI's usual way; the answer stands ready."""
    app = FastAPI(openapi_url=None)

    @app.post("/v1/classify")
    async def echo(body: dict[str, Any]) -> Response:
        return Response(answer, media_type="application/json")

    return app


def main() -> None:
    """Serve until stopped."""
    settings = Settings(port=int(sys.argv[1]), serve_pages=False)
    uvicorn.run(create_echo(Path(sys.argv[2]).read_bytes()), **server_options(settings))


if __name__ == "__main__":
    main()
