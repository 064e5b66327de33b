"""The body of a job as another system exported it, read by one of the mappings that ship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from typing import Any

from ydan.assessment import dump_json
from ydan.bulk.columns import OWN_COLUMNS
from ydan.errors import ReadError
from ydan.mapping import NAMES, Mapping, load_mapping, opinions_of, read_rows
from ydan_service.programs.assessing.lines import opinion_line
from ydan_service.programs.bulk.reading import CSV, JSON, JSON_LINES, Limits, Reading
from ydan_service.programs.bulk.splitting import limited
from ydan_service.programs.refused import Refused

_NAMES = {JSON: "trong thân.json", JSON_LINES: "trong thân.jsonl", CSV: "trong thân.csv"}
_KEPT = ("id", "text", *OWN_COLUMNS)


def read_mapped(name: str, kind: str, chunks: Iterable[bytes], session: MappingOf[str, Any], limits: Limits) -> Reading:
    """Read an export of ``kind`` whole; what the address says of the meeting wins over the mapping's defaults.

    Only mappings that ship: a name that came over the network never opens a file.

    :raises Refused: no such mapping, a kind that it cannot read, a body that is too large, not readable, or without
        the mapping's columns.
    """
    if name not in NAMES:
        raise Refused(422, "mapping", f"Không có bảng ánh xạ “{name[:40]}”. Có sẵn: {', '.join(NAMES)}.")
    if kind not in _NAMES:
        raise Refused(415, "unsupported_media_type", f"Với mapping, nhận {', '.join(_NAMES)}; không nhận {kind[:100]}.")
    mapping = load_mapping(name)
    data = b"".join(limited(chunks, limits.json_bytes))
    return Reading({**mapping.defaults, **session}, _lines(data, _NAMES[kind], mapping))


def _lines(data: bytes, name: str, mapping: Mapping) -> Iterator[bytes]:
    try:
        for row in opinions_of(read_rows(data, name, mapping), mapping):
            yield opinion_line(dump_json({key: row[key] for key in _KEPT if key in row}).encode())
    except ReadError as error:
        raise Refused(422, error.code, str(error)) from error
