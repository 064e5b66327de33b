"""How often a caller may call: counted in this process, told in headers."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ydan_service.programs.calling import ANYONE, SETTINGS_KEY, Calling
from ydan_service.programs.rates import Rates

ONE = Calling(1, "client_1", "Một", frozenset(), 3)
OTHER = Calling(2, "client_2", "Hai", frozenset())


def test_one_more_than_the_limit_is_refused_and_others_are_not() -> None:
    """A caller's own limit wins over that of the settings."""
    rates = Rates(2)
    found = [rates.count(ONE) for _ in range(4)]
    assert [each.allowed for each in found if each] == [True, True, True, False]
    assert [each.remaining for each in found if each] == [2, 1, 0, 0]
    assert [each.limit for each in found if each] == [3] * 4
    assert [each.allowed for each in (rates.count(OTHER) for _ in range(3)) if each] == [True, True, False]


def test_without_a_limit_nothing_is_counted() -> None:
    """The default."""
    assert Rates(0).count(OTHER) is None
    assert Rates(0).count(ONE) is not None


def test_names_of_one_kind_are_not_those_of_another() -> None:
    """A caller cannot be called as the settings' key or as anybody is."""
    rates = Rates(1)
    odd = Calling(None, "anyone", "x", frozenset(), kind="person")
    assert [found.allowed for each in (ANYONE, SETTINGS_KEY, odd) if (found := rates.count(each))] == [True] * 3


def test_a_new_minute_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the seconds that were told."""
    rates = Rates()
    found = [rates.count(ONE) for _ in range(4)][-1]
    assert found is not None
    assert 59 <= found.resets_in <= 60
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 61)
    again = rates.count(ONE)
    assert again is not None
    assert (again.allowed, again.remaining) == (True, 2)


def test_the_headers_are_those_of_the_draft_and_the_older_ones() -> None:
    """draft-ietf-httpapi-ratelimit-headers: structured fields; X-RateLimit-Reset: a time."""
    found = Rates().count(ONE)
    assert found is not None
    headers = found.headers()
    assert headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert re.fullmatch(r'"minute";r=2;t=(59|60)', headers["RateLimit"])
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == ("3", "2")
    assert 58 <= int(headers["X-RateLimit-Reset"]) - time.time() <= 62


def test_many_threads_get_no_more_than_the_limit() -> None:
    """Not one too many."""
    rates, caller = Rates(), Calling(9, "c", "x", frozenset(), 50)

    def asking(_: Any) -> bool:
        found = rates.count(caller)
        return found is not None and found.allowed

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(asking, range(200))) == 50
