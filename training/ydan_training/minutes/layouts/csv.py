"""CSV as a spreadsheet exports it: title rows in the first column, then the table, padded to its width."""

from __future__ import annotations

import csv
import io

from ydan_training.minutes.letters import encode
from ydan_training.minutes.source import Source


def render_csv(source: Source) -> bytes:
    """A ``.csv`` with the line ends of Windows."""
    width = max((block.width for block in source.blocks if block.kind == "table"), default=1)
    out = io.StringIO()
    writer = csv.writer(out)
    for block in source.blocks:
        if block.kind == "table":
            writer.writerows((*block.header, *block.rows))
        elif block.kind == "columns":
            writer.writerow([block.text, *[""] * max(0, width - 2), block.right])
        else:
            writer.writerow([block.text, *[""] * (width - 1)])
    return encode(out.getvalue(), source.options.get("encoding", "utf-8"))
