"""What of an opinion the linear heads see. One function, used in training and in serving alike."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ydan.cues import CueHit, Document

FIRST = "^"
LAST = "$"
CUE = "#"
PLAIN = "~"


def feature_keys(document: Document, hits: Iterable[CueHit]) -> list[str]:
    """The features of one opinion, as strings, each once.

    * runs of one to three syllables: most Vietnamese words are one or two syllables, so runs of syllables hold
      the words without a segmenter (the measured ablation is in ``docs/ablations.md``);
    * the same without diacritics (``~``), for what is typed without them;
    * how the opinion begins (``^``) and ends (``$``), which tells a question or a request from a report;
    * cues (``#``), switched-off ones apart.
    """
    words, plain = document.words, document.plain
    keys = set(words)
    keys.update(map(_JOIN, pairwise(words)))
    keys.update(map(_JOIN, zip(words, words[1:], words[2:], strict=False)))
    keys.update(map(PLAIN.__add__, plain))
    keys.update(map(PLAIN.__add__, map(_JOIN, pairwise(plain))))
    if words:
        keys.add(FIRST + plain[0])
        keys.add(FIRST + " ".join(plain[:2]))
        keys.add(LAST + plain[-1])
        keys.add(LAST + " ".join(plain[-2:]))
    if "?" in document.aligned.text:
        keys.add(LAST + "?")
    keys.add(f"{CUE}length{min(len(words) // 12, 8)}")
    for cue, _first, _last, negated in hits:
        keys.add(f"{CUE}!{cue.id}" if negated else CUE + cue.id)
    return list(keys)


_JOIN = " ".join
