"""Writes our templates: ``python -m ydan.documents.make_templates [FOLDER]``. The same bytes every time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ydan.documents.drafts import board, letter, minutes, notice, sheet, slip, summary
from ydan.documents.form import FORMS
from ydan.documents.layout import Layout
from ydan.documents.rendering import OWN

DRAFTS: dict[str, tuple[Callable[[Layout], None], bool]] = {
    "bieu-tong-hop.docx": (summary, True),
    "thong-bao-ket-luan.docx": (notice, False),
    "cong-van-kien-nghi.docx": (letter, False),
    "phieu-chuyen.docx": (slip, False),
    "phieu-huong-dan.docx": (sheet, False),
    "bien-ban.docx": (minutes, False),
    "ban-niem-yet.docx": (board, False),
}
"""File name → what writes it, and whether its pages lie across."""
_THEN = (1980, 1, 1, 0, 0, 0)


def make_templates(folder: Path = OWN) -> list[Path]:
    """Write every template in both forms under ``folder``."""
    made = []
    for form in FORMS:
        (folder / form).mkdir(parents=True, exist_ok=True)
        for name, (draft, landscape) in DRAFTS.items():
            page = Layout(form, landscape=landscape)
            draft(page)
            path = folder / form / name
            path.write_bytes(_packed(page))
            made.append(path)
    return made


def _packed(page: Layout) -> bytes:
    """The document with fixed dates inside and out, so that a template changes only when its draft does."""
    properties = page.document.core_properties
    properties.author = properties.last_modified_by = "Ý Dân"
    properties.title = properties.comments = ""
    properties.created = properties.modified = datetime(2026, 1, 1)
    properties.revision = 1
    raw, packed = io.BytesIO(), io.BytesIO()
    page.document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if "thumbnail" not in entry.filename:
                info = zipfile.ZipInfo(entry.filename, _THEN)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, _without_thumbnail(entry.filename, old.read(entry)))
    return packed.getvalue()


def _without_thumbnail(name: str, data: bytes) -> bytes:
    """python-docx starts from a document that carries a picture of its first page."""
    if name != "_rels/.rels":
        return data
    return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)


def main() -> None:
    """Write them where the package looks, or into the folder that is named."""
    for path in make_templates(Path(sys.argv[1]) if len(sys.argv) > 1 else OWN):
        print(path)


if __name__ == "__main__":
    main()
