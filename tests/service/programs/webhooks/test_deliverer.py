"""Deliveries to a real receiver: signed, again until they are taken, dead when they never are, none lost by a stop."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.service.programs.webhooks.receiver import Receiver, receiving
from ydan_service.programs import webhooks
from ydan_service.programs.webhooks import deliverer as delivering
from ydan_service.programs.webhooks import events, registry, signing
from ydan_service.programs.webhooks.deliverer import Deliverer
from ydan_service.store.store import Store
from ydan_service.store.tables import Webhook, WebhookDelivery, now

QUICK = (0.01, 0.01, 0.01)


def a_hook(store: Store, receiver: Receiver, *wanted: str) -> tuple[Webhook, str]:
    with store.begin() as session:
        return registry.add(session, store.keys, None, receiver.url, wanted, [receiver.host])


def say(store: Store, event: str = "job.done") -> int:
    with store.begin() as session:
        return events.tell(session, None, event, {"job": "job_1", "total": 3})


def listed(store: Store, hook: Webhook, state: str | None = None) -> list[WebhookDelivery]:
    with store.read() as session:
        return registry.deliveries(session, None, hook.id, 10, None, state)


def settle(store: Store, deliverer: Deliverer, attempts: int) -> None:
    """So many attempts, each when its pause is over."""
    until, done = time.monotonic() + 20, 0
    while done < attempts:
        assert time.monotonic() < until
        done += deliverer.deliver_due()


def test_a_delivery_is_signed_and_says_what_happened(store: Store) -> None:
    """The receiver checks it with the secret that was shown once; only the hook's own events come."""
    with receiving() as receiver:
        hook, secret = a_hook(store, receiver, "job.done")
        assert (say(store), say(store, "job.failed")) == (1, 0)
        assert Deliverer(store, [receiver.host]).deliver_due() == 1
        ((sent, body),) = receiver.got
        assert receiver.paths == ["/hook?x=1"]
    assert signing.verify(secret, sent, body, time.time())
    assert sent["content-type"] == "application/json"
    said = json.loads(body)
    assert (said["type"], said["data"]) == ("job.done", {"job": "job_1", "total": 3})
    (delivery,) = listed(store, hook)
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("delivered", 1, 200)
    assert sent["webhook-id"] == delivery.id


def test_a_failing_receiver_is_tried_again_until_it_takes_it(store: Store) -> None:
    """Always the same id, so that it can tell that it had it already; the body stays the same."""
    with receiving(500, 1, 503) as receiver:
        hook, secret = a_hook(store, receiver)
        say(store)
        settle(store, Deliverer(store, [receiver.host], QUICK), 4)
        assert len({sent["webhook-id"] for sent, _ in receiver.got}) == 1
        assert len({body for _, body in receiver.got}) == 1
        assert all(signing.verify(secret, sent, body, time.time()) for sent, body in receiver.got)
    (delivery,) = listed(store, hook)
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("delivered", 4, "")


def test_who_never_answers_well_is_listed_and_can_be_tried_by_hand(store: Store) -> None:
    """After the last attempt it is dead; by hand it begins anew."""
    with receiving(500, 500, 500, 404) as receiver:
        hook, _ = a_hook(store, receiver)
        say(store)
        deliverer = Deliverer(store, [receiver.host], QUICK)
        settle(store, deliverer, 4)
        time.sleep(0.05)
        assert deliverer.deliver_due() == 0
        (dead,) = listed(store, hook, "dead")
        assert (dead.attempts, dead.last_status, dead.last_error) == (4, 404, "HTTP 404")
        with store.read() as session:
            assert webhooks.figures(session) == {"queued": 0, "dead": 1, "oldest_seconds": 0.0}
        with store.begin() as session:
            registry.retry(session, None, dead.id)
        assert deliverer.deliver_due() == 1
    assert [each.state for each in listed(store, hook)] == ["delivered"]


