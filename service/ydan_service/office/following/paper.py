"""Long tables in documents: one row is laid out, the others are copies of it with other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from ydan.documents.layout import Layout
from ydan.documents.office import load


def add_rows(page: Layout, table: Any, rows: Iterable[Sequence[str]], size: float, centered: Sequence[int]) -> None:
    """Rows of words; adding each by itself takes the square of their number."""
    name = load("docx.oxml.ns").qn("w:t")
    model: Any = None
    for words in rows:
        if model is None:
            page.grid_row(table, ["…" for _word in words], size, centered=centered)
            model = table.rows[-1]._tr
            parent = model.getparent()
            row = model
            model = deepcopy(row)
        else:
            row = deepcopy(model)
            parent.append(row)
        for cell, word in zip(row.iter(name), words, strict=True):
            cell.text = word
