"""What is refused to a program that calls: a status of HTTP and a code of its own."""

from __future__ import annotations

from ydan_service.errors import OfficeError


class Refused(OfficeError):
    """``code`` is stable and on docs/errors.md; the message is Vietnamese: the fact, the limit, the next step."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code
