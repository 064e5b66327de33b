"""Plain text and Markdown: wrapped by hand, hung under their bullets, centred by blanks."""

from __future__ import annotations

import re
import textwrap

from ydan_training.minutes.blocks import Block
from ydan_training.minutes.letters import encode, strip_diacritics
from ydan_training.minutes.source import Source

_LABEL = re.compile(r"(?:[-+*]|\d+[.)]|[a-zđ]\)) ")
_WIDTH = 80
_FIRST_LINE = "    "


def render_text(source: Source) -> bytes:
    """A ``.txt``; files in the encodings of old Windows end their lines as Windows does."""
    width = int(source.options.get("hard_wrap", 0))
    lines = [line for block in source.blocks for line in _lines(block, width)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    if "strip_diacritics" in source.options:
        text = strip_diacritics(text)
    encoding = source.options.get("encoding", "utf-8")
    return encode(text if encoding.startswith("utf-8") else text.replace("\n", "\r\n"), encoding)


def render_markdown(source: Source) -> bytes:
    """A ``.md``: headings, bold centred lines, pipe tables; the left head above the right one."""
    width = int(source.options.get("hard_wrap", 0))
    out: list[str] = []
    previous = ""
    for block in source.blocks:
        if out and not (block.kind == previous and block.kind in ("bullet", "number")):
            out.append("")
        out += _markdown(block, width)
        previous = block.kind
    return ("\n".join(out) + "\n").encode()


def _lines(block: Block, width: int) -> list[str]:
    page = width or _WIDTH
    if block.kind == "columns":
        return _columns(block, page)
    if block.kind == "centred":
        return [line.center(page) for line in textwrap.wrap(block.text, page)]
    if block.kind == "table":
        return ["\t".join(cell.replace("\n", " ") for cell in row) for row in (*block.header, *block.rows)]
    if block.kind in ("heading", "subheading"):
        return ["", *_wrap(block.text, width)]
    if block.kind == "paragraph" and width:
        return _wrap(block.text, width, _FIRST_LINE, "")
    return _hang(block.text, width)


def _markdown(block: Block, width: int) -> list[str]:
    if block.kind in ("heading", "subheading"):
        return [("# " if block.kind == "heading" else "## ") + block.text]
    if block.kind == "centred":
        return [f"**{block.text}**"]
    if block.kind == "columns":
        return [f"**{block.text}**  ", f"**{block.right}**"] if block.text else [f"**{block.right}**"]
    if block.kind == "table":
        rows = [*block.header[:1], ("---",) * block.width, *block.header[1:], *block.rows]
        return ["| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |" for row in rows]
    return _hang(block.text, width)


def _hang(text: str, width: int) -> list[str]:
    label = _LABEL.match(text)
    return _wrap(text, width, "", " " * len(label[0]) if label else "")


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    if not width:
        return [first + text]
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _columns(block: Block, width: int) -> list[str]:
    half = width // 2
    left, right = textwrap.wrap(block.text, half - 2) or [""], textwrap.wrap(block.right, width - half) or [""]
    rows = max(len(left), len(right))
    left, right = left + [""] * (rows - len(left)), right + [""] * (rows - len(right))
    return [a.center(half) + b.center(width - half) for a, b in zip(left, right, strict=True)]
