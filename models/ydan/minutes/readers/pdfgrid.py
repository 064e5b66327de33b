"""Tables of a PDF page, found by the lines drawn around their cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ydan.minutes.readers.pdfpage import Page, Rule

_NEAR = 3.0
_MOST_RULES = 1_500
_MOST_SLOTS = 4_000


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: rows and columns (from 0) and its edges."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page; ``edges`` are the places of its vertical lines."""

    boxes: tuple[Box, ...]
    edges: tuple[float, ...]
    rows: int
    bottom: float
    top: float

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-1]


def find_grids(page: Page) -> list[Grid]:
    """The tables of a page from top to bottom; a frame around text is none."""
    if not page.across or not page.down or len(page.across) + len(page.down) > 20_000:
        return []
    across, down = _merged(page.across), _merged(page.down)
    if len(across) + len(down) > _MOST_RULES:
        return []
    grids = [grid for group in _groups(across, down) if (grid := _grid(*group)) is not None]
    return sorted(grids, key=lambda grid: -grid.top)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together: borders are often drawn cell by cell."""
    merged: list[Rule] = []
    lines: dict[int, list[Rule]] = {}
    for rule in sorted(rules):
        key = round(rule.at)
        home = next((k for k in (key, key - 1, key + 1) if k in lines), key)
        lines.setdefault(home, []).append(rule)
    for same in lines.values():
        same.sort(key=lambda rule: rule.start)
        current = same[0]
        for rule in same[1:]:
            if rule.start <= current.end + _NEAR:
                current = Rule(current.at, current.start, max(current.end, rule.end))
            else:
                merged.append(current)
                current = rule
        merged.append(current)
    return merged


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that cross or touch each other, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for h, flat in enumerate(across):
        for v, upright in enumerate(down):
            if (
                flat.start - _NEAR <= upright.at <= flat.end + _NEAR
                and upright.start - _NEAR <= flat.at <= upright.end + _NEAR
            ):
                parent[root(h)] = root(len(across) + v)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at in range(len(parent)):
        flats, uprights = groups.setdefault(root(at), ([], []))
        if at < len(across):
            flats.append(across[at])
        else:
            uprights.append(down[at - len(across)])
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    ends = [end for rule in across for end in (rule.start, rule.end)]
    xs = _places([rule.at for rule in down], min(ends), max(ends))
    ends = [end for rule in down for end in (rule.start, rule.end)]
    ys = _places([rule.at for rule in across], min(ends), max(ends))[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > _MOST_SLOTS:
        return None
    right = [[_covered(down, xs[c + 1], ys[r + 1], ys[r]) for c in range(columns)] for r in range(rows)]
    below = [[_covered(across, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            wide = 1
            while c + wide < columns and not right[r][c + wide - 1] and (r, c + wide) not in taken:
                wide += 1
            high = 1
            while r + high < rows and not any(below[r + high - 1][c : c + wide]):
                high += 1
            taken.update((r + i, c + j) for i in range(high) for j in range(wide))
            boxes.append(Box(r, c, high, wide, xs[c], ys[r + high], xs[c + wide], ys[r]))
    return Grid(tuple(boxes), tuple(xs), rows, ys[-1], ys[0]) if len(boxes) > 1 else None


def _places(lines: list[float], low: float, high: float) -> list[float]:
    """Where the lines are, near ones as one, with the ends of the others where a table is open at its sides."""
    places = sorted(lines)
    kept = [here for before, here in pairwise([float("-inf"), *places]) if here - before > _NEAR]
    if kept[0] - low > 4 * _NEAR:
        kept.insert(0, low)
    if high - kept[-1] > 4 * _NEAR:
        kept.append(high)
    return kept


def _covered(rules: list[Rule], at: float, low: float, high: float) -> bool:
    middle = (low + high) / 2
    return any(abs(rule.at - at) <= _NEAR and rule.start - _NEAR <= middle <= rule.end + _NEAR for rule in rules)
