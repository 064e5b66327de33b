"""Spans find their way back through every kind of edit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan.text import AlignedText, Edit

SWAP = AlignedText.of("abcdef").apply([Edit(1, 3, "X"), Edit(4, 4, "YZ")])  # aXdYZef


def test_no_edits_is_the_same_object() -> None:
    """Applying nothing costs nothing."""
    aligned = AlignedText.of("đường")
    assert aligned.apply([]) is aligned


@pytest.mark.parametrize(
    ("span", "original"),
    [
        ((0, 1), (0, 1)),
        ((1, 2), (1, 3)),
        ((0, 2), (0, 3)),
        ((2, 3), (3, 4)),
        ((3, 5), (4, 4)),
        ((5, 7), (4, 6)),
        ((0, 7), (0, 6)),
        ((7, 7), (6, 6)),
        ((-5, 99), (0, 6)),
    ],
)
def test_a_span_that_touches_a_replacement_covers_its_source(span: tuple[int, int], original: tuple[int, int]) -> None:
    """Replaced text maps to the whole of what it replaced, other text to itself."""
    assert SWAP.original_span(*span) == original


def test_deleted_text_belongs_to_no_neighbour() -> None:
    """What was deleted beside a span is not part of it, what was deleted inside is."""
    aligned = AlignedText.of("a--b--c").apply([Edit(1, 3, ""), Edit(4, 6, "")])
    assert aligned.original_span(1, 2) == (3, 4)
    assert aligned.original_span(0, 2) == (0, 4)


def test_from_original_is_the_way_there() -> None:
    """A span of the original leads to what it became."""
    assert SWAP.from_original(1, 2) == (1, 2)
    assert SWAP.from_original(3, 6) == (2, 7)
    assert SWAP.from_original(2, 2) == (1, 1)


def test_overlapping_or_outlying_edits_are_refused() -> None:
    """Edits must be sorted, apart and inside the text."""
    with pytest.raises(ValueError, match="Sort the edits"):
        AlignedText.of("abc").apply([Edit(0, 2, ""), Edit(1, 3, "")])
    with pytest.raises(ValueError, match="3 characters"):
        AlignedText.of("abc").apply([Edit(2, 9, "")])


@st.composite
def edited(draw: st.DrawFn) -> AlignedText:
    """A text after up to three random steps."""
    aligned = AlignedText.of(draw(st.text(max_size=20)))
    for _ in range(draw(st.integers(0, 3))):
        bounds = sorted(draw(st.lists(st.integers(0, len(aligned.text)), max_size=8)))
        pairs = zip(bounds[0::2], bounds[1::2], strict=False)
        aligned = aligned.apply([Edit(a, b, draw(st.text(max_size=3))) for a, b in pairs])
    return aligned


@given(edited(), st.integers(0, 30), st.integers(0, 30))
def test_spans_are_never_inverted_nor_outside(aligned: AlignedText, a: int, b: int) -> None:
    """Any span, any edits: the answer is a span of the original; empty stays empty."""
    start, end = aligned.original_span(a, b)
    assert 0 <= start <= end <= len(aligned.original)
    if min(b, len(aligned.text)) <= a:
        assert start == end
    start, end = aligned.from_original(a, b)
    assert 0 <= start <= end <= len(aligned.text)


@given(edited())
def test_untouched_characters_map_to_themselves(aligned: AlignedText) -> None:
    """A character that maps to one original character, and came from no replacement, is that character."""
    replaced = {c for step in aligned.steps for edit in step for c in edit.replacement}
    for at, char in enumerate(aligned.text):
        start, end = aligned.original_span(at, at + 1)
        if char not in replaced:
            assert aligned.original[start:end] == char
