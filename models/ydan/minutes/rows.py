"""What the rows of a table of opinions hold: turns, who said them, and the replies beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ydan.minutes.columns import Grid, cell_text
from ydan.minutes.extract import Block, Extract
from ydan.minutes.replies import Reply
from ydan.minutes.speakers import read_intro, read_marker
from ydan.minutes.turns import Turn, place_of
from ydan.minutes.words import Line

_PART_NUMBER = re.compile(r"[IVX]{1,5}[.)]?|[A-EĐ][.)]?")
_TITLE = 100
"""Characters that the title of a group of rows has at most."""

Person = tuple[str | None, str | None]
"""A name and an address."""


def row_turns(extract: Extract, grids: Sequence[Grid]) -> Iterator[Turn]:
    """A turn for every cell of opinions; a row without a person goes on from the row above, in the same group."""
    for grid in grids:
        if grid.holds_opinions:
            yield from _turns_of(extract, grid)


def _turns_of(extract: Extract, grid: Grid) -> Iterator[Turn]:
    group: str | None = None
    person: Person = (None, None)
    count = 0
    for row in grid.body_rows():
        cells = [extract.blocks[number] for number in grid.rows[row].values()]
        filled = [block for block in cells if extract.of(block).strip()]
        if _is_group_row(extract, grid, filled):
            title = next((block for block in filled if len(extract.of(block).strip()) > 5), filled[0])
            group, person = extract.of(title).strip(), (None, None)
            continue
        content = _own_cell(extract, grid, row, "content")
        if content is None or not extract.of(content).strip():
            continue
        own = _person_of(extract, grid, row)
        person = person if own == (None, None) else own
        numbered = cell_text(extract, grid, row, "number")
        printed = numbered[0].strip(" .()") if numbered else ""
        count += numbered is None or bool(printed)
        text = extract.of(content)
        intro = read_intro(Line.of(text))
        begin = intro.end if intro is not None else read_marker(text)
        speaker, address = person
        if intro is not None:
            speaker = intro.speaker if "speaker" not in grid.columns else speaker
            address = intro.address or address
        yield Turn(
            content.start + begin,
            content.end,
            content,
            "cell",
            speaker,
            address or place_of(group),
            group,
            int(printed) if printed.isdecimal() and len(printed) < 4 else count,
            (grid.number, row),
        )


def row_replies(extract: Extract, grids: Sequence[Grid]) -> Iterator[Reply]:
    """The answers that stand beside opinions, with the office and the deadline of their row."""
    for grid in grids:
        if not grid.holds_opinions:
            continue
        for row in grid.body_rows():
            found = _own_cell(extract, grid, row, "answer")
            if found is None or len(extract.of(found).split()) < 2:
                continue
            charged = grid.charges and cell_text(extract, grid, row, "body")
            deadline = cell_text(extract, grid, row, "deadline")
            yield Reply(
                found.start,
                found.end,
                found,
                "answer",
                row=(grid.number, row),
                body=" ".join(charged[0].split()) or None if charged else None,
                deadline=" ".join(deadline[0].split()) or None if deadline else None,
            )


def _own_cell(extract: Extract, grid: Grid, row: int, kind: str) -> Block | None:
    """The cell of a kind that begins in this row: a merged one is told once."""
    found = cell_text(extract, grid, row, kind)
    if found is None or (found[1].cell is not None and found[1].cell.row != row):
        return None
    return found[1]


def _is_group_row(extract: Extract, grid: Grid, filled: Sequence[Block]) -> bool:
    """A row with one short cell that is not the content alone: "Thôn Đông La", "II. Lĩnh vực đất đai"."""
    texts = [extract.of(block).strip() for block in filled]
    if len(texts) >= 2 and _PART_NUMBER.fullmatch(texts[0]) and len(texts[1]) <= _TITLE:
        return True
    if len(texts) == 2 and len(texts[0]) <= 5:
        texts, filled = texts[1:], filled[1:]
    if len(texts) != 1 or len(texts[0]) > _TITLE or texts[0].endswith((".", "?")):
        return False
    cell = filled[0].cell
    return cell is not None and (cell.column_span > 1 or cell.column != grid.columns["content"])


def _person_of(extract: Extract, grid: Grid, row: int) -> Person:
    """Name and address of a row; a combined column ("Nguyễn Văn A, thôn 3") is taken apart."""
    named, placed = cell_text(extract, grid, row, "speaker"), cell_text(extract, grid, row, "address")
    address = " ".join(placed[0].split()) or None if placed is not None else None
    if named is None or not named[0].strip():
        return None, address
    name = named[0].strip()
    intro = read_intro(Line.of(name + ":"))
    if intro is not None and intro.speaker:
        return intro.speaker, address or intro.address
    listed = name.replace("\n", ", ").replace(" - ", ", ").replace("(", ", ").split(", ")
    first, *others = [part.strip(" ;,–-") for part in listed]
    rest = ", ".join(other.strip(" )") for other in others if other.strip(" )"))
    return first or None, address or rest or None
