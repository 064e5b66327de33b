"""Minutes from a plain list of opinions, so that a list gets the same documents as a file."""

from __future__ import annotations

from collections.abc import Iterable

from ydan.documents.wording import clean
from ydan.minutes.extract import Piece, build_extract
from ydan.minutes.records import Meeting, Minutes, Raised, Source
from ydan.opinion import Opinion


def plain_minutes(opinions: Iterable[Opinion | str], meeting: Meeting | None = None) -> Minutes:
    """Minutes without answers. Texts get the ids ``1``, ``2`` …; of opinions, the first one's session fills in the
    meeting's date and level.

    >>> plain_minutes(["Đường xóm 4 lầy lội.", "Đèn hỏng."]).opinions[1].id
    '2'
    """
    found = list(opinions)
    pairs = [(one.id, one.text) if isinstance(one, Opinion) else (str(at), one) for at, one in enumerate(found, 1)]
    extract = build_extract([Piece(clean(text) or "…") for _id, text in pairs], "list")
    raised = tuple(
        Raised(id_, text, Source(block.place, block.start, block.end))
        for (id_, text), block in zip(pairs, extract.blocks, strict=True)
    )
    first = next((one for one in found if isinstance(one, Opinion)), None)
    if meeting is None and first is not None:
        meeting = Meeting(date=first.session.date, host_level=first.session.host_level)
    return Minutes(meeting or Meeting(), raised, (), (), extract)
