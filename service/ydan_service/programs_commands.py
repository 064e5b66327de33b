"""What ``ydan-serve callers`` does: each function answers with lines for the terminal, in Vietnamese."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta

from ydan_service.programs import callers
from ydan_service.programs.callers import Made
from ydan_service.programs.recognise import REMEMBERED
from ydan_service.settings import Settings
from ydan_service.store import opening
from ydan_service.store.store import Store
from ydan_service.store.tables import SCOPES, Caller, CallerKey, now
from ydan_service.store.tables.base import VIETNAM

_ONCE = "Hãy cất ngay: chỉ hiện một lần này, máy chủ chỉ giữ mã băm."
_SOON = f"Có hiệu lực trong {REMEMBERED:.0f} giây."


def run(settings: Settings, options: argparse.Namespace) -> list[str]:
    """The command as it was typed.

    :raises YDanError: it cannot be done; the message says why and what may be.
    """
    store = opening.open_store(settings)
    try:
        return _run(store, options)
    finally:
        store.engine.dispose()


def _run(store: Store, options: argparse.Namespace) -> list[str]:
    match options.what:
        case "add":
            return add(store, options.name, options.scopes, options.per_minute, options.expires)
        case "list":
            return show(store)
        case "new-key":
            return renew(store, options.name, "key", options.expires, options.overlap)
        case "new-secret":
            return renew(store, options.name, "client_secret", options.expires, options.overlap)
        case "change":
            return change(store, options.name, options.scopes, options.per_minute)
        case "revoke":
            with store.begin() as session:
                row = callers.revoke(session, None, options.key)
            return [f"Đã thu hồi {callers.SECRETS[row.kind]} {row.prefix}… của “{row.caller.name}”. {_SOON}"]
        case "disable":
            with store.begin() as session:
                caller = callers.disable(session, None, options.name)
            return [f"Đã khoá “{caller.name}”: mọi khoá và token dừng. {_SOON}"]
        case _:
            with store.begin() as session:
                caller = callers.enable(session, None, options.name)
            return [f"Đã mở lại “{caller.name}”. {_SOON}"]


def add(store: Store, name: str, scopes: str, per_minute: int | None, expires: int | None) -> list[str]:
    """A new caller and its first key."""
    with store.begin() as session:
        made = callers.add(session, None, name, _split(scopes), per_minute=per_minute, valid=_days(expires))
    return [f"Đã thêm “{made.caller.name}” (client_id {made.caller.client_id}).", *_shown("key", made)]


def renew(store: Store, name: str, kind: str, expires: int | None, overlap: int | None) -> list[str]:
    """Another key or client secret."""
    with store.begin() as session:
        made = callers.renew(session, None, name, kind, valid=_days(expires), overlap=_days(overlap))
    lines = [f"“{made.caller.name}”, client_id {made.caller.client_id}:", *_shown(kind, made)]
    return lines + [f"Cái cũ {beginning}… dùng được đến {_time(until)}." for beginning, until in made.ended]


def change(store: Store, name: str, scopes: str | None, per_minute: int | None) -> list[str]:
    """Other scopes, another limit."""
    with store.begin() as session:
        caller = callers.change(
            session, None, name, scopes=None if scopes is None else _split(scopes), per_minute=per_minute
        )
    return [f"“{caller.name}”: phạm vi {', '.join(caller.scopes)}; {_limit(caller)}. {_SOON}"]


def show(store: Store) -> list[str]:
    """Every caller and its keys."""
    with store.read() as session:
        found = callers.listed(session)
    if not found:
        return ["Chưa có hệ thống nào. Thêm: ydan-serve callers add TÊN --scopes classify"]
    lines = []
    for caller in found:
        closed = "" if caller.disabled_at is None else f", ĐÃ KHOÁ từ {_time(caller.disabled_at)}"
        lines.append(f"“{caller.name}” ({caller.client_id}){closed}")
        lines.append(f"  phạm vi {', '.join(caller.scopes)}; {_limit(caller)}")
        lines += [f"  {_about(row)}" for row in caller.keys]
    return lines


def _shown(kind: str, made: Made) -> list[str]:
    until = "không hết hạn" if made.expires_at is None else f"dùng được đến {_time(made.expires_at)}"
    return [f"{callers.SECRETS[kind].capitalize()} ({until}): {made.secret}", _ONCE]


def _about(row: CallerKey) -> str:
    used = "chưa dùng" if row.used_at is None else f"dùng lần cuối {_time(row.used_at)}"
    until = "" if row.expires_at is None else f", đến {_time(row.expires_at)}"
    state = "đã thu hồi" if row.revoked_at else "đang dùng được" if callers.works(row, now()) else "hết hạn"
    return f"{callers.SECRETS[row.kind]} {row.prefix}… {state}{until}, {used}"


def _limit(caller: Caller) -> str:
    return "giới hạn chung" if caller.per_minute is None else f"{caller.per_minute} lần/phút"


def _split(scopes: str) -> list[str]:
    return list(SCOPES) if scopes.strip() == "all" else [each.strip() for each in scopes.split(",") if each.strip()]


def _days(count: int | None) -> timedelta | None:
    return None if count is None else timedelta(days=max(-1, min(count, 100_000)))


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
