"""What the store reports on purpose; the message says what to do."""

from __future__ import annotations

from ydan.errors import YDanError


class StoreError(YDanError):
    """The database cannot be opened, is newer than the program, is locked; or a file of the store is not right."""

    code = "store"


class SealError(YDanError):
    """A key is missing or does not open what is sealed; the message says what to do."""

    code = "seal"


class AuditError(YDanError):
    """A line that the audit log may not hold, or a chain that is broken."""

    code = "audit"
