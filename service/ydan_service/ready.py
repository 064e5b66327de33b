"""``python -m ydan_service.ready``: wait until a server on this machine is ready, for units and health checks.

Standard library alone: a health check starts it every few seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
import urllib.request
from collections.abc import Sequence


def is_ready(port: int, host: str = "127.0.0.1", timeout: float = 2.0) -> bool:
    """Whether ``/health/ready`` answers 200."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/health/ready", timeout=timeout) as answer:
            return bool(answer.status == 200)
    except OSError:  # refused, too slow, or an answer that says "not ready" (HTTPError is one)
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    """0 as soon as the server is ready, 1 when it is not within ``--seconds``."""
    parser = argparse.ArgumentParser(prog="python -m ydan_service.ready", description="Chờ máy chủ sẵn sàng.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--seconds", type=float, default=0, help="chờ tối đa bao lâu (mặc định: hỏi một lần)")
    options = parser.parse_args(arguments)
    end = time.monotonic() + options.seconds
    while not is_ready(options.port, options.host):
        if time.monotonic() >= end:
            print(f"Máy chủ ở {options.host}:{options.port} chưa sẵn sàng.", file=sys.stderr)
            return 1
        time.sleep(0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
