"""The thread that delivers: each address gets one delivery at a time, one that fails comes again later, then is dead.

A delivery is claimed by moving its next attempt beyond the time that one attempt may take: a server that dies with it
in hand loses none, several servers on one database send none twice at once.
"""

from __future__ import annotations

import json
import logging
import random
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import CursorResult, delete, select, update

from ydan.errors import YDanError
from ydan_service.programs.webhooks import addresses, sending, signing
from ydan_service.store import program_data
from ydan_service.store.store import Store
from ydan_service.store.tables import Webhook, WebhookDelivery, now

_LOG = logging.getLogger(__name__)
PAUSES = (5.0, 60.0, 300.0, 1800.0, 7200.0, 21600.0, 54000.0)
"""Seconds between two of eight attempts: about a day in all."""
JITTER = 0.2
"""Share by which a pause is longer or shorter, so that not all come back at the same moment."""
KEPT = timedelta(days=30)
"""How long deliveries that have ended stay on the list."""
_AT_ONCE = 4
_CLAIMED = timedelta(seconds=sending.MOST_SECONDS + 40)


class _Mine(NamedTuple):
    id: str
    hook_id: str
    attempt: int


class Deliverer:
    """Delivers until stopped; ``allowed`` are the hosts of the settings, ``pauses`` those between the attempts."""

    def __init__(
        self,
        store: Store,
        allowed: Collection[str],
        pauses: Sequence[float] = PAUSES,
        interval: float = 2.0,
        timeout: float = sending.TIMEOUT,
    ) -> None:
        self._store, self._allowed, self._pauses = store, tuple(allowed), tuple(pauses)
        self._interval, self._timeout = interval, timeout
        self._called, self._stopped = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._busy: set[str] = set()
        self._random = random.Random()
        self._thread: threading.Thread | None = None
        self._pool: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Begin."""
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="ydan-webhook")
        self._thread = threading.Thread(target=self._run, name="ydan-webhooks", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something was queued: do not wait for the next look."""
        self._called.set()

    def stop(self) -> None:
        """End after the attempts at hand."""
        self._stopped.set()
        self._called.set()
        if self._thread is not None:
            self._thread.join(30)
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def deliver_due(self) -> int:
        """One attempt for every delivery that is due, here and now; how many."""
        count = 0
        while (mine := self._claim()) is not None:
            self._deliver(mine)
            count += 1
        return count

    def tidy(self) -> int:
        """Forget deliveries that ended long ago; how many."""
        with self._store.begin() as session:
            gone = session.execute(delete(WebhookDelivery).where(WebhookDelivery.ended_at < now() - KEPT))
            return gone.rowcount if isinstance(gone, CursorResult) else 0

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                while not self._stopped.is_set() and self._hand_out():
                    pass
            except Exception:
                _LOG.exception("the deliverer goes on after an error")
            self._called.wait(self._interval)
            self._called.clear()

    def _hand_out(self) -> bool:
        with self._lock:
            if len(self._busy) >= _AT_ONCE:
                return False
        mine = self._claim()
        if mine is None or self._pool is None:
            return False
        self._pool.submit(self._in_pool, mine)
        return True

    def _in_pool(self, mine: _Mine) -> None:
        try:
            self._deliver(mine)
        except Exception:
            _LOG.exception("a delivery is tried again")
        self._called.set()

    def _claim(self) -> _Mine | None:
        """The delivery that waits longest, of an address that has none at hand."""
        with self._lock:
            busy = set(self._busy)
        due = WebhookDelivery.state == "queued", WebhookDelivery.next_at <= now()
        with self._store.read() as session:
            found = select(WebhookDelivery.id).where(*due).order_by(WebhookDelivery.next_at)
            first = session.scalar(found.where(WebhookDelivery.webhook_id.not_in(busy)).limit(1))
        if first is None:
            return None
        with self._store.begin() as session:
            row = session.get(WebhookDelivery, first)
            if row is None:
                return None
            attempt = row.attempts + 1
            taken = session.execute(
                update(WebhookDelivery)
                .where(WebhookDelivery.id == first, WebhookDelivery.attempts == row.attempts, *due)
                .values(attempts=attempt, next_at=now() + _CLAIMED)
                .execution_options(synchronize_session=False)
            )
            if not isinstance(taken, CursorResult) or taken.rowcount != 1:
                return None
        with self._lock:
            self._busy.add(row.webhook_id)
        return _Mine(row.id, row.webhook_id, attempt)

    def _deliver(self, mine: _Mine) -> None:
        try:
            status, error = self._attempt(mine)
            self._settle(mine, status, error)
        finally:
            with self._lock:
                self._busy.discard(mine.hook_id)

    def _attempt(self, mine: _Mine) -> tuple[int | None, str]:
        with self._store.read() as session:
            hook, delivery = session.get(Webhook, mine.hook_id), session.get(WebhookDelivery, mine.id)
            if hook is None or delivery is None:
                return None, "deleted"
            try:
                secret = program_data.read(session, self._store.keys, "webhook", hook.id, "secret")
                address = addresses.check(hook.url, self._allowed)
            except YDanError as error:
                return None, error.code
        if secret is None:
            return None, "no secret"
        body = json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":")).encode()
        signed = signing.headers(secret.decode(), mine.id, int(now().timestamp()), body)
        try:
            return sending.post(address, signed, body, self._timeout, 2 * self._timeout), ""
        except sending.NotDelivered as error:
            return None, str(error)

    def _settle(self, mine: _Mine, status: int | None, error: str) -> None:
        at = now()
        taken = status is not None and 200 <= status < 300
        gone = status == 410  # the receiver says that it wants no more
        values: dict[str, object] = {"last_status": status, "last_error": error or ("" if taken else f"HTTP {status}")}
        if taken:
            values |= {"state": "delivered", "ended_at": at}
        elif gone or mine.attempt > len(self._pauses):
            values |= {"state": "dead", "ended_at": at}
        else:
            pause = self._pauses[mine.attempt - 1] * self._random.uniform(1 - JITTER, 1 + JITTER)
            values["next_at"] = at + timedelta(seconds=pause)
        mine_still = WebhookDelivery.id == mine.id, WebhookDelivery.attempts == mine.attempt
        with self._store.begin() as session:
            session.execute(
                update(WebhookDelivery)
                .where(*mine_still, WebhookDelivery.state == "queued")
                .values(**values)
                .execution_options(synchronize_session=False)
            )
            if gone:
                session.execute(update(Webhook).where(Webhook.id == mine.hook_id).values(disabled_at=at))
