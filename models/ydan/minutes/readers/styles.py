"""Paragraph styles of a Word document: which are headings, which number their paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ydan.minutes.readers.numbering import W

_HEADING = re.compile(r"(?:heading|tiêu đề|đề mục|title|subtitle|tựa đề|phụ đề)\b[\s\d]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph gets from its style: outline level (0 to 8), list and level of the list."""

    name: str = ""
    outline: int | None = None
    list: str | None = None
    level: int | None = None
    list_style: str | None = None

    @property
    def is_heading(self) -> bool:
        return (self.outline is not None and self.outline < 9) or _HEADING.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id, what they inherit included, and the lists that numbering styles name."""

    by_id: dict[str, Style] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    default: Style = field(default_factory=Style)


def parse_styles(root: Any | None) -> Styles:
    """``styles.xml``; a style based on itself, however far around, inherits nothing twice."""
    if root is None:
        return Styles()
    nodes = {node.get(f"{W}styleId", ""): node for node in root.iterfind(f"{W}style")}
    found = Styles()
    for identity, node in nodes.items():
        style = _inherited(identity, nodes)
        found.by_id[identity] = style
        if node.get(f"{W}type") == "numbering" and style.list is not None:
            found.linked[identity] = style.list
    default = next(
        (i for i, n in nodes.items() if n.get(f"{W}type") == "paragraph" and n.get(f"{W}default") in ("1", "true")), ""
    )
    return Styles(found.by_id, found.linked, found.by_id.get(default, Style()))


def _inherited(identity: str, nodes: dict[str, Any]) -> Style:
    name, outline, number, level, list_style = "", None, None, None, None
    seen: set[str] = set()
    at: str | None = identity
    while at is not None and at in nodes and at not in seen and len(seen) < 32:
        seen.add(at)
        node = nodes[at]
        if not name:
            name = (attribute(node, "name") or "").replace("_", " ").strip()
        if outline is None:
            outline = to_int(attribute(node, "pPr", "outlineLvl"))
        if number is None and (number := attribute(node, "pPr", "numPr", "numId")) is not None:
            list_style = at
        if level is None:
            level = to_int(attribute(node, "pPr", "numPr", "ilvl"))
        if _HEADING.fullmatch(name) is None and (base := attribute(node, "basedOn")) in nodes:
            base_name = (attribute(nodes[base or ""], "name") or "").replace("_", " ").strip()
            name = base_name if _HEADING.fullmatch(base_name) else name
        at = attribute(node, "basedOn")
    return Style(name, outline, number, level, list_style)


def attribute(node: Any, *path: str) -> str | None:
    """``w:val`` of the child at ``path``; ``None`` when there is none."""
    for name in path:
        node = node.find(f"{W}{name}")
        if node is None:
            return None
    value: str | None = node.get(f"{W}val")
    return value


def to_int(text: str | None) -> int | None:
    """A small whole number, ``None`` for anything else."""
    return int(text) if text is not None and len(text) < 6 and text.lstrip("-").isdecimal() else None
