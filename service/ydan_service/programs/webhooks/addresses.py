"""Which addresses may be called: those of hosts that the settings name, and no others."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import urlsplit

from ydan_service.programs.refused import Refused

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000


class Address(NamedTuple):
    """Where a delivery goes."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def shown(self) -> str:
        """Host and port, as the ``Host`` header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Address:
    """The parts of an address.

    :raises Refused: 422, it is none, or holds a password.
    """
    wrong = Refused(
        422,
        "invalid_request",
        "url phải là địa chỉ http hoặc https đầy đủ, không có tên đăng nhập và mật khẩu, ví dụ "
        "https://mot-cua.tanlap.gov.vn/y-dan.",
    )
    if not 0 < len(url) <= _LONGEST or not url.isascii() or any(letter <= " " or letter == "\x7f" for letter in url):
        raise wrong
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or "\\" in url or port == 0:
        raise wrong
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], target)


def check(url: str, allowed: Collection[str]) -> Address:
    """The address, if its host is one of ``allowed``: ``host`` (the usual ports 80 and 443) or ``host:port``.

    >>> check("https://mot-cua.vn/y-dan", ["mot-cua.vn"]).target
    '/y-dan'

    :raises Refused: 422 as :func:`parse`, 403 for another host.
    """
    address = parse(url)
    named = {each.strip().lower() for each in allowed}
    host = f"[{address.host}]" if ":" in address.host else address.host
    if f"{host}:{address.port}" in named or (address.port == _PORTS[address.scheme] and named & {host, address.host}):
        return address
    raise Refused(
        403,
        "webhook_host_not_allowed",
        f"Máy chủ này không được gọi tới {address.shown}. Người quản trị cần thêm {address.shown} vào "
        "YDAN_WEBHOOK_HOSTS (các máy cách nhau bằng dấu phẩy) rồi mở lại Ý Dân.",
    )
