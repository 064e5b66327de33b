"""A fingerprint of the text pipeline: what it makes of a few probes, hashed.

A model trained with one way of reading text gives wrong numbers with another, silently. Hashing what the
pipeline *does* catches every cause: code, abbreviation file, cues.
"""

from __future__ import annotations

import functools
import hashlib

from ydan.cues import load_cues, read
from ydan.features import feature_keys

_PROBES = (
    "ĐN UBND xã sớm cấp GCNQSDĐ cho 30 hộ KDC số 2, đã kiến nghị nhiều lần mà chưa được!",
    "Duong lien thon hong nang, mua xuong la lay loi. Bao gio sua?",
    "Hòa thủy, hoà thuỷ; ĐT390 – QL.5, km 3+200; sđt 0900 000 000",
    "Ko có hiện tượng bán ma tuý, việc trên đã được xử lý xong.",
)


@functools.cache
def text_fingerprint() -> str:
    """Sixteen hexadecimal digits that change whenever the features of the probes change."""
    lexicon = load_cues()
    digest = hashlib.sha256()
    for probe in _PROBES:
        document = read(probe)
        digest.update("\x1f".join(sorted(feature_keys(document, lexicon.find(document)))).encode())
    for cue in lexicon.cues:
        digest.update("\x1f".join((cue.id, cue.target, cue.strength, *cue.phrases)).encode())
    return digest.hexdigest()[:16]
