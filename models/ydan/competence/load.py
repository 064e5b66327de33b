"""Loads the base table and the provinces' files, and refuses what `validate` finds wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from ydan.competence.findings import Finding, errors_of
from ydan.competence.names import Vocabulary
from ydan.competence.rows import Read, RuleRow, is_base, read_base, read_overrides
from ydan.competence.table import CompetenceTable
from ydan.competence.validate import validate
from ydan.errors import CompetenceError
from ydan.taxonomy import load_taxonomy

VERSION = "1.0.0"
SHOWN = 20


def load_competence(overrides: Sequence[Path] = ()) -> CompetenceTable:
    """The table, with the files of provinces on top; warnings stay in ``table.warnings``.

    >>> from datetime import date
    >>> load_competence().lookup("teacher_shortage", date(2026, 3, 1)).body_label
    'Sở Giáo dục và Đào tạo'
    """
    if not overrides:
        return _base_table()
    contents = [(Path(path).name, _bytes(Path(path))) for path in overrides]
    words = Vocabulary(load_taxonomy())
    reads = [read_overrides(data, name, words) for name, data in contents]
    rows = [row for found, _ in reads for row in found]
    return _build(rows, [f for _, faults in reads for f in faults], f"{VERSION}+{_short_hash(d for _, d in contents)}")


def check_file(path: Path) -> list[Finding]:
    """Everything to say about one file, warnings too, without loading it: for the official who edits it."""
    path = Path(path)
    data = _bytes(path)
    if is_base(data):
        rows, findings = read_base(data, path.name)
        return findings + validate(rows)
    rows, findings = read_overrides(data, path.name, Vocabulary(load_taxonomy()))
    return findings + [f for f in validate(_base_rows()[0], rows) if f.where.startswith(f"{path.name}:")]


@cache
def _base_table() -> CompetenceTable:
    return _build([], [], VERSION)


@cache
def _base_rows() -> Read:
    return read_base(files("ydan.competence").joinpath("rules.csv").read_bytes(), "rules.csv")


def _build(overrides: list[RuleRow], faults: list[Finding], version: str) -> CompetenceTable:
    base, base_faults = _base_rows()
    findings = [*base_faults, *faults, *validate(base, overrides)]
    if errors := errors_of(findings):
        shown = "\n".join(str(f) for f in errors[:SHOWN])
        more = f"\n… và {len(errors) - SHOWN} lỗi nữa" if len(errors) > SHOWN else ""
        raise CompetenceError(f"Bảng thẩm quyền có {len(errors)} lỗi, hãy sửa rồi nạp lại:\n{shown}{more}")
    return CompetenceTable(base, overrides, load_taxonomy(), version, findings)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CompetenceError(f"Không đọc được tệp {path}: {error.strerror}. Hãy kiểm tra đường dẫn.") from None


def _short_hash(contents: Iterable[bytes]) -> str:
    """Eight characters that change when any file does, whatever the order in which they are named."""
    from hashlib import sha256  # late: without overrides nobody pays for the import

    return sha256(b"".join(sorted(sha256(data).digest() for data in contents))).hexdigest()[:8]
