"""``ydan labels``: every id that an answer can hold, with its name and definition."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from typing import Any

from ydan.errors import TaxonomyError
from ydan.taxonomy import load_taxonomy

NAMES = {
    "topics": "LĨNH VỰC (topic)",
    "types": "LOẠI Ý KIẾN (type)",
    "levels": "CẤP CÓ THẨM QUYỀN (level)",
    "codes": "LÝ DO BÁO LÊN TRÊN (code)",
    "bodies": "CƠ QUAN (body)",
    "matters": "VIỆC (matter)",
}


def show_labels(kind: str | None, *, as_json: bool) -> int:
    """Print one kind of label, or all.

    :raises TaxonomyError: a kind that does not exist; the message lists the choices.
    """
    taxonomy = load_taxonomy()
    tables: dict[str, Any] = {
        "topics": taxonomy.topics,
        "types": taxonomy.types,
        "levels": taxonomy.levels,
        "codes": taxonomy.escalation_codes,
        "bodies": taxonomy.bodies,
        "matters": taxonomy.matters,
    }
    if kind is not None and kind not in tables:
        raise TaxonomyError(f"Không có loại nhãn {kind!r}. Hãy chọn: {', '.join(tables)}.")
    chosen = tables if kind is None else {kind: tables[kind]}
    if as_json:
        rows = {name: [_plain(label) for label in table.values()] for name, table in chosen.items()}
        print(json.dumps({"version": taxonomy.version, **rows}, ensure_ascii=False, indent=1))
        return 0
    print(f"Bộ nhãn {taxonomy.version}")
    for name, table in chosen.items():
        print(f"\n{NAMES[name]}: {len(table)}")
        width = max(map(len, table))
        for label in table.values():
            text = getattr(label, "definition", None) or getattr(label, "description", "")
            print(f"  {label.id:<{width}}  {label.label}{'. ' + text if text else ''}")
    return 0


def _plain(label: Any) -> dict[str, Any]:
    """A label as plain JSON: dates as ISO text, sets and mappings as lists and objects."""
    assert is_dataclass(label)
    assert not isinstance(label, type)
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in json.loads(json.dumps(asdict(label), default=_fallback)).items()
    }


def _fallback(value: object) -> object:
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)
