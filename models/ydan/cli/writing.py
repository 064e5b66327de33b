"""Assessments as a table on the terminal, JSON Lines, CSV or a spreadsheet."""

from __future__ import annotations

import csv
import re
import shutil
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from ydan.assessment import Assessment, Failure, dump_json
from ydan.errors import MissingExtra, ReadError

COLUMNS = (
    "STT",
    "Nội dung",
    "Lĩnh vực",
    "Độ tin cậy",
    "Việc",
    "Loại",
    "Cấp thẩm quyền",
    "Cơ quan",
    "Căn cứ",
    "Báo lên trên",
    "Lý do",
    "Mức khẩn",
    "Chuyển ngang",
    "Cần xem lại",
    "Lỗi",
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
URGENCY = {
    "immediate": "Ngay, trong 24 giờ",
    "soon": "Trong 3 ngày làm việc",
    "with_conclusion": "Cùng thông báo kết luận",
    "periodic": "Theo báo cáo định kỳ",
    None: "",
}


ENDINGS = {
    ".jsonl": "jsonl",
    ".json": "jsonl",
    "": "jsonl",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".txt": "table",
}
"""The format that a file's ending asks for when ``--format`` does not say."""


class Writer:
    """Takes answers one by one; a context manager that closes what it opened."""

    interactive = False

    def __init__(self, out: IO[str], owned: bool) -> None:
        self.out = out
        self._owned = owned

    def write(self, answer: Assessment | Failure, prefix: str) -> None:
        raise NotImplementedError

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

    def write(self, answer: Assessment | Failure, prefix: str) -> None:
        row = answer.to_json()
        row["id"] = prefix + row["id"]
        if isinstance(answer, Assessment):
            row |= self._versions
        self.out.write(dump_json(row) + "\n")


class Csv(Writer):
    """Comma-separated, with a BOM in files so that Excel shows the diacritics."""

    def __init__(self, out: IO[str], owned: bool) -> None:
        super().__init__(out, owned)
        if owned:
            out.write("\ufeff")
        self._writer = csv.writer(out)
        self._writer.writerow(COLUMNS)

    def write(self, answer: Assessment | Failure, prefix: str) -> None:
        self._writer.writerow([safe_cell(printable(cell)) for cell in row_cells(answer, prefix)])


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

    def write(self, answer: Assessment | Failure, prefix: str) -> None:
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

    def write(self, answer: Assessment | Failure, prefix: str) -> None:
        self.out.write(printable(self._block(answer, prefix)))

    def remark(self, words: str) -> None:
        width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        self.out.write("\n".join(textwrap.fill(line, width) for line in printable(words).split("\n")))

    @staticmethod
    def _block(answer: Assessment | Failure, prefix: str) -> str:
        width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        if isinstance(answer, Failure):
            return f"{prefix}{answer.id}. Không phân loại được: {answer.message}\n\n"
        quoted = textwrap.shorten(answer.text, 400, placeholder=" …")
        lines = [textwrap.fill(f"{prefix}{answer.id}. “{quoted}”", width, subsequent_indent="   ")]
        for name, value in summary(answer):
            indent = " " * 18
            lines.append(textwrap.fill(value, width, initial_indent=f"   {name:<15}", subsequent_indent=indent))
        return "\n".join(lines) + "\n\n"


def open_writer(format_: str | None, output: Path | None, versions: Mapping[str, object]) -> Writer:
    """The writer for ``format_``, guessed from ``output``'s ending when it is ``None``.

    :raises ReadError: a spreadsheet without a file to write it to, an ending that is not written, a folder that
        does not exist or stands where the file should.
    """
    if format_ is None and output is not None and output.suffix.lower() not in ENDINGS:
        raise ReadError(
            f"Chưa ghi được tệp {output.suffix} ({output}). Hãy đặt đuôi {', '.join(filter(None, ENDINGS))}, "
            "hoặc thêm --format."
        )
    if format_ is None:
        format_ = "table" if output is None else ENDINGS[output.suffix.lower()]
    if output is not None and not output.parent.is_dir():
        raise ReadError(f"Không có thư mục {output.parent}. Hãy tạo thư mục này trước.")
    if output is not None and output.is_dir():
        raise ReadError(f"{output} là thư mục. Hãy cho tên một tệp, ví dụ --output {output / 'ket-qua.csv'}.")
    if format_ == "xlsx":
        if output is None:
            raise ReadError("Dạng xlsx phải ghi ra tệp. Hãy thêm --output ten.xlsx.")
        return Spreadsheet(output)
    out: IO[str] = sys.stdout if output is None else output.open("w", encoding="utf-8", errors="replace", newline="")
    owned = output is not None
    if format_ == "csv":
        return Csv(out, owned)
    return JsonLines(out, owned, versions) if format_ == "jsonl" else Table(out, owned)


def summary(answer: Assessment) -> list[tuple[str, str]]:
    """What a person wants to see of an assessment, as ``(name, value)`` lines."""
    judged, up = answer.jurisdiction, answer.escalation
    lines = [("Lĩnh vực", f"{answer.topic.label} ({answer.topic.confidence:.0%})")]
    if answer.matter is not None:
        lines.append(("Việc", f"{answer.matter.label} ({answer.matter.confidence:.0%})"))
    lines.append(("Loại", f"{answer.type.label} ({answer.type.confidence:.0%})"))
    lines.append(("Thẩm quyền", f"{judged.level.label} – {judged.body.label} ({judged.level.confidence:.0%})"))
    lines.append(("Căn cứ", judged.basis))
    if up.required:
        to = f" → {up.to_body.label}" if up.to_body is not None else ""
        lines.append(("BÁO LÊN TRÊN", f"{URGENCY[up.urgency]}{to}"))
        for reason in up.reasons:
            begin, end = reason.span
            words = textwrap.shorten(answer.text[begin:end], 80, placeholder=" …")
            lines.append(("", f"• {reason.label}: “{words}” – {reason.basis}"))
    if up.transfer:
        lines.append(("CHUYỂN NGANG", judged.body.label))
    if up.confidential:
        lines.append(("GIỮ KÍN", "Không đưa tên, địa chỉ người nêu vào danh sách, thông báo"))
    if answer.review:
        lines.append(("Cần xem lại", "; ".join(reason.label for reason in answer.review)))
    return lines


def row_cells(answer: Assessment | Failure, prefix: str) -> list[str]:
    """One row of ``COLUMNS``."""
    if isinstance(answer, Failure):
        return [prefix + answer.id, *[""] * (len(COLUMNS) - 2), answer.message]
    judged, up = answer.jurisdiction, answer.escalation
    return [
        prefix + answer.id,
        answer.text,
        answer.topic.label,
        f"{answer.topic.confidence:.2f}",
        answer.matter.label if answer.matter else "",
        answer.type.label,
        judged.level.label,
        judged.body.label,
        judged.basis,
        "x" if up.required else "",
        "; ".join(reason.label for reason in up.reasons),
        URGENCY[up.urgency],
        "x" if up.transfer else "",
        "; ".join(reason.label for reason in answer.review),
        "",
    ]


def safe_cell(value: str) -> str:
    """A cell that a spreadsheet takes as text: a leading ``=``, ``+``, ``-`` or ``@`` would run as a formula."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def printable(value: Any) -> str:
    """Without what a spreadsheet file cannot hold and a terminal would obey: controls, halves of characters."""
    return _UNPRINTABLE.sub("", str(value))
