"""A text that was edited and still knows which characters of the original each of its spans came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace the half-open span ``start``..``end`` of a text by ``replacement``."""

    start: int
    end: int
    replacement: str


class _Step(NamedTuple):
    """One step, laid out for bisection: where edit ``i`` lies before and after the step."""

    old_starts: list[int]
    old_ends: list[int]
    new_starts: list[int]
    new_ends: list[int]


@dataclass(frozen=True, slots=True)
class AlignedText:
    """``text``, made from ``original`` by ``steps``; each step is sorted edits against the text before it.

    Evidence is shown to the secretary in the citizen's own words, so every span that a later stage finds in
    the cleaned text has to find its way back.

    >>> aligned = AlignedText.of("sửa đg ĐT390").apply([Edit(4, 6, "đường")])
    >>> aligned.text, aligned.original_span(4, 9)
    ('sửa đường ĐT390', (4, 6))
    """

    text: str
    original: str
    steps: tuple[tuple[Edit, ...], ...] = ()
    _layout: tuple[_Step, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, original: str) -> AlignedText:
        """A text that nothing was done to yet."""
        return cls(original, original)

    def apply(self, edits: Sequence[Edit]) -> AlignedText:
        """The text after one more step; ``self`` when there is nothing to edit.

        :raises ValueError: edits that overlap, are not sorted, or lie outside the text.
        """
        if not edits:
            return self
        text, pieces, done = self.text, [], 0
        for start, end, replacement in edits:
            if start < done or end < start:
                raise ValueError(
                    f"Edit {start}..{end} starts before {done} or is inverted. Sort the edits, no overlap."
                )
            pieces.append(text[done:start])
            pieces.append(replacement)
            done = end
        if done > len(text):
            raise ValueError(f"Edit ends at {done}, the text has {len(text)} characters. Edit the text as it is now.")
        pieces.append(text[done:])
        return AlignedText("".join(pieces), self.original, (*self.steps, tuple(edits)))

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of ``original`` that ``start``..``end`` of ``text`` came from.

        A span that touches a replacement covers everything that was replaced. What lies outside the text is
        cut off; an empty span stays empty.
        """
        start, end = _clamp(start, end, len(self.text))
        if not self.steps:
            return start, end
        for step in reversed(self._steps()):
            start, end = _across(start, end, step.new_starts, step.new_ends, step.old_starts, step.old_ends)
        return start, end

    def from_original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of ``text`` that ``start``..``end`` of ``original`` became.

        >>> AlignedText.of("sửa đg").apply([Edit(4, 6, "đường")]).from_original(4, 6)
        (4, 9)
        """
        start, end = _clamp(start, end, len(self.original))
        for step in self._steps():
            start, end = _across(start, end, step.old_starts, step.old_ends, step.new_starts, step.new_ends)
        return start, end

    def _steps(self) -> tuple[_Step, ...]:
        """The layout of the steps, made at the first question and kept."""
        layout = self._layout
        if layout is None:
            layout = tuple(_lay_out(step) for step in self.steps)
            object.__setattr__(self, "_layout", layout)
        return layout


def _clamp(start: int, end: int, length: int) -> tuple[int, int]:
    start = min(max(start, 0), length)
    return start, min(max(end, start), length)


def _lay_out(step: tuple[Edit, ...]) -> _Step:
    laid = _Step([], [], [], [])
    shift = 0
    for start, end, replacement in step:
        laid.old_starts.append(start)
        laid.old_ends.append(end)
        laid.new_starts.append(start + shift)
        shift += len(replacement) - (end - start)
        laid.new_ends.append(end + shift)
    return laid


def _across(
    start: int, end: int, starts: list[int], ends: list[int], to_starts: list[int], to_ends: list[int]
) -> tuple[int, int]:
    """Carry a span over one step: the start by its first character, the end by its last."""
    at = bisect_right(starts, start) - 1
    if at < 0:
        first = start
    elif start < ends[at]:
        first = to_starts[at]
    else:
        first = start - ends[at] + to_ends[at]
    if end == start:
        return first, first
    at = bisect_right(starts, end - 1) - 1
    if at < 0:
        return first, end
    if end - 1 < ends[at]:
        return first, to_ends[at]
    return first, end - ends[at] + to_ends[at]
