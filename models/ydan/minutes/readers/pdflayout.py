"""Words on a page to lines: stretches on one baseline joined, side-by-side columns kept apart, running heads found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby, pairwise

from ydan.minutes.readers.marks import is_item, is_page_number
from ydan.minutes.readers.pdfpage import Page, Word
from ydan.minutes.readers.wrap import Line, Measure

_DIGITS = re.compile(r"\d+")
_WIDE = 2.0  # a gap of two letter heights parts columns; justified text stretches to about one
_EDGE = 0.13  # running heads stand in this share of the page's height at its top and bottom
_LOOK = 3
_HEAD = 8
_STATE = ("CỘNG HÒA XÃ HỘI CHỦ", "CỘNG HOÀ XÃ HỘI CHỦ", "ĐỘC LẬP - TỰ DO")


class Stretch:
    """Words on one baseline without a wide gap."""

    __slots__ = ("parted", "right", "size", "words", "x", "y")

    def __init__(self, words: list[Word], parted: bool = False) -> None:
        self.words, self.parted = words, parted  # parted from what stands on its left, however near
        self.x, self.y, self.right = words[0].x, words[0].y, words[-1].right
        self.size = max(word.size for word in words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def first(self) -> float:
        """The width of the first word."""
        return self.words[0].right - self.x


def stretches(rows: Iterable[list[Word]]) -> list[Stretch]:
    """From top to bottom, then left to right. What the file draws in pieces on one line is put together."""
    found: list[Stretch] = []
    for row in rows:
        start = 0
        for at in range(1, len(row)):
            gap = row[at].x - row[at - 1].right
            if (gap > _WIDE * row[at].size or gap < -row[at].size) and not _is_mark(row[start:at]):
                found.append(Stretch(row[start:at]))
                start = at
        found.append(Stretch(row[start:]))
    found.sort(key=lambda stretch: -stretch.y)
    lines: list[list[Stretch]] = []
    for stretch in found:
        if lines and abs(lines[-1][0].y - stretch.y) < 0.35 * min(stretch.size, lines[-1][0].size):
            lines[-1].append(stretch)
        else:
            lines.append([stretch])
    joined: list[Stretch] = []
    for line in lines:
        line.sort(key=lambda stretch: stretch.x)
        current = line[0]
        for stretch in line[1:]:
            gap = stretch.x - current.right
            if gap <= _WIDE * stretch.size or _is_mark(current.words):
                current = Stretch(_glued(current.words, stretch.words, gap))
            else:
                joined.append(current)
                current = stretch
        joined.append(current)
    return joined


def part_letterhead(content: list[Stretch]) -> list[Stretch]:
    """The first lines of a document with the state's name and motto parted from the agency beside them."""
    parted: list[Stretch] = []
    for stretch in content[:_HEAD]:
        text = " ".join(word.text.upper() for word in stretch.words)
        starts = [text.find(mark) for mark in _STATE if mark in text]
        at = text[: starts[0]].count(" ") if starts else 0
        parted += [Stretch(stretch.words[:at]), Stretch(stretch.words[at:], parted=True)] if at else [stretch]
    return parted + content[_HEAD:]


def _is_mark(words: list[Word]) -> bool:
    """The number or bullet of an item, behind which a tab may be wide."""
    return len(words) == 1 and len(words[0].text) <= 6 and is_item(words[0].text + " x")


def _glued(left: list[Word], right: list[Word], gap: float) -> list[Word]:
    """Two pieces of a line; without room between them the words at the seam are one."""
    before, after = left[-1], right[0]
    if gap > 0.12 * after.size:
        return left + right
    return [*left[:-1], before._replace(text=before.text + after.text, right=after.right), *right[1:]]


def running(pages: list[list[Stretch]], heights: list[float], numbers: list[int]) -> set[int]:
    """The ``id`` of the stretches that are page numbers, or the same in the same place at the edge
    of most pages, digits aside. What is common inside the pages too is running text."""
    edges: list[list[tuple[tuple[int, str], Stretch]]] = []
    for content, height in zip(pages, heights, strict=True):
        top = [s for s in content[:_LOOK] if s.y > (1 - _EDGE) * height]
        bottom = [s for s in content[-_LOOK:] if s.y < _EDGE * height and s not in top]
        edges.append([((round(s.y / 2), _DIGITS.sub("#", s.text)), s) for s in top + bottom])
    counts = Counter(key for page in edges for key in {key for key, _ in page})
    at_edge = {id(stretch) for page in edges for _, stretch in page}
    frequent = {text for (_, text), count in counts.items() if count >= 3}
    inside = Counter(
        text
        for content in pages
        for stretch in content
        if id(stretch) not in at_edge and (text := _DIGITS.sub("#", stretch.text)) in frequent
    )
    most = max(3, 0.6 * len(pages) - 1)
    found: set[int] = set()
    for page, page_content, number in zip(edges, pages, numbers, strict=True):
        for key, stretch in page:
            often = counts[key] >= most and inside[key[1]] < 3
            lone = is_page_number(stretch.text) and (
                str(number) in _DIGITS.findall(stretch.text) or not stretch.text.isdecimal()
            )
            if often or lone or _is_small_head(stretch, page_content, number):
                found.add(id(stretch))
    return found


