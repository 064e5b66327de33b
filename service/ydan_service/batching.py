"""Opinions of concurrent requests assessed together: a batch of fifty costs a quarter of fifty calls.

Whatever is waiting when the event loop comes round is one batch, so an idle server adds no wait and a busy one
batches by itself. Light work is done on the event loop: under one interpreter lock a thread would only pass the lock
back and forth, for more than the work costs. What is heavy (:data:`LIGHT`) goes to one thread, so that health checks
and single opinions are answered beside it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from ydan.assessment import Assessment, Failure
from ydan.opinion import Opinion
from ydan.predictor import Predictor

LIGHT = 6_000
"""Characters that are read at once on the event loop: some forty opinions, an estimated 8 ms."""
MOST_GATHERED = 64
"""Requests for one batch: with as many waiting, nothing is gained by one more."""

Item = Opinion | Failure
Answer = Assessment | Failure
T = TypeVar("T")


class _Waiting(NamedTuple):
    """The items of one request and who waits for their answers."""

    items: Sequence[Item]
    size: int
    answers: asyncio.Future[list[Answer]]


class Collector:
    """Assesses what requests hand in, one batch after the other.

    A request's answers keep its order; an error that nobody foresaw reaches only the request that caused it; a client
    that goes away takes nothing with it. How much may wait is for :mod:`ydan_service.admission` to say.
    """

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = self.predictor = predictor
        self._queues: WeakKeyDictionary[asyncio.AbstractEventLoop, deque[_Waiting]] = WeakKeyDictionary()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ydan-assess")

    async def assess(self, items: Sequence[Item]) -> list[Answer]:
        """One answer for each item, in order, from a batch with whatever else is waiting."""
        size = sum(len(item.text) for item in items if isinstance(item, Opinion))
        if size > LIGHT:
            return await self.apart(lambda: self._predictor.assess_many(items))
        loop = asyncio.get_running_loop()
        queue = self._queues.get(loop)
        if queue is None:
            queue = self._queues[loop] = deque()
        if not queue:
            loop.call_soon(self._flush, loop, queue, 1)
        waiting = _Waiting(items, size, loop.create_future())
        queue.append(waiting)
        return await waiting.answers

    async def apart(self, work: Callable[[], T]) -> T:
        """Heavy work in the one thread that is for it."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """End the thread when its work is done."""
        self._thread.shutdown(wait=False)

    def _flush(self, loop: asyncio.AbstractEventLoop, queue: deque[_Waiting], seen: int) -> None:
        """The next batch, up to :data:`LIGHT` characters; while more comes with every turn of the loop, not yet."""
        if seen < len(queue) < MOST_GATHERED:
            loop.call_soon(self._flush, loop, queue, len(queue))
            return
        batch: list[_Waiting] = []
        size = 0
        while queue and (not batch or size + queue[0].size <= LIGHT):
            waiting = queue.popleft()
            if not waiting.answers.done():  # else its client went away
                batch.append(waiting)
                size += waiting.size
        if queue:
            loop.call_soon(self._flush, loop, queue, len(queue))
        if batch:
            self._answer(batch)

    def _answer(self, batch: Sequence[_Waiting]) -> None:
        try:
            answers = self._predictor.assess_many([item for waiting in batch for item in waiting.items])
        except Exception as error:
            if len(batch) == 1:
                batch[0].answers.set_exception(error)
            else:
                for waiting in batch:
                    self._answer([waiting])
            return
        begin = 0
        for waiting in batch:
            end = begin + len(waiting.items)
            waiting.answers.set_result(answers[begin:end])
            begin = end
