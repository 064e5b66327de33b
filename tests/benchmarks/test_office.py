"""The pages' times: what is missed is said and fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import office
from benchmarks.office import Timed

QUICK, SLOW = Timed("leader", "/dashboard", [0.05, 0.06, 0.3]), Timed("leader", "/topics", [0.2, 0.3, 0.4])


@pytest.mark.parametrize(("found", "status"), [([QUICK], 0), ([QUICK, SLOW], 1)])
def test_the_median_counts(found: list[Timed], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One slow request is shown, a slow page fails."""
    monkeypatch.setattr(office, "measure", lambda *_options: found)
    assert office.main(["--output", str(tmp_path / "page.md")]) == status
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| leader | `/dashboard` | 60 ms | 300 ms | kept |" in page
    assert ("**missed**" in page) is bool(status)


@pytest.mark.heavy
def test_every_page_is_asked(tmp_path: Path) -> None:
    """On a small store; each answers."""
    found = office.measure(sessions_=16, opinions=400, times=1)
    assert [one.path for one in found] == [path for _who, path in office.PAGES]
    assert all(one.seconds for one in found)
