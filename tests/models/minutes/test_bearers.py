"""Those who bear a role, by the words of the role."""

from __future__ import annotations

from ydan.minutes.bearers import find_bearers, follows_and


def test_a_second_chair_is_asked_for_only_where_two_chaired() -> None:
    head = "Chủ trì: ông Lê An.\nÔng Hà Mùi nói dự án do bà Vũ Tý chủ trì."
    assert find_bearers(head, "chairs", 2) == ["Lê An"]


def test_and_before_a_name_may_have_a_title_between() -> None:
    assert follows_and("ong an va dong chi ", 19)
    assert not follows_and("ong an, dong chi ", 17)
