"""What people may be called here: checks of entries that several forms share."""

from __future__ import annotations

import re

from ydan_service.errors import Invalid

_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{1,78}[a-z0-9])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_username(username: str) -> str:
    """As names are kept: small letters, nothing around.

    >>> clean_username("  Lan.NT ")
    'lan.nt'
    """
    return _CONTROL.sub("", username).strip().lower()


def require_username(username: str) -> str:
    """The name to be kept.

    :raises Invalid: it is no name for signing in.
    """
    name = clean_username(username)
    if not _USERNAME.fullmatch(name):
        raise Invalid(
            "Tên đăng nhập dài từ 3 đến 80 ký tự, gồm chữ không dấu, chữ số và . _ - @ (ví dụ: lan.nt). Hãy sửa lại.",
            "username",
        )
    return name


def require_words(words: str, what: str, field: str, longest: int = 120) -> str:
    """Words of one line, cleaned.

    :raises Invalid: there are none, or too many.
    """
    clean = " ".join(_CONTROL.sub(" ", words).split())
    if not clean:
        raise Invalid(f"{what} còn trống. Hãy nhập rồi gửi lại.", field)
    if len(clean) > longest:
        raise Invalid(f"{what} dài {len(clean)} ký tự, nhiều nhất {longest}. Hãy viết ngắn lại.", field)
    return clean
