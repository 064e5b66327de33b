"""The words of one Word paragraph: what a person sees of its runs, and the text boxes anchored in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ydan.minutes.readers.numbering import W
from ydan.text.legacy import DECODERS

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_GONE = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sdtPr")}
_TEXT = {f"{W}t", _MATH}
_BOX = f"{W}txbxContent"
_NOTES = {f"{W}footnoteReference", f"{W}endnoteReference"}


@dataclass(slots=True)
class Runs:
    """Reads paragraphs; remembers which notes were referred to and what was left out."""

    notes: set[str] = field(default_factory=set)
    hidden: bool = False
    deleted: bool = False

    @property
    def dropped(self) -> list[str]:
        """What was left out, for a person."""
        return ["chữ ẩn"] * self.hidden + ["đoạn đã xoá (theo dõi thay đổi)"] * self.deleted

    def read(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The text, manual line breaks as newlines, and the contents of text boxes."""
        words: list[str] = []
        boxes: list[Any] = []
        self._walk(paragraph, words, boxes, "")
        return "".join(words), boxes

    def _walk(self, node: Any, words: list[str], boxes: list[Any], font: str) -> None:
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                if properties is not None and _is_on(properties.find(f"{W}vanish")):
                    self.hidden = True
                    continue
                self._walk(child, words, boxes, "" if properties is None else _font(properties))
            elif tag in _TEXT:
                words.append(_from_font(child.text or "", font))
            elif tag in _SIGNS:
                if child.get(f"{W}type") not in ("page", "column"):
                    words.append(_SIGNS[tag])
            elif tag == f"{W}sym":
                words.append(" " if any(map(str.strip, words)) else "- ")
            elif tag in _GONE:
                self.deleted = self.deleted or (tag in (f"{W}del", f"{W}moveFrom") and len(child) > 0)
            elif tag == _BOX:
                boxes.append(child)
            elif tag in _NOTES:
                self.notes.add(child.get(f"{W}id") or "")
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                chosen = child.find(f"{_MC}Fallback") if choice is None else choice
                if chosen is not None:
                    self._walk(chosen, words, boxes, font)
            elif len(child):
                self._walk(child, words, boxes, font)


def _font(properties: Any) -> str:
    fonts = properties.find(f"{W}rFonts")
    return "" if fonts is None else (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")


def _from_font(text: str, font: str) -> str:
    """Letters typed with a TCVN3 font (.VnTime; the H fonts show capitals) or a VNI font, as Unicode.

    >>> _from_font("®Ò nghÞ", ".VnTimeH"), _from_font("Ñeà nghò", "VNI-Times"), _from_font("é", "Arial")
    ('ĐỀ NGHỊ', 'Đề nghị', 'é')
    """
    if font.startswith(".Vn"):
        text = DECODERS["tcvn3"](text)
        return text.upper() if font.endswith("H") else text
    return DECODERS["vni"](text) if font.startswith("VNI-") else text


def _is_on(toggle: Any | None) -> bool:
    return toggle is not None and toggle.get(f"{W}val", "true") not in ("0", "false", "off")
