"""What officials said, before it is known which opinions it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ydan.minutes.extract import Block, Extract
from ydan.minutes.roles import ANSWER
from ydan.minutes.speakers import read_marker
from ydan.minutes.speeches import Speech


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer or a point of the conclusion, ``extract.text[start:end]``.

    ``row`` is the table and row that it stands in; ``body`` and ``deadline`` are what that row's own columns say about
    who is to do it by when.
    """

    start: int
    end: int
    block: Block
    kind: str
    speaker: str | None = None
    row: tuple[int, int] | None = None
    body: str | None = None
    deadline: str | None = None


def spoken_replies(extract: Extract, speeches: Sequence[Speech], roles: Sequence[str]) -> Iterator[Reply]:
    """Speeches of officials, without their number or bullet."""
    for speech, role in zip(speeches, roles, strict=True):
        if role == ANSWER and speech.end > speech.start:
            kind = "conclusion" if speech.section == "conclusion" else "answer"
            begin = speech.start + read_marker(extract.text[speech.start : speech.end])
            who = speech.intro.speaker if speech.intro is not None and speech.reply else None
            yield Reply(begin, speech.end, extract.blocks[speech.block], kind, who)
