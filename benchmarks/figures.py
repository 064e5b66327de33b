"""A straight line through measured points, and a picture of both that is small enough to keep beside the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Point = tuple[float, float]
_WIDE, _HIGH, _EDGE = 480, 280, 56


def line_through(points: Sequence[Point]) -> tuple[float, float, float]:
    """Slope, intercept and R² of the least-squares line.

    >>> line_through([(0, 1), (1, 3), (2, 5)])
    (2.0, 1.0, 1.0)

    :raises ValueError: fewer than two different abscissas.
    """
    count = len(points)
    across, up = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - across) ** 2 for x, _ in points)
    if not spread:
        raise ValueError("A line needs two sizes at least. Add another to --sizes.")
    slope = sum((x - across) * (y - up) for x, y in points) / spread
    start = up - slope * across
    missed = sum((y - start - slope * x) ** 2 for x, y in points)
    total = sum((y - up) ** 2 for _, y in points)
    return slope, start, 1 - missed / total if total else 1.0


def write_points(path: Path, points: Sequence[Point], title: str) -> None:
    """Seconds over opinions with the line through them, as SVG."""
    slope, start, fit = line_through(points)
    right, top = max(x for x, _ in points), max(y for _, y in points)

    def at(x: float, y: float) -> tuple[float, float]:
        across = _EDGE + x / right * (_WIDE - 2 * _EDGE)
        return round(across, 1), round(_HIGH - _EDGE - max(0.0, y) / top * (_HIGH - 2 * _EDGE), 1)

    (x0, y0), (x1, y1), (left, bottom), (end, high) = (
        at(0, start),
        at(right, start + slope * right),
        at(0, 0),
        at(right, top),
    )
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="4" fill="#0b5cad"/>' for x, y in (at(*point) for point in points))
    middle = round((left + end) / 2)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" '
        'font-family="sans-serif" font-size="12">'
        f'<title>{title}</title><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="M{left} {high}V{bottom}H{end}" fill="none" stroke="#444"/>'
        f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#c2410c" stroke-width="1.5"/>{dots}'
        f'<text x="{middle}" y="20" text-anchor="middle" font-weight="bold">{title}</text>'
        f'<text x="{middle}" y="{bottom + 34}" text-anchor="middle">opinions (R² = {fit:.4f})</text>'
        f'<text x="{end}" y="{bottom + 16}" text-anchor="middle">{right:,.0f}</text>'
        f'<text x="{left}" y="{bottom + 16}" text-anchor="middle">0</text>'
        f'<text x="{left - 8}" y="{high + 4}" text-anchor="end">{top:,.0f} s</text></svg>\n',
        encoding="utf-8",
    )
