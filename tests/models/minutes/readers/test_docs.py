from __future__ import annotations

import re
from pathlib import Path

import ydan
from ydan.minutes.readers import READABLE

DOCS = (Path(__file__).parents[4] / "docs" / "reading-files.md").read_text(encoding="utf-8")
SOURCE = Path(ydan.__file__).parent / "minutes" / "readers"
CODE = re.compile(
    r'"(file_\w+|too_\w+|needs_\w+|no_text|scanned_pdf|encrypted|corrupt_file|wrong_\w+|un\w+_\w+|zip_bomb|binary_\w+)"'
)


def test_every_code_has_its_row_in_the_docs() -> None:
    codes = {code for path in SOURCE.glob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 20
    assert {code for code in codes if f"`{code}`" not in DOCS} == set()


def test_every_suffix_is_in_the_docs() -> None:
    assert {suffix for suffix in READABLE if f"`{suffix}`" not in DOCS} == set()
