"""The dependencies of every route."""

from __future__ import annotations

import pytest

from ydan_service.accounts import gate
from ydan_service.accounts.names import clean_username, require_username, require_words
from ydan_service.errors import Forbidden, Invalid
from ydan_service.person import RIGHTS, Person

HOSTILE = ["", " ", "\u200b", "a\0b", "\ud83c", "x" * 5000, "ﬁ", "Đức", "a b", "-lan", "lan.", "../x", "<b>"]


def test_a_right_that_no_role_gives_is_a_slip_of_the_pen() -> None:
    """It shows when the route is written, not when everybody is locked out."""
    with pytest.raises(ValueError, match=r"follow\.write"):
        gate.needs("folow.write")


@pytest.mark.parametrize("right", sorted(frozenset().union(*RIGHTS.values())))
def test_a_right_comes_from_a_role(right: str) -> None:
    """From any that gives it, and from nothing else."""
    allowed = gate.needs(right)
    for role, rights in RIGHTS.items():
        person = Person(1, "lan", "Lan", frozenset({role}))
        if right in rights:
            assert allowed(person) is person
        else:
            with pytest.raises(Forbidden, match="người quản trị"):
                allowed(person)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_for_signing_in_is_plain(name: str) -> None:
    """What is none is refused in words, never by a crash."""
    with pytest.raises(Invalid, match="Tên đăng nhập dài"):
        require_username(name)


@pytest.mark.parametrize("name", ["lan", "Lan.NT", "hoa@xa.example", "to-1", "\ufefflan "])
def test_a_name_is_kept_in_small_letters(name: str) -> None:
    """However it was typed."""
    assert require_username(name) == clean_username(name).lower()


@pytest.mark.parametrize(
    ("given", "kept"), [(" Lan  Anh\n", "Lan Anh"), ("Lan\0", "Lan"), ("Nguyễn\u202eThị", "Nguyễn Thị")]
)
def test_words_are_of_one_line(given: str, kept: str) -> None:
    """Without signs that turn a line around."""
    assert require_words(given, "Họ tên", "x") == kept
    with pytest.raises(Invalid, match="nhiều nhất 120"):
        require_words("x" * 121, "Họ tên", "x")
