"""``ydan-serve callers``: what a person types to let other systems in, and what they read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ydan_service.cli import main
from ydan_service.programs.recognise import Recognition
from ydan_service.settings import Settings
from ydan_service.store import opening

PORTAL = "Cổng dịch vụ công tỉnh"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("YDAN_")]:
        monkeypatch.delenv(name)
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> object:
    def running(*words: str) -> tuple[int, str, str]:
        status = main(["callers", *words, "--data", str(folder)])
        return status, *capsys.readouterr()

    return running


def secret_in(out: str) -> str:
    found = re.findall(r"ydan_(?:key|secret)_[\w-]{43}", out)
    assert len(found) == 1
    return str(found[0])


def works(folder: Path, secret: str) -> bool:
    store = opening.open_store(Settings(data_dir=folder))
    try:
        return Recognition(store).recognise(secret) is not None
    finally:
        store.engine.dispose()


def test_a_caller_is_added_listed_and_closed(run: object, folder: Path) -> None:
    """The key is shown once; the list shows how it begins, when it ends, when it was used."""
    assert callable(run)
    status, out, err = run("add", PORTAL, "--scopes", "classify, jobs", "--per-minute", "600", "--expires", "365")
    assert (status, err) == (0, "")
    secret = secret_in(out)
    assert "chỉ hiện một lần" in out
    assert works(folder, secret)
    listed = run("list")[1]
    assert secret not in listed
    for words in (PORTAL, "classify, jobs", "600 lần/phút", secret[:15], "dùng lần cuối", "đang dùng được"):
        assert words in listed
    assert run("disable", PORTAL)[0] == 0
    assert not works(folder, secret)
    assert "ĐÃ KHOÁ" in run("list")[1]
    assert run("enable", PORTAL)[0] == 0
    assert works(folder, secret)


def test_a_key_is_rotated_and_revoked(run: object, folder: Path) -> None:
    """With an overlap that is told; the caller's other keys stay."""
    assert callable(run)
    first = secret_in(run("add", PORTAL, "--scopes", "all")[1])
    status, out, _ = run("new-key", PORTAL, "--overlap", "7")
    second = secret_in(out)
    assert (status, works(folder, first), works(folder, second)) == (0, True, True)
    assert f"{first[:15]}… dùng được đến" in out
    status, out, _ = run("revoke", first[:15])
    assert (status, PORTAL in out, works(folder, first), works(folder, second)) == (0, True, False, True)


def test_a_client_secret_and_other_scopes(run: object) -> None:
    """For OAuth; the client id is told as well."""
    assert callable(run)
    run("add", PORTAL, "--scopes", "classify")
    out = run("new-secret", PORTAL)[1]
    assert secret_in(out).startswith("ydan_secret_")
    assert re.search(r"client_[0-9a-f]{16}", out)
    out = run("change", PORTAL, "--scopes", "classify,jobs", "--per-minute", "30")[1]
    assert "classify, jobs; 30 lần/phút" in out
    assert "giới hạn chung" in run("change", PORTAL, "--per-minute", "0")[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "x", "--scopes", "tất cả"), "classify, minutes, jobs"),
        (("add", "x", "--scopes", "classify", "--per-minute", "0"), "Số lần gọi"),
        (("add", "x", "--scopes", "classify", "--expires", "0"), "3650"),
        (("add", "x", "--scopes", "classify", "--expires", "999999999999"), "3650"),
        (("new-key", "không có"), "chưa có hệ thống nào"),
        (("revoke", "ydan_key_"), "callers list"),
    ],
)
def test_a_mistake_is_answered_with_what_may_be(run: object, words: tuple[str, ...], says: str) -> None:
    """Status 2, one sentence."""
    assert callable(run)
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert says in err


def test_an_empty_list_says_how_to_begin(run: object) -> None:
    """With the command."""
    assert callable(run)
    assert "ydan-serve callers add" in run("list")[1]
