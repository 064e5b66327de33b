"""What the office refuses, and why; shown as a page or as problem details in one table (``problems.py``)."""

from __future__ import annotations

from ydan.errors import YDanError


class OfficeError(YDanError):
    """The base; ``status`` is that of HTTP. The message is Vietnamese: the fact, the limit, the next step."""

    code = "office"
    status = 400

    @property
    def message(self) -> str:
        """What the person reads."""
        return str(self)


class NotSignedIn(OfficeError):
    """Nobody is signed in, or no longer; a page leads to the sign-in instead."""

    code = "not_signed_in"
    status = 401

    def __init__(self, message: str = "Anh/chị chưa đăng nhập, hoặc phiên đã hết hạn. Hãy đăng nhập lại.") -> None:
        super().__init__(message)


class Forbidden(OfficeError):
    """The person has not the right."""

    code = "forbidden"
    status = 403


class NotFound(OfficeError):
    """There is no such thing, or it lies outside of the person's scope: the two are not told apart."""

    code = "not_found"
    status = 404


class Conflict(OfficeError):
    """It stands otherwise by now: another person was first, or something else rests on it."""

    code = "conflict"
    status = 409


class Invalid(OfficeError):
    """What was sent cannot be right; the message says what may be, ``field`` which entry of the form."""

    code = "invalid"
    status = 422

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class TooMany(OfficeError):
    """Too many attempts; ``retry_after`` are the seconds to wait."""

    code = "too_many"
    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
