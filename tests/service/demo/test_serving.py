"""``ydan-serve --demo`` as people start it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("ydan-serve")


@pytest.mark.heavy
def test_the_demo_answers_its_printed_account_signs_in_and_it_cleans_up(tmp_path: Path) -> None:
    """From the command line to the first page of a secretary; stopped, its folder is gone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YDAN_")}
    process = subprocess.Popen(
        [str(COMMAND), "--demo", "--port", str(port)], stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**environment, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        password = ""
        for line in process.stdout:
            found = re.search(r"Mật khẩu chung: (\S+)", line)
            if found:
                password = found[1]
                break
        assert password
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        browser.addheaders = [("Origin", f"http://127.0.0.1:{port}")]
        for _attempt in range(100):
            try:
                assert password in browser.open(f"http://127.0.0.1:{port}/sign-in").read().decode()
                break
            except OSError:
                time.sleep(0.1)
        form = urllib.parse.urlencode({"username": "thu_ky", "password": password, "next": "/meetings"}).encode()
        with browser.open(f"http://127.0.0.1:{port}/sign-in", form) as answer:
            assert answer.url.endswith("/meetings")
            assert "Thạnh Đức" in answer.read().decode()
        assert len(list(tmp_path.glob("ydan-xem-thu-*"))) == 1
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()
    assert list(tmp_path.glob("ydan-xem-thu-*")) == []
