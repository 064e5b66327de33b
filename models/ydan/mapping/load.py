"""A mapping out of a TOML file, checked whole before anything is read with it."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping as MappingOf
from importlib.resources import files
from pathlib import Path
from typing import Any

from ydan.errors import ReadError
from ydan.mapping.model import COLUMNS, FINAL, Mapping, key_of
from ydan.opinion import HOST_LEVELS
from ydan.taxonomy import Taxonomy, load_taxonomy

NAMES = ("pakn", "cu-tri")
"""Those that ship; their headings are assumptions (see the files)."""
CODE = "mapping"
_TABLES = ("reading", "columns", "defaults", "final", "values")
_READING = ("encoding", "delimiter", "dates", "records")
_DELIMITERS = (",", ";", "\t", "|")


def load_mapping(name: str) -> Mapping:
    """One that ships by its name, else a TOML file.

    >>> load_mapping("pakn").label
    'Phản ánh, kiến nghị (Cổng Dịch vụ công)'

    :raises ReadError: ``mapping``: no such file, or something in it is wrong; the message names the place.
    """
    if name in NAMES:
        text = files("ydan.mapping").joinpath("files", f"{name}.toml").read_text(encoding="utf-8")
    elif name.endswith(".toml") and Path(name).is_file():
        try:
            text = Path(name).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise _wrong(name, "không phải UTF-8") from None
    else:
        raise ReadError(
            f"Không có bảng ánh xạ “{name}”. Có sẵn: {', '.join(NAMES)}; hoặc cho tên một tệp .toml của cơ quan.", CODE
        )
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, f"không phải TOML ({error})") from error
    return checked(raw, name)


def checked(raw: MappingOf[str, Any], name: str) -> Mapping:
    """A mapping out of what a TOML file says.

    :raises ReadError: ``mapping``, with the place.
    """
    for key in raw:
        if key not in ("name", "label", "assumed", *_TABLES):
            raise _wrong(name, f"có mục lạ “{key}”; các mục: name, label, assumed, {', '.join(_TABLES)}")
    tables = {table: _table(raw, table, name) for table in _TABLES}
    columns = _headings(tables["columns"], COLUMNS, "columns", name)
    if "text" not in columns:
        raise _wrong(name, "thiếu columns.text: các tên của cột nội dung")
    defaults = {key: str(value) for key, value in tables["defaults"].items()}
    for key in defaults:
        if key not in ("host_level", "province"):
            raise _wrong(name, f"có defaults.{key}; chỉ nhận host_level, province")
    taxonomy = load_taxonomy()
    if "host_level" in defaults and defaults["host_level"] not in HOST_LEVELS:
        raise _wrong(name, f"defaults.host_level phải là {', '.join(HOST_LEVELS)}")
    reading = tables["reading"]
    for key in reading:
        if key not in _READING:
            raise _wrong(name, f"có reading.{key}; chỉ nhận {', '.join(_READING)}")
    return Mapping(
        name=str(raw.get("name", Path(name).stem)),
        label=str(raw.get("label", raw.get("name", Path(name).stem))),
        columns=columns,
        final=_headings(tables["final"], FINAL, "final", name),
        values={column: _values(values, column, taxonomy, name) for column, values in tables["values"].items()},
        defaults=defaults,
        encoding=_encoding(reading.get("encoding", "auto"), name),
        delimiter=_delimiter(reading.get("delimiter", "auto"), name),
        dates=_strings(reading.get("dates", []), "reading.dates", name),
        records=_strings(reading.get("records", []), "reading.records", name),
        assumed=raw.get("assumed") is True,
    )


def known_ids(column: str, taxonomy: Taxonomy) -> dict[str, str]:
    """Ids and labels that need no line in ``values`` → the id; both as :func:`key_of` has them."""
    if column == "host_level":
        return {key_of(id_): id_ for id_ in HOST_LEVELS}
    table: MappingOf[str, Any] = {"topic": taxonomy.topics, "type": taxonomy.types, "level": taxonomy.levels}[column]
    return {key_of(words): id_ for id_, each in table.items() for words in (id_, each.label)}


def _values(values: object, column: str, taxonomy: Taxonomy, name: str) -> dict[str, str]:
    place = f"values.{column}"
    if column not in ("host_level", *FINAL):
        raise _wrong(name, f"có {place}; chỉ nhận {', '.join(('host_level', *FINAL))}")
    if not isinstance(values, dict):
        raise _wrong(name, f"{place} phải là một bảng")
    ids = set(known_ids(column, taxonomy).values())
    for value, id_ in values.items():
        if id_ != "" and id_ not in ids:
            raise _wrong(name, f"{place}: “{value}” → {id_!r}, mã này không có; xem `ydan labels`")
    return {key_of(value): id_ for value, id_ in values.items()}


def _headings(table: MappingOf[str, Any], known: tuple[str, ...], place: str, name: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for key, headings in table.items():
        if key not in known:
            raise _wrong(name, f"có {place}.{key}; chỉ nhận {', '.join(known)}")
        found[key] = tuple(dict.fromkeys(map(key_of, _strings(headings, f"{place}.{key}", name))))
    return found


def _table(raw: MappingOf[str, Any], table: str, name: str) -> dict[str, Any]:
    found = raw.get(table, {})
    if not isinstance(found, dict):
        raise _wrong(name, f"{table} phải là một bảng [{table}]")
    return found


def _strings(value: object, place: str, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise _wrong(name, f"{place} phải là danh sách chuỗi")
    return tuple(value)


def _encoding(value: object, name: str) -> str:
    try:
        return "auto" if value == "auto" else codecs.lookup(str(value)).name
    except LookupError:
        raise _wrong(name, f"reading.encoding: không có bảng mã {value!r}; hãy để auto") from None


def _delimiter(value: object, name: str) -> str:
    if value != "auto" and value not in _DELIMITERS:
        raise _wrong(name, "reading.delimiter phải là auto, dấu phẩy, chấm phẩy, tab hoặc |")
    return str(value)


def _wrong(name: str, what: str) -> ReadError:
    return ReadError(f"Bảng ánh xạ {name}: {what}. Hãy sửa rồi thử lại.", CODE)
