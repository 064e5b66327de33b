"""The numbers of Word lists: kept as formatting in ``numbering.xml``, written out here as a reader sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its number is written, and after which level it starts again."""

    start: int = 1
    format: str = "decimal"
    text: str = "%1."
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, level: int, style: str | None = None) -> str:
        """The next number of list ``number`` at ``level`` (0 to 8), "- " for a bullet, "" when it shows nothing."""
        base = self.lists.get(number)
        if base is None:
            return ""
        levels = {**self.levels.get(base, {}), **self.overrides.get(number, {})}
        level = next((at for at, each in levels.items() if style and each.style == style), level)
        here = levels.get(level)
        if here is None:
            return ""
        counts = self._counts.setdefault(base, {})
        start = self.starts.get(number, {}).get(level)
        if start is not None and (number, level) not in self._seen:
            self._seen.add((number, level))
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if level in counts else here.start
        for deeper in range(level + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart != 0 and level < restart):
                counts.pop(deeper, None)
        if here.format == "bullet":
            return "-"
        if here.format == "none" and "%" not in here.text:
            return here.text.strip()

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            each = levels.get(at, Level())
            style_of = "decimal" if here.legal else each.format
            return write_number(counts.get(at, each.start), style_of)

        return re.sub(r"%([1-9])", shown, here.text).strip()


def write_number(number: int, format_: str) -> str:
    """A number as Word writes it.

    >>> [write_number(28, f) for f in ("decimal", "lowerLetter", "upperRoman")]
    ['28', 'bb', 'XXVIII']
    """
    if format_ in ("none", "bullet"):
        return ""
    if format_ == "decimalZero":
        return f"{number:02d}"
    if format_ in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if format_ == "lowerLetter" else letters.upper()
    if format_ in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        digits, rest = "", number
        for value, letter in (*_ROMAN, *_ROMAN_LOW):
            digits += letter * (rest // value)
            rest %= value
        return digits if format_ == "lowerRoman" else digits.upper()
    return str(number)


def parse_numbering(root: Any | None, linked: dict[str, str]) -> Numbering:
    """``numbering.xml``; ``linked`` maps a numbering style to the list it names."""
    numbering = Numbering()
    if root is None:
        return numbering
    named: dict[str, str] = {}
    for abstract in root.iterfind(f"{W}abstractNum"):
        identity = abstract.get(f"{W}abstractNumId", "")
        numbering.levels[identity] = dict(map(_level, abstract.iterfind(f"{W}lvl")))
        if (link := _value(abstract, "numStyleLink")) is not None:
            named[identity] = link
    for num in root.iterfind(f"{W}num"):
        identity = num.get(f"{W}numId", "")
        numbering.lists[identity] = _value(num, "abstractNumId") or ""
        for override in num.iterfind(f"{W}lvlOverride"):
            at = _int(override.get(f"{W}ilvl"), 0)
            if (level := override.find(f"{W}lvl")) is not None:
                numbering.overrides.setdefault(identity, {})[at] = _level(level)[1]
            if (start := _value(override, "startOverride")) is not None:
                numbering.starts.setdefault(identity, {})[at] = _int(start, 1)
    for identity, style in named.items():
        target = numbering.lists.get(linked.get(style, ""), "")
        numbering.levels[identity] = numbering.levels.get(target) or numbering.levels[identity]
    return numbering


def _level(node: Any) -> tuple[int, Level]:
    restart = _value(node, "lvlRestart")
    return _int(node.get(f"{W}ilvl"), 0), Level(
        start=_int(_value(node, "start"), 1),
        format=_value(node, "numFmt") or "decimal",
        text=_value(node, "lvlText") or "",
        restart=None if restart is None else _int(restart, 0),
        legal=node.find(f"{W}isLgl") is not None,
        style=_value(node, "pStyle"),
    )


def _value(node: Any, name: str) -> str | None:
    child = node.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _int(text: str | None, default: int) -> int:
    """Numbers in files are sometimes not; nine digits are enough for any."""
    try:
        return default if text is None else max(-999_999_999, min(999_999_999, int(text)))
    except ValueError:
        return default
