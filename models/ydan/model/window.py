"""The last opinions that a running model answered, as counts: what :mod:`ydan.model.drift` compares."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import NamedTuple

from ydan.model.drift import Profile

CHUNK = 500
MOST = 10_000
"""Opinions that the window holds; a chunk more or less."""
OLDEST = timedelta(days=30)


class Seen(NamedTuple):
    """Counts, and since when they were made; ``None`` while there are none."""

    profile: Profile
    since: datetime | None


class Window:
    """Slides by opinions, not by hours: a commune has a few hundred in a month, a province's portal in a minute.

    Safe to share between threads.
    """

    def __init__(self, chunk: int = CHUNK, most: int = MOST, oldest: timedelta = OLDEST) -> None:
        self._chunk, self._most, self._oldest = chunk, most, oldest
        self._chunks: deque[tuple[datetime, Profile]] = deque()
        self._lock = Lock()

    def add(self, profile: Profile, at: datetime | None = None) -> None:
        """Add counts; the oldest chunks go when there are newer ones enough."""
        if not profile.opinions:
            return
        at = at or datetime.now(UTC)
        with self._lock:
            if not self._chunks or self._chunks[-1][1].opinions >= self._chunk:
                self._chunks.append((at, Profile()))
            self._chunks[-1][1].merge(profile)
            held = sum(each.opinions for _, each in self._chunks)
            while len(self._chunks) > 1 and held - self._chunks[0][1].opinions >= self._most:
                held -= self._chunks.popleft()[1].opinions

    def seen(self, now: datetime | None = None) -> Seen:
        """All that is in the window, as a copy."""
        limit = (now or datetime.now(UTC)) - self._oldest
        total = Profile()
        with self._lock:
            while self._chunks and self._chunks[0][0] < limit:
                self._chunks.popleft()
            for _, profile in self._chunks:
                total.merge(profile)
            return Seen(total, self._chunks[0][0] if self._chunks else None)

    def clear(self) -> None:
        """Forget everything: another model answers now."""
        with self._lock:
            self._chunks.clear()
