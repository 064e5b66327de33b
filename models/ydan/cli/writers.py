"""One writer a format: a table on the terminal, JSON Lines, CSV, Parquet, a spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from ydan.assessment import Assessment, Failure
from ydan.bulk.jsonlines import JsonLinesEncoder
from ydan.bulk.parquet import ParquetEncoder, ParquetWriter
from ydan.bulk.rows import Answer, Row
from ydan.cli.rows import COLUMNS, printable, row_cells, safe_cell, summary
from ydan.errors import MissingExtra

WIDEST = 120
"""Characters of a line on the terminal, at most: longer ones are hard to read."""


class Writer:
    """Takes answers one by one; a context manager that closes what it opened."""

    interactive = False

    def __init__(self, out: IO[str], owned: bool) -> None:
        self.out = out
        self.width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
        self._owned = owned

    def write(self, answer: Assessment | Failure, prefix: str, by: str = "") -> None:
        """One answer; ``prefix`` goes before its id, ``by`` says who raised it, for whom that is meant."""
        raise NotImplementedError

    def encoder(self, prefix: str) -> Callable[[Sequence[Answer], Sequence[Row]], Any] | None:
        """What makes answers ready for :meth:`write_encoded`, in another process; ``None`` where that cannot be."""
        return None

    def write_encoded(self, data: Any) -> None:
        """What :meth:`encoder` made of some answers."""
        self.out.write(data)

    def remark(self, words: str) -> None:
        """What only a person at a terminal wants to read: the meeting, the totals."""

    def close(self) -> None:
        """Nothing more comes."""

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        if self._owned:
            self.out.close()


class JsonLines(Writer):
    """One object a line, versions included."""

    def __init__(self, out: IO[str], owned: bool, versions: Mapping[str, object]) -> None:
        super().__init__(out, owned)
        self._versions = dict(versions)

    def write(self, answer: Assessment | Failure, prefix: str, by: str = "") -> None:
        self.write_encoded(self.encoder(prefix)([answer]))

    def encoder(self, prefix: str) -> JsonLinesEncoder:
        return JsonLinesEncoder(self._versions, prefix)


class CsvEncoder:
    """Rows of ``COLUMNS``."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __call__(self, answers: Sequence[Answer], rows: Sequence[Row] = ()) -> str:
        out = io.StringIO(newline="")
        table = csv.writer(out)
        for answer in answers:
            table.writerow([safe_cell(printable(cell)) for cell in row_cells(answer, self._prefix)])
        return out.getvalue()


class Csv(Writer):
    """Comma-separated, with a BOM in files so that Excel shows the diacritics."""

    def __init__(self, out: IO[str], owned: bool) -> None:
        super().__init__(out, owned)
        if owned:
            out.write("\ufeff")
        csv.writer(out).writerow(COLUMNS)

    def write(self, answer: Assessment | Failure, prefix: str, by: str = "") -> None:
        self.write_encoded(self.encoder(prefix)([answer]))

    def encoder(self, prefix: str) -> CsvEncoder:
        return CsvEncoder(prefix)


class Parquet(Writer):
    """A file of columns as in JSON; closed properly whatever happens, for without its footer nothing can be read."""

    def __init__(self, path: Path, versions: Mapping[str, object]) -> None:
        super().__init__(sys.stdout, False)
        self._file = ParquetWriter(path)
        self._versions = dict(versions)

    def write(self, answer: Assessment | Failure, prefix: str, by: str = "") -> None:
        self.write_encoded(self.encoder(prefix)([answer]))

    def encoder(self, prefix: str) -> ParquetEncoder:
        return ParquetEncoder(self._versions, prefix)

    def write_encoded(self, data: bytes) -> None:
        self._file.write_encoded(data)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class Spreadsheet(Writer):
    """An ``.xlsx`` with one sheet, written when all is known."""

    def __init__(self, path: Path) -> None:
        try:
            import openpyxl
        except ImportError as error:
            raise MissingExtra('Ghi tệp .xlsx cần openpyxl. Hãy chạy: pip install "ydan[office]"') from error
        super().__init__(sys.stdout, False)
        self._path = path
        self._book = openpyxl.Workbook()
        self._sheet = self._book.active
        self._sheet.title = "Ý kiến"
        self._sheet.append(COLUMNS)

    def write(self, answer: Assessment | Failure, prefix: str, by: str = "") -> None:
        self._sheet.append([safe_cell(printable(cell)) for cell in row_cells(answer, prefix)])

    def close(self) -> None:
        from openpyxl.styles import Alignment, Font

        for cell in self._sheet[1]:
            cell.font = Font(bold=True)
        for letter, width in (("B", 60), ("C", 28), ("E", 28), ("G", 14), ("H", 28), ("I", 40), ("K", 40), ("N", 40)):
            self._sheet.column_dimensions[letter].width = width
        for row in self._sheet.iter_rows(min_row=2):
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._sheet.freeze_panes = "C2"
        self._book.save(self._path)


class Table(Writer):
    """For people at a terminal: the opinion, then what was found and why."""

    interactive = True

    def write(self, answer: Assessment | Failure, prefix: str, by: str = "") -> None:
        self.out.write(printable(self._block(answer, prefix, by)))

    def remark(self, words: str) -> None:
        self.out.write("\n".join(textwrap.fill(line, self.width) for line in printable(words).split("\n")))

    def _block(self, answer: Assessment | Failure, prefix: str, by: str) -> str:
        if isinstance(answer, Failure):
            return f"{prefix}{answer.id}. Không phân loại được: {answer.message}\n\n"
        quoted = textwrap.shorten(answer.text, 400, placeholder=" …")
        lines = [textwrap.fill(f"{prefix}{answer.id}. “{quoted}”", self.width, subsequent_indent="   ")]
        for name, value in [*([("Người nêu", by)] if by else []), *summary(answer)]:
            indent = " " * 18
            lines.append(textwrap.fill(value, self.width, initial_indent=f"   {name:<15}", subsequent_indent=indent))
        return "\n".join(lines) + "\n\n"
