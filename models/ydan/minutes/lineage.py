"""What became of an opinion that was split, merged or reworded, and what it came of, as the log of changes tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ydan.minutes.edit import Edit
from ydan.minutes.records import Raised

Steps = Mapping[str, tuple[str, ...]]
"""An opinion's id → those that one change leads to from it, back or on."""


def ids_of(opinions: Iterable[Raised]) -> tuple[str, ...]:
    """Their ids, in order."""
    return tuple(opinion.id for opinion in opinions)


def parents_in(log: Iterable[Edit]) -> Steps:
    """Back: what each opinion was made of. What was read or added is not in it."""
    return {made: edit.before for edit in log if edit.before and edit.kind != "move" for made in edit.after}


def heirs_in(log: Iterable[Edit]) -> Steps:
    """On: what took the place of each opinion that was changed; of a removed one, nothing."""
    return {id_: edit.after for edit in log if edit.kind != "move" for id_ in edit.before}


def follow(ids: Iterable[str], steps: Steps) -> tuple[str, ...]:
    """Where these ids lead to, as far as it goes, each once. An id is never used twice, so it ends.

    >>> follow(["1", "2"], heirs_in([Edit("split", ("1",), ("e1", "e2"), at=(5,))]))
    ('e1', 'e2', '2')
    """
    found = list(ids)
    while any(id_ in steps for id_ in found):
        found = [next_ for id_ in found for next_ in steps.get(id_, (id_,))]
    return tuple(dict.fromkeys(found))
