"""Sources become documents and their gold."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ydan_training.minutes.archive import same_content
from ydan_training.minutes.gold import gold_json
from ydan_training.minutes.layouts.csv import render_csv
from ydan_training.minutes.layouts.docx import render_docx
from ydan_training.minutes.layouts.pdf import render_pdf
from ydan_training.minutes.layouts.text import render_markdown, render_text
from ydan_training.minutes.layouts.xlsx import render_xlsx
from ydan_training.minutes.letters import strip_diacritics
from ydan_training.minutes.source import Source, SourceError, parse_source

RENDERERS: dict[str, Callable[[Source], bytes]] = {
    "docx": render_docx,
    "pdf": render_pdf,
    "txt": render_text,
    "md": render_markdown,
    "xlsx": render_xlsx,
    "csv": render_csv,
}


def build(path: Path, output: Path) -> list[Path]:
    """One source's document and gold, written to ``output``.

    :raises SourceError: the source breaks the format, or holds a letter that its encoding does not have.
    """
    source = parse_source(path)
    try:
        content = RENDERERS[source.layout](source)
    except UnicodeEncodeError as error:
        letter = error.object[error.start : error.end]
        raise SourceError(f"{path}:1: “{letter}” does not exist in {source.options['encoding']}.") from error
    change = strip_diacritics if "strip_diacritics" in source.options else str
    gold = json.dumps(gold_json(source, change), ensure_ascii=False, indent=1) + "\n"
    document, answers = output / f"{source.name}.{source.layout}", output / f"{source.name}.gold.json"
    document.write_bytes(content)
    answers.write_bytes(gold.encode())
    return [document, answers]


def build_each(source: Path, output: Path) -> Iterator[list[Path]]:
    """Build the sources of a folder one by one, by name."""
    output.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.txt")):
        yield build(path, output)


def build_all(source: Path, output: Path) -> list[Path]:
    """Every document and gold file of the folder ``source``, written to ``output``."""
    return [path for paths in build_each(source, output) for path in paths]


def stale(source: Path, output: Path) -> list[str]:
    """Names in ``output`` that are missing, left over, or not what ``source`` says now."""
    with tempfile.TemporaryDirectory() as fresh:
        wanted = {path.name: path.read_bytes() for path in build_all(source, Path(fresh))}
    found = {path.name: path.read_bytes() for path in output.glob("*") if path.is_file()}
    return sorted(
        name
        for name in wanted.keys() | found.keys()
        if name not in wanted or name not in found or not same_content(wanted[name], found[name])
    )
