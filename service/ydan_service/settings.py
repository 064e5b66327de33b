"""Settings of the service, from the environment (``YDAN_*``) or from a test."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ydan.errors import YDanError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(YDanError):
    """A setting is wrong; the message names it and what it may be."""

    code = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """``api_key`` guards every route but health; it is required on any address but loopback.

    :raises SettingsError: an open address without a key, a short key, a port that does not exist.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    api_key: str | None = None
    bundle: Path | None = None
    overrides: tuple[Path, ...] = ()
    most_opinions: int = 1000
    most_bytes: int = 10_000_000

    def __post_init__(self) -> None:
        if not 1 <= self.port <= 65535:
            raise SettingsError(f"Cổng {self.port} không có. Hãy chọn từ 1 đến 65535, ví dụ 8000 (YDAN_PORT, --port).")
        if self.host not in LOOPBACK and not self.api_key:
            raise SettingsError(
                f"Mở cổng trên {self.host} phải có khoá. "
                "Hãy đặt YDAN_API_KEY (ít nhất 16 ký tự), hoặc dùng --host 127.0.0.1."
            )
        if self.api_key is not None and len(self.api_key) < 16:
            raise SettingsError("YDAN_API_KEY ngắn quá. Hãy dùng ít nhất 16 ký tự ngẫu nhiên.")


def settings_from(environment: Mapping[str, str], host: str | None = None, port: int | None = None) -> Settings:
    """Settings of an environment; ``host`` and ``port`` of the command line win.

    :raises SettingsError: a number that is none, or what :class:`Settings` refuses.
    """
    known = Settings()
    return Settings(
        host=host or environment.get("YDAN_HOST") or known.host,
        port=port if port is not None else _number(environment, "YDAN_PORT", known.port),
        api_key=environment.get("YDAN_API_KEY") or None,
        bundle=Path(environment["YDAN_MODEL"]) if environment.get("YDAN_MODEL") else None,
        overrides=tuple(Path(part) for part in environment.get("YDAN_COMPETENCE", "").split(os.pathsep) if part),
        most_opinions=_number(environment, "YDAN_MOST_OPINIONS", known.most_opinions),
        most_bytes=_number(environment, "YDAN_MOST_BYTES", known.most_bytes),
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    raw = environment.get(name)
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) == 0:
        raise SettingsError(f"{name}={raw!r} phải là số nguyên dương, ví dụ {default}.")
    return int(raw)
