"""What of an opinion the linear heads see, in training and in serving alike."""

from __future__ import annotations

from collections.abc import Iterable

from ydan.cues import CueHit, Document
from ydan.features.runs import LONGEST
from ydan.text import fold

FIRST = "^"
LAST = "$"
CUE = "#"
PLAIN = "~"


def feature_keys(document: Document, hits: Iterable[CueHit]) -> list[str]:
    """The features of one opinion, as strings, each once.

    * runs of one to three syllables: most Vietnamese words are one or two syllables, so runs of syllables hold
      the words without a segmenter (the measured ablation is in ``docs/ablations.md``);
    * what was typed without diacritics has runs of its own (``~``), learned from copies without diacritics:
      ``ma`` there may be ``mạ``, ``má`` or ``ma``, and must not borrow the weight of one of them;
    * how the opinion begins (``^``) and ends (``$``), which tells a question or a request from a report;
    * cues (``#``), switched-off ones apart.

    Training learns from these; serving asks :class:`~ydan.features.Vocabulary` for the same rows by
    :func:`word_keys` and :func:`other_keys`, which spares it most of the strings.
    """
    words = word_keys(document)
    keys = dict.fromkeys(words)
    for length in range(2, LONGEST + 1):
        keys.update(dict.fromkeys(map(" ".join, zip(*(words[at:] for at in range(length)), strict=False))))
    keys.update(dict.fromkeys(other_keys(document, hits)))
    return list(keys)


def word_keys(document: Document) -> list[str]:
    """The key of each syllable, in order; what the vocabulary must know to have an opinion on the text.

    >>> from ydan.cues import read
    >>> word_keys(read("Đường hỏng")), word_keys(read("duong lang hong"))
    (['đường', 'hỏng'], ['~duong', '~lang', '~hong'])
    """
    return [PLAIN + word for word in document.plain] if document.undiacritized else document.words


def other_keys(document: Document, hits: Iterable[CueHit]) -> list[str]:
    """The keys that are no runs: beginning, end, length, cues."""
    words = document.words
    keys = [f"{CUE}length{min(len(words) // 12, 8)}"]
    if words:
        first, last = fold(" ".join(words[:2])), fold(" ".join(words[-2:]))
        keys += (FIRST + first, FIRST + first.split(" ")[0], LAST + last, LAST + last.split(" ")[-1])
    if "?" in document.aligned.text:
        keys.append(LAST + "?")
    keys += [f"{CUE}!{cue.id}" if negated else CUE + cue.id for cue, _first, _last, negated in hits]
    return keys
