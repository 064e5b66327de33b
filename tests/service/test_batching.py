"""Opinions of concurrent requests are assessed together, and no request notices."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from datetime import date

import pytest

from ydan.assessment import Assessment, Failure
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor
from ydan_service.batching import LIGHT, Collector

SESSION = Session(date(2026, 3, 1))
TEXTS = ["Đường thôn 6 lầy lội", "Điện yếu quá", "Nước sạch chưa có", "Cảm ơn xã đã làm xong đường"]


class Watched(Predictor):
    """The real one, which notes how many it was given at once and in which thread, and stumbles over one word."""

    batches: list[int]
    threads: set[str]

    def assess_many(self, items: Sequence[Opinion | Failure]) -> list[Assessment | Failure]:
        self.batches.append(len(items))
        self.threads.add(threading.current_thread().name)
        if any(isinstance(item, Opinion) and "vấp" in item.text for item in items):
            raise ZeroDivisionError
        return super().assess_many(items)


@pytest.fixture
def watched(predictor: Predictor) -> Watched:
    """Over the model of the tests."""
    found = Watched(predictor.bundle, predictor.competence)
    found.batches, found.threads = [], set()
    return found


def opinion(id_: str, text: str) -> Opinion:
    return Opinion(id_, text, SESSION)


def test_concurrent_requests_are_one_batch_and_get_what_they_would_alone(watched: Watched) -> None:
    """Every request its own answers, in its order, to the last digit."""
    requests: list[list[Opinion | Failure]] = [
        [opinion(f"{at}.{place}", text) for place, text in enumerate(TEXTS)] for at in range(5)
    ]
    requests[2].insert(1, Failure("x", "empty_text", "…"))

    async def together() -> list[list[Assessment | Failure]]:
        collector = Collector(watched)
        return list(await asyncio.gather(*map(collector.assess, requests)))

    answers = asyncio.run(together())
    assert watched.batches == [21]
    for request, found in zip(requests, answers, strict=True):
        alone = Predictor(watched.bundle, watched.competence)
        in_turn = [one for each in request for one in alone.assess_many([each])]
        assert [one.to_json() for one in found] == [one.to_json() for one in in_turn]


def test_a_lonely_request_waits_for_nobody(watched: Watched) -> None:
    """One after the other: a batch each."""

    async def in_turn() -> None:
        collector = Collector(watched)
        for text in TEXTS:
            await asyncio.wait_for(collector.assess([opinion("1", text)]), 5)

    asyncio.run(in_turn())
    assert watched.batches == [1, 1, 1, 1]


def test_what_nobody_foresaw_reaches_only_the_request_that_caused_it(watched: Watched) -> None:
    """The others are answered."""
    requests = [[opinion("1", TEXTS[0])], [opinion("2", "Vấp ngã: vấp")], [opinion("3", TEXTS[1])]]

    async def together() -> list[object]:
        collector = Collector(watched)
        return list(await asyncio.gather(*map(collector.assess, requests), return_exceptions=True))

    first, second, third = asyncio.run(together())
    assert isinstance(second, ZeroDivisionError)
    assert isinstance(first, list)
    assert isinstance(third, list)
    assert (first[0].id, third[0].id) == ("1", "3")


def test_a_client_that_goes_away_takes_nothing_with_it(watched: Watched) -> None:
    """Its opinion is not even read."""

    async def one_leaves() -> list[Assessment | Failure]:
        collector = Collector(watched)
        leaving = asyncio.create_task(collector.assess([opinion("1", TEXTS[0])]))
        staying = asyncio.create_task(collector.assess([opinion("2", TEXTS[1])]))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    assert [one.id for one in asyncio.run(one_leaves())] == ["2"]
    assert watched.batches == [1]


def test_a_batch_is_bounded_and_what_is_heavy_goes_to_a_thread(watched: Watched) -> None:
    """The event loop is never held for long."""
    long = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông. " * 60
    assert LIGHT / 3 < len(long) < LIGHT / 2

    async def together() -> None:
        collector = Collector(watched)
        await asyncio.gather(*(collector.assess([opinion(str(at), long)]) for at in range(5)))
        assert watched.batches == [2, 2, 1]
        assert watched.threads == {threading.current_thread().name}
        await collector.assess([opinion("a", long), opinion("b", long), opinion("c", long)])
        collector.close()

    asyncio.run(together())
    assert watched.batches[-1] == 3
    assert any(name.startswith("ydan-assess") for name in watched.threads)


def test_every_event_loop_has_its_own_queue(watched: Watched) -> None:
    """One app may be served by several, as in tests."""
    collector = Collector(watched)
    found: list[str] = []

    def serve(id_: str) -> None:
        async def one() -> None:
            found.extend(each.id for each in await collector.assess([opinion(id_, TEXTS[0])]))

        asyncio.run(one())

    threads = [threading.Thread(target=serve, args=(str(at),)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(found) == ["0", "1", "2", "3"]
