"""Plain text is laid out by blanks, in whatever encoding the office has."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.training.minutes.sample import sample
from ydan_training.minutes.layouts.text import render_markdown, render_text


def test_lines_are_wrapped_hung_and_centred(tmp_path: Path) -> None:
    """No line is longer than asked, but for table rows, whose cells are parted by tabs."""
    lines = render_text(sample(tmp_path, layout="txt", options="hard_wrap=50")).decode().splitlines()
    assert max(len(line) for line in lines if "\t" not in line) <= 50
    assert "BIÊN BẢN".center(50).rstrip() in lines
    first = next(at for at, line in enumerate(lines) if line.startswith("1. Ông"))
    assert lines[first + 1].startswith("   ")
    assert lines[first + 1][3] != " "


def test_a_head_stands_in_two_columns(tmp_path: Path) -> None:
    """Both sides on one line."""
    first = render_text(sample(tmp_path, layout="txt")).decode().splitlines()[0]
    assert "UBND XÃ HƯNG LONG" in first
    assert "CỘNG HÒA" in first


@pytest.mark.parametrize(
    ("encoding", "codec", "word"),
    [("utf-16", "utf-16", "Kênh nhánh"), ("cp1258", "cp1258", "Kênh nhánh"), ("tcvn3", "cp1252", "Kªnh nh¸nh")],
)
def test_encodings_are_written(encoding: str, codec: str, word: str, tmp_path: Path) -> None:
    """With the line ends of Windows."""
    data = render_text(sample(tmp_path, layout="txt", options=f"encoding={encoding}")).decode(codec)
    assert word in unicodedata.normalize("NFC", data)
    assert "\r\n" in data


def test_a_file_without_diacritics_is_ascii(tmp_path: Path) -> None:
    """All of it."""
    assert render_text(sample(tmp_path, layout="txt", options="strip_diacritics")).isascii()


def test_markdown_has_headings_and_pipe_tables(tmp_path: Path) -> None:
    """A line break in a cell is <br>."""
    text = render_markdown(sample(tmp_path, layout="md")).decode()
    assert "\n# I. Ý kiến\n\n## Thôn 4\n" in text
    assert "| TT | Người nêu | Người nêu | Nội dung |\n| --- |" in text
    assert "phía đường.<br>Đề nghị" in text
