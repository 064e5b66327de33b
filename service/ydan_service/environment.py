"""Settings from the environment: every ``YDAN_*`` variable that the service reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ydan_service.settings import Settings, SettingsError


def settings_from(
    environment: Mapping[str, str],
    host: str | None = None,
    port: int | None = None,
    data_dir: Path | None = None,
    *,
    pages: bool | None = None,
    workers: int | None = None,
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
        trusted_proxies=_list(given.get("YDAN_TRUSTED_PROXIES", "")),
        oidc_issuer=given.get("YDAN_OIDC_ISSUER"),
        oidc_client_id=given.get("YDAN_OIDC_CLIENT_ID"),
        oidc_client_secret=given.get("YDAN_OIDC_CLIENT_SECRET"),
        oidc_name=given.get("YDAN_OIDC_NAME", known.oidc_name),
        workers=workers if workers is not None else _number(environment, "YDAN_WORKERS", known.workers),
        most_waiting=_number(environment, "YDAN_MOST_WAITING", known.most_waiting),
        rate_per_minute=_number(environment, "YDAN_RATE_PER_MINUTE", known.rate_per_minute),
        most_job_opinions=_number(environment, "YDAN_MOST_JOB_OPINIONS", known.most_job_opinions),
        job_days=_number(environment, "YDAN_JOB_DAYS", known.job_days),
        cors_origins=_list(given.get("YDAN_CORS_ORIGINS", "")),
        webhook_hosts=_list(given.get("YDAN_WEBHOOK_HOSTS", "")),
        log_format=given.get("YDAN_LOG_FORMAT", known.log_format),
        traces=_switch(given, "YDAN_TRACES") is True,
        bundle_public_key=_path(given.get("YDAN_BUNDLE_PUBLIC_KEY")),
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


def _list(raw: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in raw.split(",") if part.strip())
