"""How often a caller may call: a fixed minute that begins with its first request, counted in this process.

Every process counts for itself (docs/decisions/0009-callers.md says why), so that with ``n`` processes a caller may
reach ``n`` times its limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import time
from typing import TYPE_CHECKING

from ydan_service.programs.calling import Calling

if TYPE_CHECKING:
    from limits.strategies import FixedWindowRateLimiter

WINDOW = 60
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands after a request: ``allowed`` says whether this one still was within the limit."""

    allowed: bool
    limit: int
    remaining: int
    resets_in: int
    """Whole seconds until the full limit is there again, at least one."""

    def headers(self) -> dict[str, str]:
        """``RateLimit`` and ``RateLimit-Policy`` (draft-ietf-httpapi-ratelimit-headers), and the older ``X-`` three,
        whose reset is a time (seconds since 1970) as most programs expect it."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW}',
            "RateLimit": f'"minute";r={self.remaining};t={self.resets_in}',
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(ceil(time()) + self.resets_in),
        }


class Rates:
    """The counts of one process. Safe to share between threads."""

    def __init__(self, per_minute: int = 0) -> None:
        self._per_minute = per_minute
        self._limiter: FixedWindowRateLimiter | None = None
        self._lock = Lock()

    def count(self, calling: Calling) -> Standing | None:
        """Count one request; None where there is no limit."""
        limit = calling.per_minute or self._per_minute
        if not limit:
            return None
        from limits import RateLimitItemPerMinute  # a seventh of a second at the start, where most need it not

        item = RateLimitItemPerMinute(limit)
        who = f"{calling.kind}:{calling.known_as}"
        with self._lock:
            limiter = self._limiter = self._limiter or _new()
            allowed = limiter.hit(item, who)
            resets_at, remaining = limiter.get_window_stats(item, who)
        return Standing(allowed, limit, remaining, min(WINDOW, max(1, ceil(resets_at - time()))))


def _new() -> FixedWindowRateLimiter:
    from limits.storage import MemoryStorage
    from limits.strategies import FixedWindowRateLimiter

    return FixedWindowRateLimiter(MemoryStorage())
