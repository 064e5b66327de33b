"""Sealing: what is sealed opens again for its owner alone, and any change is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ydan_service.store.errors import SealError
from ydan_service.store.keys import KeyRing, Sealed

RING = KeyRing.random()
plain = st.binary(max_size=2000)
contexts = st.text(st.characters(codec="utf-8"), max_size=40)


@given(plain, contexts)
def test_what_is_sealed_opens_again(data: bytes, context: str) -> None:
    """Any bytes, any owner; and they are not to be seen in what is kept."""
    sealed = RING.seal(data, context)
    assert RING.open(sealed, context) == data
    assert len(data) < 4 or data not in sealed.data


@given(plain, contexts, contexts)
def test_it_opens_for_no_other_owner(data: bytes, context: str, other: str) -> None:
    """So that nobody's words can be put under another's name in the database."""
    if context != other:
        with pytest.raises(SealError, match="bị sửa"):
            RING.open(RING.seal(data, context), other)


@given(plain, st.data())
def test_any_changed_byte_is_seen(data: bytes, choose: st.DataObject) -> None:
    """Wherever it is; and a cut end."""
    sealed = RING.seal(data, "a")
    place = choose.draw(st.integers(0, len(sealed.data) - 1))
    bit = choose.draw(st.integers(0, 7))
    changed = bytearray(sealed.data)
    changed[place] ^= 1 << bit
    for bad in (bytes(changed), sealed.data[:place]):
        with pytest.raises(SealError, match="bị sửa"):
            RING.open(Sealed(sealed.key_id, bad), "a")


def test_the_same_words_never_look_the_same() -> None:
    """Equal names cannot be counted in the sealed table."""
    assert len({RING.seal(b"Ta Van Mao", "a").data for _ in range(50)}) == 50


def test_the_newest_key_seals_and_the_older_ones_still_open() -> None:
    """While keys are changed."""
    old = KeyRing({"a": bytes(32)})
    both = KeyRing({"b": bytes([1]) * 32, "a": bytes(32)})
    assert both.open(old.seal(b"x", "c"), "c") == b"x"
    assert both.seal(b"x", "c").key_id == "b"
    with pytest.raises(SealError, match="Thiếu khóa 'b'"):
        old.open(both.seal(b"x", "c"), "c")


@pytest.mark.parametrize("keys", [{}, {"a": b"short"}, {"a": bytes(33)}])
def test_no_key_or_a_wrong_one_is_refused(keys: dict[str, bytes]) -> None:
    """When the ring is made, not when something must be opened."""
    with pytest.raises(SealError, match=r"khóa.*YDAN_KEYS"):
        KeyRing(keys)