@pytest.mark.parametrize(("answer", "error"), [(302, "HTTP 302"), (307, "HTTP 307"), (0, "timeout"), (2, "timeout")])
def test_no_redirect_is_followed_and_nobody_is_waited_for_long(sqlite_store: Store, answer: int, error: str) -> None:
    """A receiver that hangs, or sends its answer for ever, costs the timeout and no more."""
    with receiving(answer) as receiver:
        hook, _ = a_hook(sqlite_store, receiver)
        say(sqlite_store)
        begun = time.monotonic()
        Deliverer(sqlite_store, [receiver.host], [60.0], timeout=0.4).deliver_due()
        assert time.monotonic() - begun < 5
        assert receiver.paths == ["/hook?x=1"]
    (delivery,) = listed(sqlite_store, hook)
    assert (delivery.state, delivery.last_error) == ("queued", error)


def test_a_receiver_that_is_gone_for_good_is_told_no_more(sqlite_store: Store) -> None:
    """410: the address is switched off until a test is asked for."""
    with receiving(410) as receiver:
        hook, _ = a_hook(sqlite_store, receiver)
        say(sqlite_store)
        deliverer = Deliverer(sqlite_store, [receiver.host], QUICK)
        deliverer.deliver_due()
        assert say(sqlite_store) == 0
        with sqlite_store.begin() as session:
            registry.test(session, None, hook.id)
        deliverer.deliver_due()
        assert say(sqlite_store) == 1


def test_a_host_that_is_no_longer_allowed_is_not_called(sqlite_store: Store) -> None:
    """The settings of today count, not those of the day when the address was kept."""
    with receiving() as receiver:
        hook, _ = a_hook(sqlite_store, receiver)
        say(sqlite_store)
        Deliverer(sqlite_store, [], QUICK).deliver_due()
        assert receiver.got == []
    assert listed(sqlite_store, hook)[0].last_error == "webhook_host_not_allowed"


def test_a_delivery_at_hand_survives_the_death_of_its_server(store: Store) -> None:
    """It was claimed and nothing was heard of it: it comes again when its attempt must be over."""
    with receiving() as receiver:
        hook, _ = a_hook(store, receiver)
        say(store)
        assert Deliverer(store, [receiver.host])._claim() is not None
        other = Deliverer(store, [receiver.host])
        assert other.deliver_due() == 0, "another server does not send it at the same time"
        with store.begin() as session:
            session.execute(update(WebhookDelivery).values(next_at=now()))
        assert other.deliver_due() == 1
    (delivery,) = listed(store, hook)
    assert (delivery.state, delivery.attempts) == ("delivered", 2)


def test_one_that_hangs_holds_up_no_other(sqlite_store: Store) -> None:
    """Each address has one delivery at hand at a time."""
    with receiving(0, 0, 0, 0, 0) as hanging, receiving() as good:
        allowed = [hanging.host, good.host]
        with sqlite_store.begin() as session:
            slow, _ = registry.add(session, sqlite_store.keys, None, hanging.url, ["job.failed"], allowed)
            registry.add(session, sqlite_store.keys, None, good.url, ["job.done"], allowed)
        for _ in range(4):
            say(sqlite_store, "job.failed")
        say(sqlite_store)
        deliverer = Deliverer(sqlite_store, allowed, interval=0.05, timeout=2)
        deliverer.start()
        try:
            good.wait(1)
            assert len(hanging.got) == 1
        finally:
            hanging.ended.set()
            deliverer.stop()
    assert len(listed(sqlite_store, slow)) == 4


def test_the_pauses_make_about_a_day() -> None:
    """Eight attempts."""
    assert len(delivering.PAUSES) == 7
    assert timedelta(hours=20) < timedelta(seconds=sum(delivering.PAUSES)) < timedelta(hours=30)


def test_what_ended_long_ago_leaves_the_list(sqlite_store: Store) -> None:
    """After thirty days; what waits stays."""
    with receiving() as receiver:
        hook, _ = a_hook(sqlite_store, receiver)
        say(sqlite_store)
        deliverer = Deliverer(sqlite_store, [receiver.host])
        deliverer.deliver_due()
        say(sqlite_store)
        with sqlite_store.begin() as session:
            old: Any = now() - timedelta(days=31)
            ended = update(WebhookDelivery).where(WebhookDelivery.state == "delivered").values(ended_at=old)
            session.execute(ended)
        assert deliverer.tidy() == 1
    assert [each.state for each in listed(sqlite_store, hook)] == ["queued"]
