"""The ``ydan`` command as a whole: help, versions, streams that close, and the real thing once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import ydan
from tests.models.cli.conftest import Run
from ydan.cli.main import FORMATS, build_parser

COMMAND = Path(sys.executable).with_name("ydan")
GOOD = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông"


def installed(*arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The installed command, as a user runs it."""
    return subprocess.run([str(COMMAND), *arguments], input=said, capture_output=True, timeout=120)


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["classify"],
        ["read"],
        ["documents"],
        ["explain"],
        ["labels"],
        ["competence"],
        ["competence", "show"],
        ["competence", "check"],
    ],
)
def test_every_command_has_help(run: Run, command: list[str]) -> None:
    """In Vietnamese, exit status 0."""
    found = run(*command, "--help")
    assert (found.status, found.err) == (0, "")
    assert f"usage: {' '.join(['ydan', *command])}" in found.out


def test_the_version_is_the_packages(run: Run) -> None:
    """One number everywhere."""
    assert run("--version").out == f"ydan {ydan.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["phân-loại"],
        ["classify", "--format", "pdf"],
        ["competence"],
        ["explain"],
        ["read"],
        ["documents", "a.docx"],
    ],
)
def test_wrong_use_is_status_2(run: Run, arguments: list[str]) -> None:
    """With the usage on standard error and nothing on standard output."""
    found = run(*arguments)
    assert (found.status, found.out) == (2, "")
    assert "usage: ydan" in found.err


def test_classify_reads_standard_input_unless_told_otherwise() -> None:
    """`echo … | ydan classify` needs no dash; host and date are the minutes' own."""
    options = build_parser().parse_args(["classify"])
    assert (options.files, options.host_level, options.date, options.format) == (["-"], None, None, None)


def test_every_kind_of_document_is_offered_by_the_help(run: Run) -> None:
    """The parser's list is that of the documents."""
    from ydan.cli.parser import DOCUMENTS
    from ydan.documents import KINDS

    assert tuple(KINDS) == DOCUMENTS
    assert "so-tiep-cong-dan" in run("documents", "--help").out


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_offered_by_the_help(run: Run, format_: str) -> None:
    """What is accepted is documented."""
    assert format_ in run("classify", "--help").out


def test_the_installed_command_answers_bytes_with_bytes() -> None:
    """UTF-8 both ways, whatever the locale; good and bad lines in their places; exit status 1."""
    said = json.dumps({"id": "a", "text": GOOD}, ensure_ascii=False).encode() + b"\n{\n"
    done = subprocess.run(
        [str(COMMAND), "classify", "-", "--format", "jsonl"],
        input=said,
        capture_output=True,
        timeout=120,
        env={"PATH": "/usr/bin", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert (done.returncode, done.stderr) == (1, b"")
    assert (rows[0]["id"], rows[0]["topic"]["id"]) == ("a", "transport_roads")
    assert rows[1]["error"]["code"] == "invalid_json"


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """`ydan labels | head -1`: exit status 0 and not a word on standard error."""
    process = subprocess.Popen([str(COMMAND), "labels"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), complaint) == (0, b"")


def test_a_full_disk_is_told_without_a_traceback() -> None:
    """/dev/full takes nothing; exit status 2."""
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([str(COMMAND), "labels"], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_mistake_at_the_terminal_ends_in_a_sentence() -> None:
    """The installed command: status 2, one line, no traceback."""
    done = installed("classify", "không-có.csv")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").startswith("ydan: Không có tệp không-có.csv.")
