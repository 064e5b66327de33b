"""Reads the three data files of this folder, checks them, and builds the `Taxonomy`.

The check runs on every load because an unnoticed slip here (a matter under a topic that does not exist,
a label typed with combining accents) would surface much later, as a wrong answer to a citizen.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NoReturn, TypeVar
from unicodedata import is_normalized

from ydan.errors import TaxonomyError
from ydan.taxonomy.model import (
    Body,
    BodyName,
    EscalationCode,
    Level,
    Matter,
    OpinionType,
    Taxonomy,
    Topic,
    near,
)

MATTER_COLUMNS = ["id", "topic", "label", "description", "terms"]
BODY_COLUMNS = ["body", "level", "topics", "from", "until", "label", "office"]
T = TypeVar("T", Topic, OpinionType, Level, EscalationCode)


@cache
def load_taxonomy() -> Taxonomy:
    """The taxonomy shipped with the package; read once.

    >>> load_taxonomy().matter("provincial_road").label
    'Đường tỉnh (ĐT), tỉnh lộ'
    """
    return read_taxonomy(files("ydan.taxonomy"))


def read_taxonomy(folder: Traversable) -> Taxonomy:
    """The taxonomy of a folder with taxonomy.toml, matters.csv and bodies.csv."""
    toml = _Toml(folder.joinpath("taxonomy.toml"))
    topics = toml.records("topics", _topic)
    levels = toml.records("levels", lambda e: Level(**e))
    for topic in topics.values():
        for neighbour in topic.goes_elsewhere:
            if neighbour not in topics:
                hint = near(neighbour, topics)
                toml.fail(topic.id, f"goes_elsewhere trỏ tới chủ đề lạ “{neighbour}”. {hint}")
    return Taxonomy(
        version=toml.value("version"),
        topics=topics,
        matters=_matters(folder.joinpath("matters.csv"), topics),
        types=toml.records("types", lambda e: OpinionType(**e)),
        levels=levels,
        escalation_codes=toml.records("escalation_codes", lambda e: EscalationCode(**e)),
        bodies=_bodies(folder.joinpath("bodies.csv"), toml.value("bodies"), levels, topics),
    )


class _Toml:
    """taxonomy.toml, with the line of an id found again in the text, since tomllib forgets lines."""

    def __init__(self, path: Traversable) -> None:
        self.name = path.name
        self.text = path.read_text(encoding="utf-8")
        self._check_nfc()
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            message = f"{self.name}: TOML hỏng: {error}. Hãy sửa cú pháp ở dòng đó."
            raise TaxonomyError(message) from None

    def _check_nfc(self) -> None:
        if is_normalized("NFC", self.text):
            return
        line = next(n for n, t in enumerate(self.text.split("\n"), 1) if not is_normalized("NFC", t))
        _stop(self.name, line, "chữ có dấu tổ hợp (NFD). Hãy lưu lại dòng này ở dạng NFC.")

    def value(self, key: str) -> Any:
        if key not in self.data:
            _stop(self.name, 1, f"thiếu “{key}”. Hãy thêm vào tệp.")
        return self.data[key]

    def fail(self, wanted: str, message: str) -> NoReturn:
        """Points at the last line that spells ``id = "wanted"``: for a double, that is the one to change."""
        needle = f'id = "{wanted}"'
        lines = [n for n, t in enumerate(self.text.split("\n"), 1) if t.strip() == needle]
        _stop(self.name, lines[-1] if lines else 1, message)

    def records(self, key: str, make: Callable[[dict[str, Any]], T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for entry in self.value(key):
            entry_id = str(entry.get("id", ""))
            if not entry_id or entry_id in found:
                self.fail(entry_id, f"mã “{entry_id}” trống hoặc trùng trong {key}. Mỗi mã chỉ dùng một lần.")
            if not str(entry.get("label", "")).strip():
                self.fail(entry_id, f"“{entry_id}” chưa có label. Hãy viết tên tiếng Việt.")
            try:
                found[entry_id] = make(entry)
            except (TypeError, KeyError) as error:
                self.fail(entry_id, f"“{entry_id}” thiếu hoặc thừa trường: {error}. Hãy so với mục bên cạnh.")
        return found


def _topic(entry: dict[str, Any]) -> Topic:
    return Topic(
        id=entry["id"],
        label=entry["label"],
        definition=entry["definition"],
        includes=entry["includes"],
        goes_elsewhere=entry.get("goes_elsewhere", {}),
        examples=tuple(entry["examples"]),
    )


def _matters(path: Traversable, topics: Mapping[str, Topic]) -> dict[str, Matter]:
    found: dict[str, Matter] = {}
    for line, row in _rows(path, MATTER_COLUMNS):
        matter_id, topic, label, description, terms = row
        if not matter_id or matter_id in found:
            _stop(path.name, line, f"mã “{matter_id}” trống hoặc trùng. Mỗi mã chỉ dùng một lần.")
        if topic not in topics:
            _stop(path.name, line, f"chủ đề lạ “{topic}”. {near(topic, topics)}")
        if not label or not description:
            _stop(path.name, line, f"“{matter_id}” chưa có label hoặc description. Hãy viết vào.")
        found[matter_id] = Matter(matter_id, topic, label, description, _split(terms))
    return found


def _bodies(
    path: Traversable, labels: Mapping[str, str], levels: Mapping[str, Level], topics: Mapping[str, Topic]
) -> dict[str, Body]:
    names: dict[str, list[BodyName]] = {body: [] for body in labels}
    for line, (body, level, own, start, until, label, office) in _rows(path, BODY_COLUMNS):
        narrowed = _split(own)
        for wanted, known in [(body, names), (level, levels), *((t, topics) for t in narrowed)]:
            if wanted not in known:
                _stop(path.name, line, f"mã lạ “{wanted}”. {near(wanted, known)}")
        if not label:
            _stop(path.name, line, f"“{body}” ở cấp {level} chưa có tên. Hãy viết label.")
        try:
            days = [date.fromisoformat(d) if d else None for d in (start, until)]
        except ValueError:
            _stop(path.name, line, f"ngày “{start}”, “{until}” sai. Hãy viết YYYY-MM-DD hoặc để trống.")
        names[body].append(BodyName(level, frozenset(narrowed), days[0], days[1], label, office))
    for body, found in names.items():
        if not found:
            _stop(path.name, 1, f"cơ quan “{body}” chưa có dòng nào. Hãy thêm tên ở ít nhất một cấp.")
    return {body: Body(body, labels[body], tuple(found)) for body, found in names.items()}


def _rows(path: Traversable, columns: list[str]) -> Iterable[tuple[int, list[str]]]:
    """Rows with their line number; a wrong header or width stops, so no column is ever read as another."""
    text = path.read_text(encoding="utf-8-sig")
    nfc = is_normalized("NFC", text)
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    if header != columns:
        _stop(path.name, 1, f"cột phải là {','.join(columns)}; tệp có {','.join(header)}.")
    for row in reader:
        if len(row) != len(columns):
            message = f"có {len(row)} cột, cần {len(columns)}. Ô có dấu phẩy phải nằm trong ngoặc kép."
            _stop(path.name, reader.line_num, message)
        if not nfc and not all(is_normalized("NFC", cell) for cell in row):
            _stop(path.name, reader.line_num, "chữ có dấu tổ hợp (NFD). Hãy lưu lại dòng này ở dạng NFC.")
        yield reader.line_num, row


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _stop(name: str, line: int, message: str) -> NoReturn:
    raise TaxonomyError(f"{name}:{line}: {message}")
