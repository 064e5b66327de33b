"""One opinion, read once: clean text, syllables, and the way back to the characters the citizen wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ydan.text import AlignedText, Token, expand, fold, is_undiacritized, mask, normalize, syllables

_SENTENCE_BREAK = re.compile(r"[.;:!?\n…]")


@dataclass(slots=True)
class Document:
    """What every later step looks at; built by :func:`read`.

    ``words`` are lower-case syllables, abbreviations expanded, personal data masked; ``plain`` the same
    without diacritics. ``joined`` is ``" w0 w1 . w2 "`` (a full stop where a sentence ends), the string that
    phrases are sought in; ``starts`` maps a word's offset in ``joined`` to its index in ``words``.
    """

    aligned: AlignedText
    tokens: list[Token]
    words: list[str]
    plain: list[str]
    joined: str
    starts: dict[int, int]
    undiacritized: bool
    _joined_plain: str | None = field(default=None, repr=False)

    @property
    def original(self) -> str:
        """The text as given."""
        return self.aligned.original

    @property
    def joined_plain(self) -> str:
        """``joined`` without diacritics, same length."""
        if self._joined_plain is None:
            self._joined_plain = fold(self.joined)
        return self._joined_plain

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Half-open character span in the original text of the words ``first`` to ``last``, both included."""
        return self.aligned.original_span(self.tokens[first].start, self.tokens[last].end)


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
    clean = aligned.text
    tokens = syllables(clean)
    words = [token.text.lower() for token in tokens]
    plain = fold("\x1f".join(words)).split("\x1f") if words else []
    pieces: list[str] = []
    starts: dict[int, int] = {}
    offset = 1
    end = 0
    for index, token in enumerate(tokens):
        if token.start - end > 1 and index and _SENTENCE_BREAK.search(clean, end, token.start):
            pieces.append(".")
            offset += 2
        word = words[index]
        starts[offset] = index
        pieces.append(word)
        offset += len(word) + 1
        end = token.end
    joined = f" {' '.join(pieces)} "
    return Document(aligned, tokens, words, plain, joined, starts, undiacritized)