def _is_small_head(stretch: Stretch, content: list[Stretch], number: int) -> bool:
    """The first line of a later page in small letters, with room below: a document of two pages shows it once."""
    if number < 2 or stretch is not content[0] or len(content) < 3:
        return False
    below = content[1]
    return stretch.size < 0.85 * below.size and stretch.y - below.y > 2 * below.size


def columns(content: list[Stretch], middle: float) -> list[tuple[Stretch, bool]]:
    """The stretches in reading order; ``True`` for those in a letterhead or beside signatures.

    Two columns start where two stretches stand side by side with a wide gap. They go on downwards while each
    stretch keeps to its side of the gap and follows closely; then come the left ones and the right ones. A stretch
    in the ``middle`` of the text is a title below them.
    """
    ordered: list[tuple[Stretch, bool]] = []
    at = 0
    while at < len(content):
        pair = content[at : at + 2]
        if len(pair) < 2 or not _side_by_side(*pair):
            ordered.append((content[at], False))
            at += 1
            continue
        pair.sort(key=lambda stretch: stretch.x)
        sides = ([pair[0]], [pair[1]])
        end = at + 2
        if at == len(ordered) <= 2:  # at the top, one column may start higher than the other
            for stretch, _ in reversed(ordered):
                if stretch.x > pair[0].right:
                    sides[1].insert(0, stretch)
                elif stretch.right < pair[1].x:
                    sides[0].insert(0, stretch)
                else:
                    break
                ordered.pop()
        while end < len(content):
            stretch = content[end]
            close = min(side[-1].y for side in sides) - stretch.y < 2.2 * stretch.size
            central = abs((stretch.x + stretch.right) / 2 - middle) < 12 and not any(
                _side_by_side(stretch, other) for other in content[end + 1 : end + 2]
            )
            left_edge, right_edge = max(s.right for s in sides[0]), min(s.x for s in sides[1])
            if not close or central:
                break
            if stretch.right < right_edge:
                sides[0].append(stretch)
            elif stretch.x > left_edge:
                sides[1].append(stretch)
            else:
                break
            end += 1
        ordered += [(stretch, True) for side in sides for stretch in side]
        at = end
    return ordered


def _side_by_side(one: Stretch, other: Stretch) -> bool:
    left, right = (one, other) if one.x < other.x else (other, one)
    size = min(one.size, other.size)
    apart = abs(one.y - other.y)
    if right.parted and apart < 0.35 * size:
        return True
    return apart < 0.8 * size and right.x - left.right > (_WIDE if apart < 0.35 * size else 1.0) * size


def measure_of(content: list[Stretch]) -> Measure:
    """The column of running text that these stretches are set in."""
    long = [s for s in content if len(s.words) > 5] or content
    size = Counter(round(s.size, 1) for s in long).most_common(1)[0][0]
    rights = sorted(s.right for s in long)
    left = Counter(round(s.x) for s in long).most_common(1)[0][0]
    left = min([x for x, n in Counter(round(s.x) for s in long).items() if n > 0.1 * len(long)], default=left)
    right = rights[int(0.98 * (len(rights) - 1))]
    return Measure(left, right, 0.25 * size, 0.6 * size)


def leading_of(content: list[Stretch], measure: Measure, usual: float = 0.0) -> float:
    """The distance of two lines in a paragraph; ``usual`` where there are too few to tell."""
    steps: Counter[float] = Counter()
    for above, below in pairwise(content):
        if above.right > measure.right - 3 * measure.slack and 0 < above.y - below.y < 4 * above.size:
            steps[round(2 * (above.y - below.y)) / 2] += 1
    return steps.most_common(1)[0][0] if len(steps) > 1 or sum(steps.values()) > 2 or (not usual and steps) else usual


def to_lines(ordered: list[tuple[Stretch, bool]], page: Page, leading: float, first_on_page: bool = True) -> list[Line]:
    """Lines ready to be joined."""
    lines: list[Line] = []
    above: Stretch | None = None
    for stretch, alone in ordered:
        step = 0.0 if above is None else above.y - stretch.y
        gap = bool(leading) and (step > 1.13 * leading + 0.8 or step < 0)
        lines.append(
            Line(
                stretch.text,
                stretch.x,
                stretch.right,
                stretch.first,
                page.number,
                gap,
                alone,
                above is None and first_on_page,
                stretch.size,
            )
        )
        above = stretch
    return lines


def split_by(content: list[Stretch], bounds: list[float]) -> list[list[Stretch]]:
    """The stretches between tables: those above the first bound, between the first and the second, ..."""
    parts: list[list[Stretch]] = [[] for _ in range(len(bounds) + 1)]
    for at, group in groupby(content, key=lambda s: sum(s.y < bound for bound in bounds)):
        parts[at] += group
    return parts
