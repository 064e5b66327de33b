"""What an opinion came of and what became of it."""

from __future__ import annotations

import pytest

from ydan.minutes.edit import Edit
from ydan.minutes.lineage import follow, heirs_in, parents_in

LOG = [
    Edit("split", ("1",), ("e1", "e2"), at=(5,)),
    Edit("move", ("e1",), ("e1",), to=1),
    Edit("merge", ("e2", "2"), ("e3",)),
    Edit("remove", ("3",), ()),
    Edit("add", (), ("e4",), at=(7, 9), to=0),
    Edit("retext", ("e3",), ("e5",), text="Đèn hỏng."),
]


@pytest.mark.parametrize(
    ("id_", "origins"), [("e5", ("1", "2")), ("e1", ("1",)), ("e4", ("e4",)), ("4", ("4",)), ("e3", ("1", "2"))]
)
def test_the_log_leads_back_to_what_was_read_or_added(id_: str, origins: tuple[str, ...]) -> None:
    """Through any number of changes; a move is no change of the opinion."""
    assert follow([id_], parents_in(LOG)) == origins


@pytest.mark.parametrize(
    ("ids", "heirs"), [(("1",), ("e1", "e5")), (("1", "2"), ("e1", "e5")), (("3",), ()), (("4", "2"), ("4", "e5"))]
)
def test_the_log_leads_on_to_what_stands_in_the_place(ids: tuple[str, ...], heirs: tuple[str, ...]) -> None:
    """Each once; nothing where it was removed."""
    assert follow(ids, heirs_in(LOG)) == heirs
