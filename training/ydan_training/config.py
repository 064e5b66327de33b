"""The configuration of a training run, read from one TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any


class ConfigError(Exception):
    """The configuration lacks a setting or holds one that does not exist."""


@dataclass(frozen=True, slots=True)
class Config:
    """``values`` as in the file; ``root`` is what its paths are relative to."""

    values: dict[str, Any]
    root: Path

    def path(self, section: str, name: str) -> Path:
        """A setting that is a path."""
        return self.root / str(self.values[section][name])

    def number(self, section: str, name: str) -> float:
        """A setting that is a number."""
        return float(self.values[section][name])


def load_config(file: Path | None, root: Path) -> Config:
    """The defaults, overlaid with ``file``.

    :raises ConfigError: a section or a setting that the defaults do not have, with the choices.
    """
    values = tomllib.loads(resources.files("ydan_training").joinpath("default.toml").read_text(encoding="utf-8"))
    if file is not None:
        for section, settings in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if section not in values:
                raise ConfigError(f"{file}: no section [{section}]. There are: {', '.join(values)}.")
            for name, value in settings.items():
                if name not in values[section]:
                    raise ConfigError(f"{file}: [{section}] has no {name!r}. There are: {', '.join(values[section])}.")
                values[section][name] = value
    return Config(values, root)
