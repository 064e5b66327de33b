"""Passwords: what one must be, how it is kept, and that time tells no name."""

from __future__ import annotations

import unicodedata
from time import perf_counter

import pytest
from argon2 import PasswordHasher, extract_parameters

from ydan_service.accounts import passwords
from ydan_service.errors import Invalid

GOOD = "con trâu đi trước cái cày"


@pytest.fixture
def quick_passwords() -> None:
    """Not here: what they cost is what is tested."""


@pytest.fixture(scope="module")
def kept() -> str:
    """The hash of ``GOOD``."""
    return passwords.hash_password(GOOD)


def test_a_password_is_kept_as_argon2id_with_the_parameters_of_rfc_9106(kept: str) -> None:
    """64 MiB, three rounds, four lanes, a salt of its own."""
    found = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert (found.memory_cost, found.time_cost, found.parallelism) == (65536, 3, 4)
    assert passwords.hash_password(GOOD) != kept


@pytest.mark.parametrize(
    ("given", "right"),
    [(GOOD, True), (unicodedata.normalize("NFD", GOOD), True), (GOOD.upper(), False), (GOOD[:-1], False), ("", False)],
)
def test_only_the_password_itself_is_right(kept: str, given: str, right: bool) -> None:
    """However its letters are composed: keyboards differ."""
    assert passwords.check_password(given, kept) == (right, None)


@pytest.mark.parametrize("broken", ["", "$argon2id$", "plain", "$2b$12$abcdefghijklmnopqrstuv"])
def test_a_broken_hash_lets_nobody_in(broken: str) -> None:
    """And raises nothing."""
    assert not passwords.check_password(GOOD, broken).right


def test_nobodys_password_is_never_right() -> None:
    """Not even the one that the work is done with."""
    assert not passwords.check_password("không của ai cả", None).right


def test_an_unknown_name_costs_as_much_work_as_a_known_one(kept: str) -> None:
    """The hash is computed all the same: no name answers at once."""
    passwords.check_password("x", None)
    times = {}
    for which in (kept, None):
        began = perf_counter()
        for _ in range(3):
            passwords.check_password("sai", which)
        times[which] = perf_counter() - began
    assert times[None] > times[kept] / 3


def test_a_hash_of_older_parameters_is_made_anew() -> None:
    """At the next sign-in; a wrong password changes nothing."""
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(GOOD)
    found = passwords.check_password(GOOD, old)
    assert found.rehashed is not None
    assert passwords.check_password(GOOD, found.rehashed) == (True, None)
    assert passwords.check_password("sai", old) == (False, None)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "có 0 ký tự, cần ít nhất 12"),
        ("mười một chữ"[:11], "có 11 ký tự, cần ít nhất 12"),
        (unicodedata.normalize("NFD", "ắậộờữ ệẩ"), "có 8 ký tự"),
        ("a" * 201, "dài quá 200"),
        ("aaaaaaaaaaaaaaaa", "chỉ lặp vài ký tự"),
        ("Nguyen.Lan.2026", "gần giống tên đăng nhập"),
        ("matkhau123456", "từ hay dùng"),
        ("Mật Khẩu 2026!!", "từ hay dùng"),
        ("password1234", "từ hay dùng"),
        ("qwerty123456", "từ hay dùng"),
    ],
)
def test_a_password_that_is_guessed_easily_is_refused(password: str, said: str) -> None:
    """With the fact and what to do instead."""
    with pytest.raises(Invalid, match=said) as caught:
        passwords.require_good(password, "nguyen.lan")
    assert caught.value.field == "password"
    assert caught.value.message.count(".") >= 2


@pytest.mark.parametrize(
    "password",
    [GOOD, "4 chữ số và 1 dấu chấm.", "Xq7!vv#Lm29zk", "toilathukyxatanlap", "🌾" * 3 + "lúa chín vàng đồng"],
)
def test_length_is_enough(password: str) -> None:
    """No rule about signs, digits, capitals."""
    passwords.require_good(password, "nguyen.lan", password)


def test_typed_twice_it_must_be_the_same() -> None:
    """The message points at the second box."""
    with pytest.raises(Invalid, match="không giống nhau") as caught:
        passwords.require_good(GOOD, "lan", GOOD + " ")
    assert caught.value.field == "again"


def test_half_an_emoji_is_a_wrong_password_and_no_crash(kept: str) -> None:
    """What a program may send."""
    assert not passwords.check_password("\ud83c" * 12, kept).right
