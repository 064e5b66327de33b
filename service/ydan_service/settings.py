"""Settings of the service, from the environment (``YDAN_*``) or from a test."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ydan.errors import YDanError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(YDanError):
    """A setting is wrong; the message names it and what it may be."""

    code = "settings"


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and text == f"{parts.scheme}://{parts.netloc}" != f"{parts.scheme}://"


def default_data_dir() -> Path:
    """Where this system keeps a user's data: ``~/.local/share/ydan``, ``%LOCALAPPDATA%\\ydan`` and their like."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "ydan"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ydan"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "ydan"


@dataclass(frozen=True, slots=True)
class Settings:
    """``api_key`` lets programs call the routes of ``/v1``. Where nothing is kept it is required on any address but
    loopback; a store knows callers with keys of their own, and persons who sign in.

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
    workers: int = 1
    """Processes that answer on the one port; more than one needs PostgreSQL, or no store at all."""
    most_waiting: int = 64
    """Requests for programs that may be under way in one process; one more is answered 503 at once."""
    rate_per_minute: int = 0
    """Requests a minute of a caller that has no limit of its own; 0: no limit."""
    most_job_opinions: int = 1_000_000
    job_days: int = 7
    """Days that a job's answers stay after it ended."""
    cors_origins: tuple[str, ...] = ()
    webhook_hosts: tuple[str, ...] = ()
    """``host`` or ``host:port`` that webhooks may call; none: no webhooks."""
    log_format: str = "text"
    traces: bool = False
    """OpenTelemetry traces, sent as the standard ``OTEL_*`` variables say."""
    bundle_public_key: Path | None = None
    """Only a model that is signed with the private half of this key is loaded."""

    def __post_init__(self) -> None:
        if not 1 <= self.port <= 65535:
            raise SettingsError(f"Cổng {self.port} không có. Hãy chọn từ 1 đến 65535, ví dụ 8000 (YDAN_PORT, --port).")
        if self.log_format not in ("text", "json"):
            raise SettingsError(f"YDAN_LOG_FORMAT={self.log_format!r} không có. Hãy chọn text hoặc json.")
        for name in ("workers", "most_waiting", "most_job_opinions", "job_days"):
            if getattr(self, name) < 1:
                raise SettingsError(f"YDAN_{name.upper()}={getattr(self, name)} phải từ 1 trở lên.")
        if self.workers > 1 and self.has_store and not self.database_url_is_postgresql:
            raise SettingsError(
                "Nhiều tiến trình (YDAN_WORKERS, --workers) cần PostgreSQL (YDAN_DATABASE_URL), hoặc không lưu gì "
                "(--no-pages, không có YDAN_DATABASE_URL). SQLite chỉ phục vụ một tiến trình."
            )
        if self.open_to_others and not self.has_store and not self.api_key:
            raise SettingsError(
                f"Mở cổng trên {self.public_url or self.host} mà không có trang đăng nhập thì phải có khoá. "
                "Hãy đặt YDAN_API_KEY (ít nhất 16 ký tự), hoặc YDAN_DATABASE_URL và cấp khoá bằng ydan-serve callers "
                "add, hoặc dùng --host 127.0.0.1."
            )
        for origin in self.cors_origins:
            if origin != "*" and not _is_origin(origin):
                raise SettingsError(
                    f"YDAN_CORS_ORIGINS có {origin!r}; mỗi mục phải là nguồn của một trang, ví dụ "
                    "https://cong.haiphong.gov.vn, không có dấu / ở cuối."
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
    def has_store(self) -> bool:
        """Whether anything is kept: the pages need it; without pages only where a database is named."""
        return self.serve_pages or self.database_url is not None

    @property
    def database_url_is_postgresql(self) -> bool:
        """Whether the store is one that several processes share."""
        return self.database_url is not None and self.database_url.startswith("postgres")

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
