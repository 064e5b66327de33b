"""Does a sentence go on with the matter before it, or open another? The features of the chain that estimates it."""

from __future__ import annotations

import re
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


def change_features(
    before: str, after: str, topics_before: npt.NDArray[np.float32], topics_after: npt.NDArray[np.float32]
) -> list[str]:
    """What tells whether ``after`` is about another matter than ``before`` (the one or two sentences ahead of it)."""
    said, says = _words(before), _words(after)
    row = ["bias", f"len={min(6, len(says) // 4)}", f"-len={min(6, len(said) // 6)}"]
    row += [f"o{n}={word}" for n, word in enumerate(says[:_OPENS])]
    row += [f"oo={a}_{b}" for a, b in pairwise(says[:4])]
    row += [f"w={word}" for word in dict.fromkeys(says)]
    row += [f"e={word}" for word in said[-2:]]
    shared = {word for word in set(said) & set(says) if word not in _COMMON and not word.isdigit()}
    row.append(f"shared={min(3, len(shared))}")
    pairs = set(pairwise(said)) & set(pairwise(says))
    row.append(f"pairs={min(2, len(pairs))}")
    same = float(np.minimum(topics_before, topics_after).sum())
    sure = min(float(topics_before.max()), float(topics_after.max()))
    row += [f"topics={_bin(same)}", f"topics={_bin(same)}|sure={_bin(sure)}", f"sure={_bin(float(topics_after.max()))}"]
    asked, asks = _asks(before), _asks(after)
    row += [
        f"asked={asked}|asks={asks}",
        f"asked={asked}|topics={_bin(same)}",
        f"asked={asked}|o0={says[0] if says else ''}",
    ]
    return row


def _words(text: str) -> list[str]:
    return [lower(word) for word in split(text)[1::2]]


def _asks(text: str) -> bool:
    return _REQUEST.search(fold(text)) is not None


_REQUEST = re.compile(
    r"(?<!\w)(?:de nghi|kien nghi|mong|xin|yeu cau|nho|de xuat|bao gio|khi nao|vi sao|tai sao|the nao|ra sao)(?!\w)|\?"
)


def _bin(value: float) -> int:
    return sum(value > edge for edge in _BINS)
