"""Rows of an export to opinions as the contract has them: plain objects that the usual door checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from datetime import datetime
from typing import Any

from ydan.mapping.load import known_ids
from ydan.mapping.model import FINAL, Mapping, key_of
from ydan.taxonomy import load_taxonomy


def opinions_of(rows: Iterable[MappingOf[str, Any]], mapping: Mapping) -> Iterator[dict[str, Any]]:
    """One object a row, in order, for :func:`ydan.opinion.parse_opinion`: ``id``, ``text``, ``date``, ``host_level``,
    ``province`` where the row has them; beside them ``place`` and ``final``, what people decided.

    A value that cannot be understood is left as it is, so that the door refuses that row and names it; an unknown
    final label goes to ``final_unknown``. Without a number of its own a row has its place. ``mapping.defaults`` are for
    the session: what a caller says of it wins over them, what a row says over both.

    >>> from ydan.mapping import load_mapping
    >>> row = {"ma_pakn": "7", "Nội dung": "Đường thôn 6 lầy lội", "Ngày gửi": "05/03/2026", "Lĩnh vực": "Giao thông"}
    >>> next(opinions_of([row], load_mapping("pakn")))["final"]
    {'topic': 'transport_roads'}
    """
    taxonomy = load_taxonomy()
    meanings = {
        column: known_ids(column, taxonomy) | dict(mapping.values.get(column, {})) for column in ("host_level", *FINAL)
    }
    for number, row in enumerate(rows, 1):
        yield _opinion(number, {key_of(str(name)): cell for name, cell in row.items()}, mapping, meanings)


def iso_day(raw: str, forms: Iterable[str]) -> str:
    """The day as ISO has it, if one of ``forms`` (or ISO itself) reads it; else ``raw``.

    >>> iso_day("05/03/2026 07:30", ["%d/%m/%Y %H:%M"]), iso_day("2026-03-05T07:30:00+07:00", []), iso_day("mai", [])
    ('2026-03-05', '2026-03-05', 'mai')
    """
    for form in forms:
        try:
            return datetime.strptime(raw, form).date().isoformat()
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(raw).date().isoformat()
    except ValueError:
        return raw


def _opinion(
    number: int, cells: MappingOf[str, Any], mapping: Mapping, meanings: MappingOf[str, MappingOf[str, str]]
) -> dict[str, Any]:
    found: dict[str, Any] = {"id": _cell(cells, mapping.columns.get("id", ())) or str(number)}
    found["text"] = _joined(
        _cell(cells, mapping.columns.get("title", ())), _cell(cells, mapping.columns["text"], whole=True)
    )
    day = _cell(cells, mapping.columns.get("date", ()))
    if day:
        found["date"] = iso_day(day, mapping.dates)
    host = _cell(cells, mapping.columns.get("host_level", ()))
    host = meanings["host_level"].get(key_of(host), host) if host else ""
    if host:
        found["host_level"] = host
    province = _cell(cells, mapping.columns.get("province", ()))
    if province:
        found["province"] = province
    place = _cell(cells, mapping.columns.get("place", ()))
    if place:
        found["place"] = place
    final, unknown = {}, {}
    for field, headings in mapping.final.items():
        value = _cell(cells, headings)
        id_ = meanings[field].get(key_of(value)) if value else ""
        if id_ is None:
            unknown[field] = value
        elif id_:
            final[field] = id_
    return found | ({"final": final} if final else {}) | ({"final_unknown": unknown} if unknown else {})


def _joined(title: str, text: str) -> str:
    """The title before the text, unless the text says it already."""
    if not title or not text.strip() or key_of(title) in key_of(text):
        return text
    return f"{title.rstrip('.')}. {text}"


def _cell(cells: MappingOf[str, Any], headings: Iterable[str], *, whole: bool = False) -> str:
    """The first cell under one of the headings that is not empty."""
    for heading in headings:
        value = cells.get(heading)
        if value is not None and not isinstance(value, dict | list) and str(value).strip():
            return str(value) if whole else str(value).strip()
    return ""
