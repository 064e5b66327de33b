"""Passwords: Argon2id with RFC 9106's parameters for little memory (64 MiB, three rounds); what a password must be."""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from ydan.text import fold
from ydan_service.errors import Invalid

SHORTEST = 12
LONGEST = 200
_COMMON = (
    "matkhau", "password", "passw0rd", "123456", "654321", "111111", "000000", "abcdef", "abc123", "qwerty", "asdfgh",
    "iloveyou", "anhyeuem", "emyeuanh", "vietnam", "admin", "quantri", "vanphong", "ubnd", "uybannhandan", "ydan",
    "congan", "dangbo", "letmein", "welcome", "chutich", "bithu", "dangnhap",
)  # fmt: skip
"""Words that are tried first; a password that is little else is refused."""
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = BoundedSemaphore(4)
"""Each one takes 64 MiB: a crowd at the door must not fill the memory of an office PC."""


class Checked(NamedTuple):
    """Whether the password was right; ``rehashed``: keep this hash instead, the parameters have changed."""

    right: bool
    rehashed: str | None = None


def hash_password(password: str) -> str:
    """What the database keeps of a password. Composed and decomposed letters are one password."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def check_password(password: str, kept: str | None) -> Checked:
    """Whether ``password`` is that of ``kept``; where there is none the work is the same: time tells no name."""
    plain = _plain(password[: 10 * LONGEST])
    try:
        with _AT_ONCE:
            _HASHER.verify(_nobodys() if kept is None else kept, plain)
    except (VerificationError, InvalidHashError):
        return Checked(False)
    if kept is None:
        return Checked(False)
    return Checked(True, hash_password(password) if _HASHER.check_needs_rehash(kept) else None)


def require_good(password: str, username: str = "", again: str | None = None) -> None:
    """Refuse a password that is guessed easily; length is what counts, no rule about signs and digits.

    :raises Invalid: too short or long, the username or a common word with little else, or typed differently ``again``.
    """
    length = len(unicodedata.normalize("NFC", password))
    if length < SHORTEST:
        raise Invalid(
            f"Mật khẩu có {length} ký tự, cần ít nhất {SHORTEST}. Hãy ghép bốn, năm từ dễ nhớ với anh/chị.",
            "password",
        )
    if len(password) > LONGEST:
        raise Invalid(f"Mật khẩu dài quá {LONGEST} ký tự. Hãy chọn câu ngắn hơn.", "password")
    plain = _bare(password)
    if len(set(plain)) < 5:
        raise Invalid("Mật khẩu chỉ lặp vài ký tự nên dễ đoán. Hãy ghép bốn, năm từ khác nhau.", "password")
    name = _bare(username)
    if len(name) >= 3 and len(plain.replace(name, "")) < SHORTEST - 4:
        raise Invalid("Mật khẩu gần giống tên đăng nhập nên dễ đoán. Hãy chọn câu không có tên đó.", "password")
    left = plain
    for word in sorted(_COMMON, key=len, reverse=True):
        left = left.replace(word, "")
    if len(left.strip("0123456789")) < 4 and left != plain:
        raise Invalid(
            "Mật khẩu là từ hay dùng (như “matkhau”, “123456”) nên dễ đoán. Hãy ghép bốn, năm từ khác nhau.", "password"
        )
    if again is not None and again != password:
        raise Invalid("Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại cả hai ô.", "again")


@cache
def _nobodys() -> str:
    return _HASHER.hash("không của ai cả")


def _plain(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _bare(text: str) -> str:
    """Letters and digits alone, without diacritics."""
    return "".join(sign for sign in fold(text) if sign.isalnum())
