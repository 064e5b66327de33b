"""Which column of a table holds what: the names that offices give them, the contract's names for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ydan.errors import ReadError

TEXT_COLUMNS = ("text", "noi dung", "nội dung", "ý kiến", "y kien", "nội dung ý kiến", "kiến nghị", "content")
ID_COLUMNS = ("id", "stt", "mã", "số tt", "tt")
OWN_COLUMNS = ("host_level", "date", "province")
"""What a row may say for itself; it wins over the options."""


def find_columns(header: Sequence[str], shown: str) -> dict[str, int]:
    """Where ``text`` stands, and where ``id``, ``host_level``, ``date`` and ``province`` do if they are there.

    >>> find_columns(["STT", "Nội dung"], "Tệp a.csv")
    {'text': 1, 'id': 0}

    :raises ReadError: no column of opinions; ``shown`` is how the message calls the table.
    """
    names = [unicodedata.normalize("NFC", name.strip().lower()) for name in header]
    text = _position(names, TEXT_COLUMNS)
    if text is None:
        raise ReadError(
            f"{shown}: không thấy cột nội dung. Hãy đặt tên một cột là: {', '.join(TEXT_COLUMNS[:4])}. "
            f"Các cột đang có: {', '.join(names) or 'không có'}."
        )
    found = {"text": text}
    identity = _position(names, ID_COLUMNS)
    if identity is not None:
        found["id"] = identity
    return found | {name: names.index(name) for name in OWN_COLUMNS if name in names}


def _position(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)
