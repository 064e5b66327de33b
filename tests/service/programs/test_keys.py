"""Secrets of other systems: random, known again by how they begin, kept as a hash."""

from __future__ import annotations

import pytest

from ydan_service.programs import keys


@pytest.mark.parametrize("kind", keys.KINDS)
def test_a_secret_holds_256_random_bits_behind_a_known_beginning(kind: str) -> None:
    """And no two are alike."""
    made = {keys.new_secret(kind) for _ in range(100)}
    assert len(made) == 100
    assert all(each.startswith(keys.KINDS[kind]) and len(each) == len(keys.KINDS[kind]) + 43 for each in made)
    assert all(keys.kind_of(each) == kind for each in made)


def test_what_is_kept_readable_opens_nothing() -> None:
    """Six of 43 characters: 222 bits are left to guess."""
    secret = keys.new_secret("key")
    assert secret.startswith(keys.beginning(secret))
    assert len(keys.beginning(secret)) == len("ydan_key_") + 6
    assert keys.hashed(secret) not in (keys.hashed(keys.beginning(secret)), secret)


@pytest.mark.parametrize("given", ["", "ydan_key_", "ydan_key_" + "a" * 42, "ydan_key_" + "ờ" * 43, "a" * 52, "\ud800"])
def test_what_cannot_be_a_secret_is_known_without_the_database(given: str) -> None:
    """Nothing of it is hashed or looked up."""
    assert keys.kind_of(given) is None
