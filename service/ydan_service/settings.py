"""Settings of the service, from the environment (``YDAN_*``) or from a test."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ydan.errors import YDanError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(YDanError):
    """A setting is wrong; the message names it and what it may be."""

    code = "settings"


def default_data_dir() -> Path:
    """Where this system keeps a user's data: ``~/.local/share/ydan``, ``%LOCALAPPDATA%\\ydan`` and their like."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "ydan"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ydan"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "ydan"


@dataclass(frozen=True, slots=True)
class Settings:
    """``api_key`` lets programs call the routes of ``/v1``. Without pages it is required on any address but loopback;
    with pages a signed-in person may call as well, so that an open address needs none to start.

    :raises SettingsError: an open address that nobody could use, a short key, a port that does not exist, a public
        address that is none, half an OpenID Connect setting.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    api_key: str | None = field(default=None, repr=False)
    bundle: Path | None = None
    overrides: tuple[Path, ...] = ()
    most_opinions: int = 1000
    most_bytes: int = 10_000_000
    most_file_bytes: int = 20_000_000
    """Bytes that one uploaded file may hold."""
    serve_pages: bool = True
    data_dir: Path = field(default_factory=default_data_dir)
    database_url: str | None = field(default=None, repr=False)
    """PostgreSQL; without it SQLite in ``data_dir / "ydan.db"``."""
    keys: str | None = field(default=None, repr=False)
    """``id:base64,…``, newest first; without it ``key_file``."""
    key_file: Path | None = None
    """Without it ``data_dir / "khoa.json"``."""
    public_url: str | None = None
    """How browsers reach the office, when not by ``http://host:port``: behind a proxy, by a name."""
    cookies_by_https_only: bool | None = None
    """``None``: see :attr:`secure_cookies`."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose ``X-Forwarded-*`` headers are believed."""
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_name: str = "tài khoản cơ quan"

    def __post_init__(self) -> None:
        if not 1 <= self.port <= 65535:
            raise SettingsError(f"Cổng {self.port} không có. Hãy chọn từ 1 đến 65535, ví dụ 8000 (YDAN_PORT, --port).")
        if self.open_to_others and not self.serve_pages and not self.api_key:
            raise SettingsError(
                f"Mở cổng trên {self.public_url or self.host} mà không có trang đăng nhập thì phải có khoá. "
                "Hãy đặt YDAN_API_KEY (ít nhất 16 ký tự), hoặc dùng --host 127.0.0.1."
            )
        if self.api_key is not None and len(self.api_key) < 16:
            raise SettingsError("YDAN_API_KEY ngắn quá. Hãy dùng ít nhất 16 ký tự ngẫu nhiên.")
        if self.public_url is not None:
            parts = urlsplit(self.public_url)
            if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
                raise SettingsError(
                    f"YDAN_PUBLIC_URL={self.public_url!r} phải là địa chỉ gốc, ví dụ https://ydan.tanlap.gov.vn."
                )
        if (self.oidc_issuer is None) != (self.oidc_client_id is None):
            raise SettingsError(
                "Đăng nhập qua OpenID Connect cần cả YDAN_OIDC_ISSUER lẫn YDAN_OIDC_CLIENT_ID. "
                "Hãy đặt đủ hoặc bỏ cả hai."
            )

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can call."""
        return self.host in LOOPBACK

    @property
    def open_to_others(self) -> bool:
        """Whether other machines can call: another address than loopback, or a proxy's public one in front of it."""
        public = self.public_url is not None and urlsplit(self.public_url).hostname not in LOOPBACK
        return public or not self.on_loopback

    @property
    def base_url(self) -> str:
        """The address that a person types, without a slash at the end."""
        if self.public_url is not None:
            return self.public_url
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies go by HTTPS only: as set; else as ``public_url`` says; else unless on loopback."""
        if self.cookies_by_https_only is not None:
            return self.cookies_by_https_only
        if self.public_url is not None:
            return self.public_url.startswith("https://")
        return not self.on_loopback


def settings_from(
    environment: Mapping[str, str],
    host: str | None = None,
    port: int | None = None,
    data_dir: Path | None = None,
    *,
    pages: bool | None = None,
) -> Settings:
    """Settings of an environment; what the command line gives wins.

    :raises SettingsError: a number or a switch that is none, or what :class:`Settings` refuses.
    """
    known = Settings()
    given = {name: value.strip() for name, value in environment.items() if name.startswith("YDAN_") and value.strip()}
    return Settings(
        host=host or given.get("YDAN_HOST", known.host),
        port=port if port is not None else _number(environment, "YDAN_PORT", known.port),
        api_key=environment.get("YDAN_API_KEY") or None,
        bundle=_path(given.get("YDAN_MODEL")),
        overrides=tuple(Path(part) for part in given.get("YDAN_COMPETENCE", "").split(os.pathsep) if part),
        most_opinions=_number(environment, "YDAN_MOST_OPINIONS", known.most_opinions),
        most_bytes=_number(environment, "YDAN_MOST_BYTES", known.most_bytes),
        most_file_bytes=_number(environment, "YDAN_MOST_FILE_BYTES", known.most_file_bytes),
        serve_pages=pages if pages is not None else _switch(given, "YDAN_PAGES") is not False,
        data_dir=data_dir or _path(given.get("YDAN_DATA")) or known.data_dir,
        database_url=given.get("YDAN_DATABASE_URL"),
        keys=given.get("YDAN_KEYS"),
        key_file=_path(given.get("YDAN_KEY_FILE")),
        public_url=given["YDAN_PUBLIC_URL"].rstrip("/") if "YDAN_PUBLIC_URL" in given else None,
        cookies_by_https_only=_switch(given, "YDAN_SECURE_COOKIES"),
        trusted_proxies=tuple(
            part.strip() for part in given.get("YDAN_TRUSTED_PROXIES", "").split(",") if part.strip()
        ),
        oidc_issuer=given.get("YDAN_OIDC_ISSUER"),
        oidc_client_id=given.get("YDAN_OIDC_CLIENT_ID"),
        oidc_client_secret=given.get("YDAN_OIDC_CLIENT_SECRET"),
        oidc_name=given.get("YDAN_OIDC_NAME", known.oidc_name),
    )


def _path(raw: str | None) -> Path | None:
    return None if raw is None else Path(raw).expanduser()


def _switch(given: Mapping[str, str], name: str) -> bool | None:
    raw = given.get(name)
    if raw is None or raw.lower() == "auto":
        return None
    if raw.lower() not in ("1", "0", "on", "off", "true", "false", "yes", "no"):
        raise SettingsError(f"{name}={raw!r} phải là on, off hoặc auto.")
    return raw.lower() in ("1", "on", "true", "yes")


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    raw = environment.get(name)
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) == 0:
        raise SettingsError(f"{name}={raw!r} phải là số nguyên dương, ví dụ {default}.")
    return int(raw)
