"""One opinion, read once: clean text, syllables, and the way back to the characters the citizen wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ydan.text import AlignedText, expand, fold, is_undiacritized, lower, mask, normalize, split

_SENTENCE_BREAK = re.compile(r"[.;:!?\n…]")


@dataclass(slots=True)
class Document:
    """What every later step looks at; built by :func:`read`.

    ``words`` are lower-case syllables, abbreviations expanded, personal data masked; ``breaks`` the indexes of
    those that begin a sentence. ``pieces`` are the words with the gaps around them. ``joined`` is
    ``" w0 w1 . w2 "`` (a full stop where a sentence ends), the string that phrases are sought in.

    What few opinions or few words are asked for (``plain``, places) is worked out when asked.
    """

    aligned: AlignedText
    pieces: list[str]
    words: list[str]
    breaks: list[int]
    joined: str
    undiacritized: bool

    @property
    def original(self) -> str:
        """The text as given."""
        return self.aligned.original

    @property
    def plain(self) -> list[str]:
        """``words`` without diacritics."""
        return fold(" ".join(self.words)).split()

    @property
    def joined_plain(self) -> str:
        """``joined`` without diacritics, same length."""
        return fold(self.joined)

    def word_at(self, offset: int) -> int:
        """The index of the word that begins at ``offset`` of ``joined``.

        >>> document = read("Sửa đường. Huyện biết.")
        >>> document.words[document.word_at(document.joined.index("huyện"))]
        'huyện'
        """
        return self.joined.count(" ", 1, offset) - self.joined.count(" . ", 0, offset)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Half-open character span in the original text of the words ``first`` to ``last``, both included."""
        begin, end = 2 * first + 1, 2 * last + 2
        start = len("".join(self.pieces[:begin]))
        return self.aligned.original_span(start, start + len("".join(self.pieces[begin:end])))


def read(text: str) -> Document:
    """Normalize, mask, expand and split ``text``.

    >>> read("ĐN UBND xã sửa đg").words[:4]
    ['đề', 'nghị', 'uỷ', 'ban']
    """
    aligned = normalize(text)
    undiacritized = is_undiacritized(aligned.text)
    masked = mask(aligned.text)
    if masked.steps:
        aligned = AlignedText(masked.text, aligned.original, aligned.steps + masked.steps)
    aligned = expand(aligned)
    pieces = split(lower(aligned.text))
    words = pieces[1::2]
    gaps = pieces[2:-1:2]
    breaks = [at for at, gap in enumerate(gaps, 1) if len(gap) > 1 and _SENTENCE_BREAK.search(gap)]
    parts = words
    if breaks:
        parts = words.copy()
        for at in reversed(breaks):
            parts.insert(at, ".")
    return Document(aligned, pieces, words, breaks, f" {' '.join(parts)} ", undiacritized)
