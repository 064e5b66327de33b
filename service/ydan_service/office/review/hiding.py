"""Which stretches of the minutes a person may not read: those of confidential opinions and of answers to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ydan.minutes.extract import Block, Extract
from ydan_service.office.masking import cover, cover_spans

Span = tuple[int, int]


def covered_extract(
    text: str, extract: Extract, hidden: Sequence[Span], shown: Sequence[Span], names: Iterable[str]
) -> str:
    """``text`` (the extract, or the extract with people covered) without anything of what is hidden.

    Around a ``hidden`` span its whole paragraph goes, or its row of a table, for there stand the speaker and the
    answer; ``shown`` spans, of other opinions, stay. ``names`` are those of the hidden speakers, who go everywhere.
    """
    if not hidden:
        return text
    return cover_spans(text, _spans(extract, hidden, shown, names))


def touches_hidden(
    extract: Extract, hidden: Sequence[Span], shown: Sequence[Span], names: Iterable[str], span: Span
) -> bool:
    """Whether a stretch reaches into what is covered."""
    return bool(hidden) and any(a < span[1] and span[0] < b for a, b in _spans(extract, hidden, shown, names))


def _spans(extract: Extract, hidden: Sequence[Span], shown: Sequence[Span], names: Iterable[str]) -> list[Span]:
    named = list(names)
    rows = {
        (block.cell.table, block.cell.row)
        for block in extract.blocks
        if block.cell is not None and _meets(block, hidden)
    }
    gone = [
        block
        for block in extract.blocks
        if _meets(block, hidden)
        or (block.cell is not None and (block.cell.table, block.cell.row) in rows)
        or (named and _names_any(extract.of(block), named))
    ]
    return [
        *hidden,
        *(span for block in gone for span in _without((block.start, block.end), shown)),
    ]


def _names_any(text: str, names: Sequence[str]) -> bool:
    return cover(text, names) != cover(text)


def _meets(block: Block, spans: Iterable[Span]) -> bool:
    return any(a < block.end and block.start < b for a, b in spans)


def _without(whole: Span, kept: Iterable[Span]) -> list[Span]:
    """What is left of a span."""
    pieces, at = [], whole[0]
    for start, end in sorted(kept):
        if end <= at or start >= whole[1]:
            continue
        if start > at:
            pieces.append((at, start))
        at = end
    if at < whole[1]:
        pieces.append((at, whole[1]))
    return pieces
