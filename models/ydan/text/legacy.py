"""Text left over from TCVN3 (ABC) and VNI fonts, read as Latin-1 or CP1252.

Until about 2010 commune offices typed with .VnTime or VNI-Times; what is pasted from those minutes arrives as
``®Ò nghÞ`` or ``Ñeà nghò``. TCVN3 gives every letter one byte; VNI writes the mark as a second letter, so
lengths change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from ydan.text.aligned import Edit
from ydan.text.phonology import is_legal

Encoding = Literal["tcvn3", "vni"]

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _HAT, _BREVE, _HORN = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b"
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_HAT = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for base in "aeouyôö":
        letter = {"ô": "o" + _HORN, "ö": "u" + _HORN}.get(base, base)
        for mark, tone in _VNI_TONES.items():
            table[base + mark] = unicodedata.normalize("NFC", letter + tone)
    for bases, sign, marks in (("aeo", _HAT, _VNI_HAT), ("a", _BREVE, _VNI_BREVE)):
        for base in bases:
            for mark, tone in marks.items():
                table[base + mark] = unicodedata.normalize("NFC", base + sign + tone)
    for old, new in list(table.items()):
        table[old.upper()] = new.upper()
        if len(old) == 2:
            table[old[0].upper() + old[1]] = table[old[0] + old[1].upper()] = new.upper()
            table[old[0] + old[1].upper()] = new
    return table


_VNI = _vni_table()
_TCVN3_LETTER = re.compile(f"[{''.join(_TCVN3)}]")
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

NEVER_VIETNAMESE = "".join(c for c in map(chr, range(0xA1, 0x100)) if c in _TCVN3 or c in "üÿïö") + "ØÛÏÅÄËÜÑÖÆÎ"
NEVER_VIETNAMESE = "".join(sorted(set(NEVER_VIETNAMESE) - set("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")))
"""Latin-1 characters that both legacy encodings use for letters and that proper Vietnamese never does."""
VNI_PAIR = "(?<=[aeAE][ùõâáàãÙÕÂÁÀÃ])|(?<=[aA][êéèúÊÉÈÚ])|(?<=[oOyYuU][ùõÙÕ])|(?<=[oO][âÂ])"
"""A zero-width pattern: just behind two letters that stand together in VNI, never in proper Vietnamese."""

_NEVER = re.escape(NEVER_VIETNAMESE)
# One set in front lets the search run in C; only its rare hits look back.
_GUARD = re.compile(f"[{_NEVER}ùõâáàãêéèúÙÕÂÁÀÃÊÉÈÚ](?:(?<=[{_NEVER}])|{VNI_PAIR})")
_MODERN = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_SENTENCE = re.compile(r"[^\n.!?;]+")
_WORD = re.compile(r"[A-Za-z\xa1-\xff]+")
_ASCII_LETTER = re.compile("[A-Za-z]")


def legacy_encoding(text: str) -> Encoding | None:
    """The legacy encoding that ``text`` (or a sentence in it) is in.

    A decoding is believed when it turns most of the odd words, at least two, into legal syllables that they
    were not before; French, English and proper Vietnamese do not pass that.

    >>> legacy_encoding("®Ò nghÞ x· söa ®­êng"), legacy_encoding("Ñeà nghò xaõ söûa ñöôøng")
    ('tcvn3', 'vni')
    >>> legacy_encoding("Đề nghị xã sửa đường"), legacy_encoding("Un garçon naïf, Noël, où, août")
    (None, None)
    """
    if _GUARD.search(text) is None:
        return None
    odd = [s for s in _SENTENCE.findall(text) if _GUARD.search(s) and not _MODERN.search(s)]
    words = {word for sentence in odd for word in _WORD.findall(sentence) if _is_mixed(word)}
    if len(words) < 2:
        return None
    before = sum(map(is_legal, words))
    legal = {name: sum(is_legal(decode(word)) for word in words) for name, decode in DECODERS.items()}
    best = max(legal, key=legal.__getitem__)
    enough = legal[best] >= 0.7 * len(words) and legal[best] - before >= max(2, 0.4 * len(words))
    return best if enough else None


def legacy_edits(text: str) -> list[Edit]:
    """The edits that turn the legacy sentences of ``text`` into Unicode; none when there are none.

    >>> [edit.replacement for edit in legacy_edits("Ñeà nghò")]
    ['Đ', 'ề', 'ị']
    """
    encoding = legacy_encoding(text)
    if encoding is None:
        return []
    letter, table = (_TCVN3_LETTER, _TCVN3) if encoding == "tcvn3" else (_VNI_LETTER, _VNI)
    decode = DECODERS[encoding]
    edits: list[Edit] = []
    for sentence in _SENTENCE.finditer(text):
        if sentence[0].isascii() or _MODERN.search(sentence[0]):
            continue
        words = _WORD.findall(sentence[0])
        if sum(is_legal(decode(word)) for word in words) < sum(map(is_legal, words)):
            continue
        found = letter.finditer(text, *sentence.span())
        edits += [Edit(m.start(), m.end(), table[m[0]]) for m in found if table[m[0]] != m[0]]
    return edits


def _is_mixed(word: str) -> bool:
    return not word.isascii() and _ASCII_LETTER.search(word) is not None


def _decode_tcvn3(word: str) -> str:
    return _TCVN3_LETTER.sub(lambda m: _TCVN3[m[0]], word)


def _decode_vni(word: str) -> str:
    return _VNI_LETTER.sub(lambda m: _VNI[m[0]], word)


DECODERS: dict[Encoding, Callable[[str], str]] = {"tcvn3": _decode_tcvn3, "vni": _decode_vni}
"""From letters as a Latin-1 reader shows them to Unicode, for each encoding."""
