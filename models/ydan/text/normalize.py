"""One spelling for what looks the same, with the way back to the characters as given."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, product

from ydan.text.aligned import AlignedText, Edit
from ydan.text.fold import VIETNAMESE
from ydan.text.legacy import VNI_PAIR, legacy_edits

# Old tone placement: the mark on the first vowel of oa, oe, uy when these are the whole rhyme.
_O, _U, _END = "òóỏõọÒÓỎÕỌ", "ùúủũụÙÚỦŨỤ", r"(?![^\W\d_])"
_OLD_TONE = re.compile(f"(?:[{_O}][aeAE]|[{_U}][yY]){_END}")
_NEW = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
_BARE = (
    dict.fromkeys(_O[:5], "o") | dict.fromkeys(_O[5:], "O") | dict.fromkeys(_U[:5], "u") | dict.fromkeys(_U[5:], "U")
)
_TONES_MOVED = {
    first + vowel: _BARE[first] + (marked[at % 5] if vowel.islower() else marked[at % 5].upper())
    for firsts, vowels in ((_O, "aeAE"), (_U, "yY"))
    for (at, first), vowel in product(enumerate(firsts), vowels)
    for marked in [_NEW[vowel.lower()]]
}

_DROPPED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_SPACES = "\t\x0b\x0c\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\r\x85\u2028\u2029"
_WIDE = "\uff01-\uff5e\uffe0-\uffe2\uffe4-\uffe6"
_SIGNS = dict.fromkeys("‘’‚‛′‹›", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−﹘﹣", "-")
_ODD = re.compile(f"\r\n|[{_DROPPED}{_SPACES}{_BREAKS}{_WIDE}{''.join(_SIGNS)}\ud800-\udfff]")
_IS_DROPPED, _IS_SPACE = re.compile(f"[{_DROPPED}]"), re.compile(f"[{_SPACES}]")

# The fast path is one search that finds nothing in clean text. The letters of _CHECKED are proper ones that
# need a look at their neighbour: an old tone mark (hòa) or a VNI pair (aø).
_CHECKED = _O + _U + "âáàãêéèÂÁÀÃÊÉÈ"
_CLEAN = "\n\x20-\x7e…•°²³₫€" + "".join(c for c in VIETNAMESE + VIETNAMESE.upper() if c not in _CHECKED)
_SUSPECT = re.compile(
    f"[^{_CLEAN}](?:(?<=[^{_CLEAN}{_CHECKED}])|(?<=[{_O}])[aeAE]{_END}|(?<=[{_U}])[yY]{_END}|{VNI_PAIR})"
)

_LATIN = "\x00-\u02ff\u1e00-\u1eff"
_BLOCK = re.compile(f"([{_LATIN}][\u0300-\u036f]+)(?![^{_LATIN}])|[{_LATIN}]?[^{_LATIN}]+")
_JOINS_BACK = re.compile("[\u1161-\u1175\u11a8-\u11c2]")  # Hangul vowels and finals: class 0, yet they compose
_STORM = re.compile(r"[^\w\s\x00-\u02ff\u2000-\u20cf\u2100-\u2bff]{31,}")
_ROUNDS = 3  # legacy letters that came to light only when something invisible between them had gone
_MOST_MARKS = 30  # the limit of UAX #15's stream-safe text; sorting a longer run takes quadratic time


def normalize(text: str) -> AlignedText:
    """``text`` in one spelling: Unicode, NFC, plain spaces, quotes and dashes, new tone marks.

    The same sentence reaches us as NFD from a Mac, with zero-width spaces from a web page, in TCVN3 from an
    old file and with ``hòa`` beside ``hoà``; a model and a phrase list would take each for another word. Lone
    surrogates become U+FFFD, invisible and control characters go, full-width forms become ASCII, line ends
    become newlines; runs of blanks are left alone. Idempotent.

    >>> normalize("Hòa\\u200b giải,\\u00a0thủy lợi – “x”").text
    'Hoà giải, thuỷ lợi - "x"'
    >>> normalize("Ñeà nghò xaõ söûa ñöôøng").text
    'Đề nghị xã sửa đường'
    """
    aligned = AlignedText.of(text)
    if _SUSPECT.search(text) is None:
        return aligned
    aligned = _clean(aligned.apply(legacy_edits(text)))
    for _ in range(_ROUNDS):
        if not (edits := legacy_edits(aligned.text)):
            break
        aligned = _clean(aligned.apply(edits))
    return aligned


def unify_tones(text: str) -> str:
    """The tone mark of a rhyme ``oa``, ``oe``, ``uy`` on its second vowel, the new style of placing it.

    Only when it is the whole rhyme: in ``hoàn`` both schools agree, and the u of ``quý`` belongs to the
    onset. NFC in, same length out.

    >>> unify_tones("Hòa, THỦY, khỏe, toán, quý")
    'Hoà, THUỶ, khoẻ, toán, quý'
    """
    return _OLD_TONE.sub(lambda m: _TONES_MOVED[m[0]], text)


def _clean(aligned: AlignedText) -> AlignedText:
    """Everything but the legacy encodings."""
    aligned = aligned.apply([Edit(*m.span(), _plain(m[0])) for m in _ODD.finditer(aligned.text)])
    if aligned.text.isascii():
        return aligned
    for step in (_calm, _compose, _calm):
        aligned = aligned.apply(step(aligned.text))
    return aligned.apply([Edit(*m.span(), _TONES_MOVED[m[0]]) for m in _OLD_TONE.finditer(aligned.text)])


def _plain(odd: str) -> str:
    """What stands for one odd character (or a CRLF)."""
    if sign := _SIGNS.get(odd):
        return sign
    if odd in ("\r\n", *_BREAKS):
        return "\n"
    if _IS_SPACE.match(odd):
        return " "
    if _IS_DROPPED.match(odd):
        return ""
    if odd >= "\uff01":
        return unicodedata.normalize("NFKC", odd)
    return "\ufffd"


def _calm(text: str) -> list[Edit]:
    """Cut combining marks that follow thirty others ("zalgo"); no language stacks them so."""
    edits = []
    for storm in _STORM.finditer(text):
        run = 0
        for at, char in enumerate(storm[0], storm.start()):
            run = run + 1 if unicodedata.combining(char) else 0
            if run > _MOST_MARKS:
                edits.append(Edit(at, at + 1, ""))
    return edits


def _compose(text: str) -> list[Edit]:
    """NFC as edits of single characters with their marks."""
    if unicodedata.is_normalized("NFC", text):
        return []
    edits: list[Edit] = []
    for block in _BLOCK.finditer(text):
        composed = unicodedata.normalize("NFC", block[0])
        if composed == block[0]:
            continue
        if block.lastindex:  # one letter with its marks: all of Vietnamese
            edits.append(Edit(*block.span(), composed))
            continue
        bounds = [at for at, c in enumerate(block[0]) if not (unicodedata.combining(c) or _JOINS_BACK.match(c))]
        bounds = sorted({0, *bounds, len(block[0])})
        clusters = [block[0][a:b] for a, b in pairwise(bounds)]
        fixed = [unicodedata.normalize("NFC", cluster) for cluster in clusters]
        if "".join(fixed) != composed:  # a script whose vowels compose across our bounds: the block as a whole
            edits.append(Edit(*block.span(), composed))
            continue
        edits += [
            Edit(block.start() + a, block.start() + a + len(old), new)
            for a, old, new in zip(bounds, clusters, fixed, strict=False)
            if old != new
        ]
    return edits
