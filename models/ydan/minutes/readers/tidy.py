"""The last step of every reader: one spelling, no invisible characters, and the offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ydan.errors import ReadError
from ydan.minutes.extract import Extract, Piece, build_extract
from ydan.minutes.readers.limits import Limits
from ydan.text.aligned import AlignedText
from ydan.text.legacy import legacy_edits

_BLANKS = re.compile(r"[^\S\n]*\n\s*|(?:[^\S\n ]| (?=[^\S\n]))[^\S\n]*")  # a single blank is none
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
)
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(f"[{_INVISIBLE}\ud800-\udfff\uf020-\uf0ff]|[^\\S ]|  |^ | $")
# Symbol and Wingdings glyphs that Word uses as bullets come out of files as private characters.
_SYMBOL_BULLET = re.compile("^[\uf020-\uf0ff] ?")


def finish(
    pieces: Iterable[Piece],
    format_: str,
    name: str,
    limits: Limits,
    pages: int | None = None,
    dropped: Iterable[str] = (),
) -> Extract:
    """Pieces as they stood in the file to an extract: NFC, TCVN3 and VNI converted, blanks squeezed.

    The legacy encodings are looked for in the whole text, as one short line says too little.

    :raises ReadError: ``too_long``, or ``no_text`` when nothing but blanks came out.
    """
    kept = list(pieces)
    raw = [piece.text for piece in kept]
    if sum(map(len, raw)) > limits.characters:
        raise ReadError(
            f"Tệp {name} có hơn {limits.characters / 1e6:g} triệu ký tự, đọc tối đa chừng ấy. Hãy tách tệp.", "too_long"
        )
    lined = [text.replace("\x0b", " ").replace("\n", "\x0b") for text in raw]  # a newline parts two pieces here
    whole = "\n".join(lined)
    if edits := legacy_edits(whole):
        lined = AlignedText.of(whole).apply(edits).text.split("\n")
    texts = [clean(text.replace("\x0b", "\n")) for text in lined]
    if not any(texts):
        raise ReadError(f"Tệp {name} không có chữ nào. Hãy mở tệp xem lại nội dung.", "no_text")
    done = (piece._replace(text=text) for piece, text in zip(kept, texts, strict=True))
    return build_extract(done, format_, pages, dropped)


def clean(text: str) -> str:
    """NFC, plain single spaces, nothing unseen; a newline inside (a cell with several paragraphs) stays one.

    >>> clean("Đường\\u00a0 xa\\u0303\\u200b \\n\\n \\uf0b7 Cống")
    'Đường xã\\n- Cống'
    """
    if _SUSPECT.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text
    text = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))
    text = unicodedata.normalize("NFC", text)
    text = _BLANKS.sub(lambda m: "\n" if "\n" in m[0] else " ", text).strip()
    if "\uf020" <= text[:1] <= "\uf0ff" or "\n" in text:
        text = "\n".join(_SYMBOL_BULLET.sub("- ", line) for line in text.split("\n"))
    return text
