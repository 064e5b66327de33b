"""Answers as JSON Lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ydan.bulk.rows import Answer, Row, answer_rows, json_line


class JsonLinesEncoder:
    """One object a line, versions included."""

    def __init__(self, versions: Mapping[str, object], prefix: str = "", *, placed: bool = False) -> None:
        self._versions, self._prefix, self._placed = versions, prefix, placed

    def __call__(self, answers: Sequence[Answer], rows: Sequence[Row] = ()) -> str:
        places = rows if self._placed else None
        return "".join(map(json_line, answer_rows(answers, self._versions, self._prefix, places)))
