"""Limits on starting: what is missed is said and fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import startup
from benchmarks.startup import Limit, limits_table

KEPT, MISSED = Limit("import", 0.2, "s", 0.0123), Limit("memory", 400.0, "MB", 512.4)


def test_a_limit_is_kept_or_missed_in_words() -> None:
    """Seconds to the millisecond, megabytes whole."""
    table = limits_table([KEPT, MISSED])
    assert "| import | 0.012 s | < 0.2 s | kept |" in table
    assert "| memory | 512 MB | < 400 MB | **missed** |" in table


@pytest.mark.parametrize(("limits", "status"), [([KEPT], 0), ([KEPT, MISSED], 1)])
def test_the_status_tells_whether_all_were_kept(
    limits: list[Limit], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that CI can run it."""
    monkeypatch.setattr(startup, "measure", lambda times: limits)
    assert startup.main(["--output", str(tmp_path / "page.md")]) == status
    assert "import" in (tmp_path / "page.md").read_text(encoding="utf-8")


@pytest.mark.heavy
def test_starting_is_measured_once(tmp_path: Path) -> None:
    """Import, command and server, for real; the limits are CI's business."""
    pytest.importorskip("uvicorn")
    startup.main(["--times", "1", "--output", str(tmp_path / "page.md")])
    assert (tmp_path / "page.md").read_text(encoding="utf-8").count("| < ") == 4
