"""Tables as text (.csv): which sign parts the cells, and how a quoted cell may run over lines."""

from __future__ import annotations

import csv
import io

from ydan.errors import ReadError
from ydan.minutes.extract import Extract
from ydan.minutes.readers.encoding import decode_text
from ydan.minutes.readers.grid import table_pieces
from ydan.minutes.readers.limits import Limits, check_cells
from ydan.minutes.readers.tidy import finish

_DELIMITERS = ",;\t|"
_SAMPLE = 200


def read_separated(data: bytes, name: str, limits: Limits) -> Extract:
    """Cells named as a spreadsheet would (``C7``); one column of cells when no sign parts them.

    :raises ReadError: ``binary_text``, ``too_many_cells``, ``corrupt_file`` for quotes that never close.
    """
    text = decode_text(data, name)
    delimiter = None
    if text[:4].lower() == "sep=":  # how Excel marks the delimiter
        mark, _, text = text.partition("\n")
        delimiter = mark[4:5] or None
    delimiter = delimiter if delimiter in tuple(_DELIMITERS) else find_delimiter(text)
    csv.field_size_limit(max(csv.field_size_limit(), limits.characters))
    cells: dict[tuple[int, int], str] = {}
    count = 0
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                if word.strip():
                    cells[row, column] = word
                    check_cells(len(cells), name, limits)
            count += len(words)
            check_cells(len(cells) + count // 50, name, limits)
    except csv.Error as error:
        raise ReadError(
            f"Tệp {name}: không đọc được dòng {rows.line_num} ({error}). Hãy xem lại dấu ngoặc kép.", "corrupt_file"
        ) from error
    return finish(table_pieces(cells, {}, 0, ""), "csv", name, limits)


def find_delimiter(text: str) -> str:
    """The sign that parts most rows into the same number of cells, at least two.

    >>> find_delimiter("stt;nội dung\\n1;Đường, điện\\n2;Nước, rác, chợ\\n")
    ';'
    """
    head = text[:100_000]
    best, most = "\x1f", 0.0  # one that no file uses
    for delimiter in _DELIMITERS:
        try:
            rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
            widths = [len(row) for row, _ in zip(rows, range(_SAMPLE), strict=False) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = 0.0 if usual < 2 else widths.count(usual) / len(widths) + min(usual, 9) / 100
        if score > most:
            best, most = delimiter, score
    return best
