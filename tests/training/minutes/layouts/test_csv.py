"""CSV rows have one width."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.training.minutes.sample import sample
from ydan_training.minutes.layouts.csv import render_csv


def test_every_row_is_as_wide_as_the_table(tmp_path: Path) -> None:
    """Titles stand in the first column."""
    rows = list(csv.reader(io.StringIO(render_csv(sample(tmp_path, layout="csv")).decode())))
    assert {len(row) for row in rows} == {4}
    assert rows[2] == ["BIÊN BẢN", "", "", ""]


def test_utf_8_sig_bears_the_mark_of_excel(tmp_path: Path) -> None:
    """Without it Excel takes the file for another encoding."""
    data = render_csv(sample(tmp_path, layout="csv", options="encoding=utf-8-sig"))
    assert data.startswith("\ufeff".encode())
