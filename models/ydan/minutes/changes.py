"""Does a sentence go on with the matter before it, or open another? The features of the chain that estimates it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ydan.text import fold, lower, split

SAME, NEW = "same", "new"
CHANGES = (SAME, NEW)

_BINS = (0.05, 0.15, 0.3, 0.5, 0.75)
_OPENS = 5
_COMMON = frozenset(
    [
        "và",
        "là",
        "có",
        "của",
        "cho",
        "các",
        "được",
        "đã",
        "không",
        "thì",
        "mà",
        "này",
        "với",
        "những",
        "một",
        "ở",
        "đề",
        "nghị",
        "xã",
        "tôi",
        "để",
        "ra",
        "về",
        "bà",
        "con",
        "ông",
        "chúng",
        "từ",
        "đến",
        "trong",
        "nên",
        "khi",
        "cái",
        "người",
        "làm",
        "chưa",
        "nhà",
        "phải",
        "còn",
        "cũng",
        "vẫn",
        "lại",
        "xin",
        "mong",
        "như",
        "hay",
        "nay",
    ]
)


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch as the estimate sees it: its words in lower case, and whether it asks for something."""

    words: list[str]
    asks: bool

    @classmethod
    def of(cls, text: str) -> Said:
        """Read once; each stretch is compared with several others."""
        return cls(split(lower(text))[1::2], _REQUEST.search(fold(text)) is not None)

    def then(self, other: Said) -> Said:
        """This and what follows it, as one."""
        return Said(self.words + other.words, self.asks or other.asks)


def change_features(
    before: Said, after: Said, topics_before: npt.NDArray[np.float32], topics_after: npt.NDArray[np.float32]
) -> list[str]:
    """What tells whether ``after`` is about another matter than ``before`` (the one or two sentences ahead of it)."""
    said, says = before.words, after.words
    row = ["bias", f"len={min(6, len(says) // 4)}", f"-len={min(6, len(said) // 6)}"]
    row += [f"o{n}={word}" for n, word in enumerate(says[:_OPENS])]
    row += [f"oo={a}_{b}" for a, b in pairwise(says[:4])]
    row += [f"w={word}" for word in dict.fromkeys(says)]
    row += [f"e={word}" for word in said[-2:]]
    shared = [word for word in set(said).intersection(says) if word not in _COMMON and not word.isdigit()]
    row.append(f"shared={min(3, len(shared))}")
    pairs = set(pairwise(said)).intersection(pairwise(says))
    row.append(f"pairs={min(2, len(pairs))}")
    same = _bin(float(np.minimum(topics_before, topics_after).sum()))
    own = float(topics_after.max())
    row += [f"topics={same}", f"topics={same}|sure={_bin(min(float(topics_before.max()), own))}", f"sure={_bin(own)}"]
    row += [
        f"asked={before.asks}|asks={after.asks}",
        f"asked={before.asks}|topics={same}",
        f"asked={before.asks}|o0={says[0] if says else ''}",
    ]
    return row


_REQUEST = re.compile(
    r"(?<!\w)(?:de nghi|kien nghi|mong|xin|yeu cau|nho|de xuat|bao gio|khi nao|vi sao|tai sao|the nao|ra sao)(?!\w)|\?"
)


def _bin(value: float) -> int:
    return sum(value > edge for edge in _BINS)
