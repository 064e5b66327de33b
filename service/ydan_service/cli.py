"""The ``ydan-serve`` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from ydan.errors import MissingExtra, YDanError
from ydan_service.settings import settings_from


def build_parser() -> argparse.ArgumentParser:
    """The options; everything else is a ``YDAN_*`` setting."""
    parser = argparse.ArgumentParser(
        prog="ydan-serve",
        description="Mở điểm phân loại ý kiến qua HTTP. Mặc định chỉ máy này gọi được.",
        epilog="Biến môi trường: YDAN_HOST, YDAN_PORT, YDAN_API_KEY, YDAN_MODEL, YDAN_COMPETENCE, "
        "YDAN_MOST_OPINIONS, YDAN_MOST_BYTES (xem docs/settings.md).",
    )
    parser.add_argument("--host", help="địa chỉ (mặc định 127.0.0.1; địa chỉ khác phải có YDAN_API_KEY)")
    parser.add_argument("--port", type=int, help="cổng (mặc định 8000)")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; 2 when a setting, the model or an override file is wrong."""
    options = build_parser().parse_args(arguments)
    try:
        settings = settings_from(os.environ, options.host, options.port)
        try:
            import uvicorn

            from ydan_service.app import create_app
        except ImportError as error:
            raise MissingExtra('Máy chủ cần fastapi và uvicorn. Hãy chạy: pip install "ydan[serve]"') from error
        from ydan.predictor import Predictor

        predictor = Predictor.load(settings.bundle, settings.overrides)
    except YDanError as error:
        print(f"ydan-serve: {error}", file=sys.stderr)
        return 2
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Ý Dân nhận ý kiến ở http://{shown}:{settings.port}/v1/classify (dừng: Ctrl+C)", flush=True)
    uvicorn.run(create_app(settings, predictor), host=settings.host, port=settings.port, log_level="warning")
    return 0
