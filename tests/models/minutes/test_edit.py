"""One change, as a log keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from ydan.errors import EditError
from ydan.minutes.edit import KINDS, Edit

GOOD = Edit("split", ("1",), ("e1", "e2"), at=(11,)).to_json()


@pytest.mark.parametrize(
    "row",
    [
        None,
        [],
        "split",
        {},
        {**GOOD, "kind": "burn"},
        {**GOOD, "before": "1"},
        {**GOOD, "before": [1]},
        {**GOOD, "at": [True]},
        {**GOOD, "at": ["11"]},
        {**GOOD, "at": None},
        {**GOOD, "to": "0"},
        {**GOOD, "text": 3},
    ],
)
def test_a_log_line_that_is_none_is_refused(row: Any) -> None:
    """Logs come from files that people can change."""
    with pytest.raises(EditError):
        Edit.from_json(row)


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_is_read_as_it_was_written(kind: str) -> None:
    """All kinds, all fields."""
    edit = Edit(kind, ("1", "2"), ("e1",), (3, 7), 2, "Đường lầy.")
    assert Edit.from_json(edit.to_json()) == edit
