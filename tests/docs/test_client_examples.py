"""The examples for other programs run, as they stand, against a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import running
from ydan.cli import main as ydan
from ydan.mapping import load_mapping
from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings
from ydan_service.store.engine import open_engine, sqlite_url
from ydan_service.store.keys import KeyRing
from ydan_service.store.migrate import upgrade
from ydan_service.store.store import Store

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def url(predictor: Predictor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a store on a free port."""
    folder = tmp_path_factory.mktemp("examples") / "data"
    folder.mkdir(mode=0o700)
    store = Store(open_engine(sqlite_url(folder / "ydan.db")), KeyRing.random())
    upgrade(store.engine)
    with running(create_app(Settings(serve_pages=False, data_dir=folder), predictor, store)) as address:
        yield address
    store.engine.dispose()


def run(root: Path, url: str, *command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    environment = {**os.environ, "YDAN_URL": url, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def blocks(root: Path, page: str) -> list[tuple[str, str]]:
    """A page's blocks of code: language and content."""
    return re.findall(r"```(\w+)\n(.*?)```", (root / "docs" / page).read_text(encoding="utf-8"), re.S)


def test_the_example_with_curl_runs(root: Path, url: str) -> None:
    """Each call is answered."""
    out = run(root, url, "bash", "docs/examples/curl.sh")
    assert len(re.findall(r"^# ", out, re.M)) == 6
    assert re.search(r'"label": ?"environment"', out)
    assert "1,Đường thôn 6 lầy lội.,transport_roads" in out


def test_the_example_in_javascript_runs(root: Path, url: str) -> None:
    """Without a package."""
    out = run(root, url, "node", "docs/examples/client.mjs")
    assert "18 empty_text" in out
    assert "done 19 environment" in out
    assert "422 bad_date" in out


def test_the_example_in_python_runs(root: Path, url: str) -> None:
    """With the client alone."""
    out = run(root, url, sys.executable, "docs/examples/client.py")
    assert "17 Giao thông, đường sá, vận tải" in out
    assert "done 19" in out
    assert "agrees: {'topic': True}" in out
    assert "422 bad_date" in out


def test_the_python_on_the_page_runs(root: Path, url: str) -> None:
    """Its assertions hold."""
    found = [code for language, code in blocks(root, "clients.md") if language == "python"]
    assert found
    for code in found:
        exec(compile(code.replace(ADDRESS, url), "clients.md", "exec"), {})


def test_the_calls_of_the_facades_run_and_answer_in_the_shape_that_is_shown(root: Path, url: str) -> None:
    """Every block with curl; what is shown below one has the keys, types and lengths of the true answer."""
    found = blocks(root, "facades.md")
    called = shown = 0
    for number, (language, code) in enumerate(found):
        if language != "bash" or "curl" not in code:
            continue
        called += 1
        out = run(root, url, "bash", "-euo", "pipefail", "-c", code.replace(ADDRESS, url))
        if number + 1 < len(found) and found[number + 1][0] == "json":
            shown += 1
            assert shape(json.loads(out)) == shape(json.loads(found[number + 1][1]))
    assert (called, shown) == (7, 3)


def test_the_mapping_on_the_page_is_right_and_the_command_runs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they stand."""
    found = blocks(root, "facades.md")
    own = tmp_path / "so-tiep-dan.toml"
    own.write_text(next(code for language, code in found if language == "toml"), encoding="utf-8")
    assert load_mapping(str(own)).name == "so-tiep-dan"
    (tmp_path / "so.csv").write_text("Số,Nội dung,Ngày nhận\n1,Đường thôn 6 lầy lội,05/03/2026\n", encoding="utf-8")
    commands = [code.split() for language, code in found if language == "bash" and code.startswith("ydan ")]
    assert len(commands) == 2
    for folder, words in zip((root, tmp_path), commands, strict=True):
        monkeypatch.chdir(folder)
        assert ydan(words[1:]) == 0
        assert "transport_roads" in capsys.readouterr().out or folder is tmp_path


def shape(value: Any) -> object:
    """Keys and types all the way down; every element of a list."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    return [shape(part) for part in value] if isinstance(value, list) else type(value).__name__
