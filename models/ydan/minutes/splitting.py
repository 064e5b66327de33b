"""Where in a citizen's turn each matter begins and ends: the features of the chain that tags every syllable."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from ydan.minutes.chain import Chain, Observed
from ydan.minutes.changes import NEW, SAME
from ydan.minutes.turn_features import TurnText
from ydan.text import syllables
from ydan.text.mask import find_personal

DOCUMENT, SINGLE = "document", "single"
"""Where a turn comes from."""
BEGIN, INSIDE, OUTSIDE = "B", "I", "O"
TAGS = (BEGIN, INSIDE, OUTSIDE)

FEW = 6
"""Syllables beside a phone or identity number, at most, of a sentence that only says how to reach the speaker."""

TopicsOf = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts in, one row of topic probabilities each out."""


def observe_turns(
    turns: Sequence[str], opening: Sequence[str], topics: TopicsOf, changes: Chain, source: str = DOCUMENT
) -> list[Observed]:
    """What every syllable of every turn shows.

    ``opening`` says for each turn how it was introduced (``colon``, ``verb``, ``none``, ``cell``); ``topics``
    is asked once for the sentences of all turns together; ``changes`` estimates whether a sentence opens a matter.
    ``source`` marks lessons that are single turns, picked to be hard, so that their rates are not those of documents.
    """
    read = [TurnText(text, how, source) for text, how in zip(turns, opening, strict=True)]
    texts = [text for turn in read for text in turn.stretches()]
    rows = topics(texts) if texts else np.zeros((0, 1), dtype=np.float32)
    own, at = [], 0
    for turn in read:
        count = len(turn.sentences) + len(turn.clauses)
        own.append(rows[at : at + count])
        at += count
    asked = [turn.change_rows(part) for turn, part in zip(read, own, strict=True)]
    new = _probabilities([row for part in asked for row in part], changes)
    at = 0
    found = []
    for turn, part, questions in zip(read, own, asked, strict=True):
        found.append(turn.observe(part, new[at : at + len(questions)]))
        at += len(questions)
    return found


def _probabilities(rows: Sequence[Sequence[str]], changes: Chain) -> list[float]:
    """Of each row by itself, that it opens another matter."""
    if not rows:
        return []
    scores = changes.scores(rows)
    odds = scores[:, changes.labels.index(NEW)] - scores[:, changes.labels.index(SAME)]
    return [float(p) for p in 1.0 / (1.0 + np.exp(-odds.astype(np.float64)))]


def spans_of(text: str, tags: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches of a turn that its tags mark, each with the closing punctuation of its last word.

    >>> spans_of("Thưa xã, đường lầy.", ["O", "O", "B", "I"])
    [(9, 19)]
    """
    tokens = syllables(text)
    spans: list[tuple[int, int]] = []
    for token, tag, before in zip(tokens, tags, [OUTSIDE, *tags][: len(tags)], strict=True):
        if tag == BEGIN or (tag == INSIDE and before == OUTSIDE):
            spans.append((token.start, token.end))
        elif tag == INSIDE:
            spans[-1] = (spans[-1][0], token.end)
    return _with_contacts(text, [(_opened(text, begin), _closed(text, end)) for begin, end in spans])


def _with_contacts(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A stretch that only says how to reach the speaker belongs to the matter before it.

    >>> _with_contacts("Đường lầy. Gọi tôi số 0900000000.", [(0, 10), (11, 33)])
    [(0, 33)]
    """
    kept: list[tuple[int, int]] = []
    for begin, end in spans:
        if kept and _only_a_contact(text[begin:end]):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((begin, end))
    return kept


def _only_a_contact(words: str) -> bool:
    numbers = [one for one in find_personal(words) if one.kind in ("phone", "email", "id")]
    beside = [
        token for token in syllables(words) if not any(n.start < token.end and token.start < n.end for n in numbers)
    ]
    return bool(numbers) and len(beside) <= FEW


def _opened(text: str, begin: int) -> int:
    return begin - 1 if begin and text[begin - 1] in '"“(' else begin


def _closed(text: str, end: int) -> int:
    found = re.compile(r"[)\"”]?[.!?…]*[)\"”%]?").match(text, end)
    return end if found is None else found.end()
