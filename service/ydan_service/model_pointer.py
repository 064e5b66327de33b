"""Which model was chosen: ``model.json`` in the data folder, written by ``ydan-serve model``, read by every process."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ydan.errors import YDanError

FILE = "model.json"
FORMAT = 1
MOST = 10
"""Earlier choices that are remembered."""


class PointerError(YDanError):
    """There is nothing to go back to, or ``model.json`` cannot be read."""

    code = "model_pointer"


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen bundle; without a ``folder`` the one of the settings, else the one that ships."""

    folder: Path | None = None
    name: str = ""
    version: str = ""
    at: str = ""

    @property
    def said(self) -> str:
        """In a sentence."""
        what = f"{self.name} {self.version}".strip()
        where = "mặc định" if self.folder is None else str(self.folder)
        return f"{what} ({where})" if what else where

    def to_json(self) -> dict[str, Any]:
        folder = None if self.folder is None else str(self.folder)
        return {"folder": folder, "name": self.name, "version": self.version, "at": self.at}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choice that holds, and those before it, the latest first."""

    current: Choice
    previous: tuple[Choice, ...] = ()

    @property
    def all(self) -> tuple[Choice, ...]:
        """The current one, then the earlier ones."""
        return (self.current, *self.previous)


class Pointer:
    """The file. It is replaced whole, so that no reader sees half of it."""

    def __init__(self, data_dir: Path) -> None:
        self.file = data_dir / FILE

    def stamp(self) -> tuple[int, int, int] | None:
        """Something that changes whenever the file does; cheap enough for every second."""
        try:
            found = self.file.stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino)

    def read(self) -> Chosen:
        """What was chosen; nothing yet is the default.

        :raises PointerError: the file is damaged.
        """
        try:
            raw = json.loads(self.file.read_text(encoding="utf-8"))
            if raw["format"] != FORMAT:
                raise ValueError(f"format {raw['format']!r}")
            return Chosen(_choice(raw["current"]), tuple(map(_choice, raw["previous"])))
        except FileNotFoundError:
            return Chosen(Choice())
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise PointerError(
                f"Không đọc được {self.file} ({error}). Hãy chọn lại mô hình: ydan-serve model switch THƯ-MỤC, "
                "hoặc xóa tệp này để dùng mô hình mặc định."
            ) from error

    def choose(self, folder: Path | None, name: str, version: str) -> Chosen:
        """Choose another bundle; the one that held until now comes first among the earlier ones."""
        try:
            before = self.read().all
        except PointerError:
            before = (Choice(),)
        made = Choice(folder, name, version, datetime.now(UTC).isoformat(timespec="seconds"))
        return self._write(Chosen(made, before[:MOST]))

    def go_back(self) -> Chosen:
        """Drop the current choice; the one before holds again.

        :raises PointerError: there is none.
        """
        known = self.read()
        if not known.previous:
            raise PointerError(
                "Chưa từng đổi mô hình nên không có gì để quay lại. Hãy chọn mô hình: ydan-serve model switch THƯ-MỤC"
            )
        return self._write(Chosen(known.previous[0], known.previous[1:]))

    def _write(self, chosen: Chosen) -> Chosen:
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        raw = {
            "format": FORMAT,
            "current": chosen.current.to_json(),
            "previous": [each.to_json() for each in chosen.previous],
        }
        new = self.file.with_name(f"{FILE}.{os.getpid()}")
        new.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        new.replace(self.file)
        return chosen


def _choice(raw: dict[str, Any]) -> Choice:
    folder = None if raw["folder"] is None else Path(raw["folder"])
    return Choice(folder, str(raw["name"]), str(raw["version"]), str(raw["at"]))
