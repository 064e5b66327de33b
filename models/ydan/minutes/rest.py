"""What is neither opinion nor answer: kept, so that nothing of the minutes is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ydan.minutes.extract import Extract
from ydan.minutes.records import Rest, Source
from ydan.minutes.roles import OTHER
from ydan.minutes.speeches import Speech


def rest_of(
    extract: Extract, speeches: Sequence[Speech], roles: Sequence[str], taken: Iterable[Source]
) -> Iterator[Rest]:
    """Every stretch of a block that holds a letter or digit and is not ``taken``."""
    spans = sorted((source.start, source.end) for source in taken)
    kinds = {}
    for speech, role in zip(speeches, roles, strict=True):
        kinds[speech.block] = speech.section or "head" if role == OTHER else "courtesy"
    at = 0
    for number, block in enumerate(extract.blocks):
        while at < len(spans) and spans[at][1] <= block.start:
            at += 1
        kind = "cell" if block.cell is not None else kinds.get(number, "head")
        for start, end in _between(spans, at, block.start, block.end):
            text = extract.text[start:end]
            if any(c.isalnum() for c in text):
                lead = len(text) - len(text.lstrip())
                words = text.strip()
                yield Rest(words, kind, Source(block.place, start + lead, start + lead + len(words)))


def _between(spans: Sequence[tuple[int, int]], at: int, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretches of ``begin`` to ``stop`` that no span from the one at ``at`` on covers."""
    while at < len(spans) and spans[at][0] < stop:
        start, end = spans[at]
        if start > begin:
            yield begin, start
        begin = max(begin, end)
        at += 1
    if begin < stop:
        yield begin, stop
