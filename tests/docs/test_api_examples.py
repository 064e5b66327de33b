"""Every example of docs/api.md is run against a server of our own; the first answer is the one on the page."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PAGE = "docs/api.md"
HERE = "http://127.0.0.1:8000"
ROOT = Path(__file__).resolve().parents[2]
BLOCKS: list[str] = re.findall(r"```bash\n(.*?)```", (ROOT / PAGE).read_text(encoding="utf-8"), re.S)

if shutil.which("curl") is None or shutil.which("bash") is None:
    pytest.skip("the examples are for bash and curl", allow_module_level=True)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real ``ydan-serve`` with a store, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    server = subprocess.Popen(
        [sys.executable, "-c", f"import sys; from ydan_service.cli import main; sys.exit(main(['--port', '{port}']))"],
        env={**clean, "YDAN_DATA": str(tmp_path_factory.mktemp("data"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = f"http://127.0.0.1:{port}"
    try:
        wait(found, server)
        yield found
    finally:
        server.terminate()
        server.wait(20)


def wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/health/ready", timeout=2).close()
            return
        except OSError:
            assert server.poll() is None, "the server ended"
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def run(block: str, url: str) -> list[Any]:
    """What a block printed, as JSON; a curl that gets an error ends with one."""
    script = f'set -euo pipefail\ncurl() {{ command curl --fail-with-body "$@"; }}\n{block.replace(HERE, url)}'
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    decoder, rest, found = json.JSONDecoder(), done.stdout.strip(), []
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].lstrip()
    return found


def test_the_page_has_examples_of_every_part() -> None:
    """And no curl outside of them."""
    assert len(BLOCKS) >= 7
    assert all("curl" in block for block in BLOCKS)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_an_example_runs_and_answers_json(number: int, url: str) -> None:
    """As it stands on the page, from the repository's folder."""
    block = BLOCKS[number]
    found = run(block, url)
    assert found, block
    assert not any(isinstance(value, dict) and "code" in value for value in found), found


def test_the_first_answer_is_the_one_on_the_page(url: str) -> None:
    """To the last digit, but for the fields that the page leaves out."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    shown = re.search(r"<!-- first-answer -->\n```json\n(.*?)```", text, re.S)
    assert shown is not None
    (answer,) = run(BLOCKS[0], url)
    assert part_of(json.loads(shown[1]), answer)


def test_what_the_page_says_of_caching_holds(url: str) -> None:
    """304 for who has it."""
    (block,) = (block for block in BLOCKS if "If-None-Match" in block)
    assert run(block, url) == [304]


def part_of(shown: Any, answer: Any) -> bool:
    if isinstance(shown, dict):
        return all(name in answer and part_of(value, answer[name]) for name, value in shown.items())
    if isinstance(shown, list):
        return len(shown) == len(answer) and all(part_of(*pair) for pair in zip(shown, answer, strict=True))
    return bool(shown == answer)


def test_every_route_is_on_the_page() -> None:
    """By its path, or by that of its family."""
    from ydan.predictor import Predictor
    from ydan_service.app import create_app
    from ydan_service.settings import Settings

    text = (ROOT / PAGE).read_text(encoding="utf-8")
    families = ("/v1/jobs", "/v1/webhooks", "/v2", "/open311/v2")
    paths = create_app(Settings(serve_pages=False), Predictor.load()).openapi()["paths"]
    missing = [path for path in paths if not path.startswith(families) and path not in text]
    assert missing == []
    assert all(family in text for family in families)
