"""Alike opinions with the model that ships."""

from __future__ import annotations

import random

import pytest

from ydan.alike import AlikeItem, find_alike, group_alike, recurring
from ydan.predictor import Predictor

ROAD_3 = "Đường thôn 3 từ nhà văn hoá ra cầu Móng hỏng nặng, ổ gà khắp nơi, đề nghị xã sửa."
ITEMS = (
    AlikeItem("a", ROAD_3, "m1", "Ông Lê Tám", "thôn 3"),
    AlikeItem("b", "duong thon 3 tu nha van hoa ra cau mong hong, o ga nhieu, xin xa sua", "m1", "Bà Hoa", "thôn 3"),
    AlikeItem("c", "Đường thôn 5 từ trường học ra đê hỏng nặng, đề nghị xã sửa.", "m1", "Ông Ba", "thôn 5"),
    AlikeItem("d", "Trạm y tế hết thuốc huyết áp hai tháng nay, người già phải đi xa mua.", "m1", "Bà Tư"),
    AlikeItem(
        "e", "Xin sửa đoạn đường thôn 3 ra cầu Móng, nhà văn hoá đi ra toàn ổ gà, hư quá rồi.", "m2", "Lê Tám", "Thôn 3"
    ),
)


def ids(group: object) -> set[str]:
    return {member.id for member in group.members}  # type: ignore[attr-defined]


def test_the_same_road_is_one_group_and_the_next_villages_road_is_not(predictor: Predictor) -> None:
    (group,) = group_alike(ITEMS, predictor)
    assert ids(group) == {"a", "b", "e"}


def test_a_group_counts_people_places_and_meetings(predictor: Predictor) -> None:
    (group,) = group_alike(ITEMS, predictor)
    assert (group.people, group.places, group.sessions) == (2, 1, ("m1", "m2"))


def test_the_representative_is_clear_and_has_diacritics(predictor: Predictor) -> None:
    (group,) = group_alike([*ITEMS, AlikeItem("f", "Đường thôn 3 ra cầu Móng hỏng.", "m2")], predictor)
    assert group.representative in {"a", "e"}


def test_what_came_up_at_two_meetings_is_recurring(predictor: Predictor) -> None:
    groups = group_alike(ITEMS, predictor)
    assert recurring(groups) == groups
    assert recurring(group_alike(ITEMS[:4], predictor)) == ()


def test_raised_before_finds_the_same_first_and_the_similar_after(predictor: Predictor) -> None:
    found = find_alike("Đường thôn 3 ra cầu Móng hỏng quá, ổ gà nhiều, xin sửa.", ITEMS, predictor)
    grades = [one.grade for one in found]
    assert {one.id for one in found if one.grade == "same"} >= {"a", "e"}
    assert grades == sorted(grades, key=["same", "similar"].index)
    assert "d" not in {one.id for one in found}


def test_our_village_is_the_speakers_own(predictor: Predictor) -> None:
    def said(id_: str, address: str) -> AlikeItem:
        return AlikeItem(id_, "Đường thôn tôi lầy lội, xe máy không đi được, xin đổ bê tông.", "m", None, address)

    groups = group_alike([said("1", "thôn 3"), said("2", "Thôn 3"), said("3", "thôn 5")], predictor)
    assert [ids(group) for group in groups] == [{"1", "2"}]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Đường thôn 3 hỏng nặng, ổ gà khắp nơi, đề nghị xã sửa.", False),
        ("Đường tỉnh 390 hỏng nặng, ổ gà khắp nơi, đề nghị tỉnh sửa.", True),
    ],
)
def test_across_communes_only_what_reaches_beyond_one_is_the_same(
    predictor: Predictor, text: str, together: bool
) -> None:
    items = [AlikeItem(place, text, place, place=place) for place in ("Xã A", "Xã B")]
    assert bool(group_alike(items, predictor)) is together


def test_groups_do_not_depend_on_the_order(predictor: Predictor) -> None:
    items = list(ITEMS)
    wanted = {frozenset(ids(group)) for group in group_alike(items, predictor)}
    random.Random(1).shuffle(items)
    assert {frozenset(ids(group)) for group in group_alike(items, predictor)} == wanted


@pytest.mark.parametrize(
    ("one", "other"), [("thôn 3", "thôn 5"), ("đường tỉnh 390", "đường tỉnh 392"), ("cầu Móng", "cầu Dừa")]
)
def test_another_number_or_name_is_another_thing_though_all_else_agrees(
    predictor: Predictor, one: str, other: str
) -> None:
    text = "Mặt đường chỗ {} nát hết, mưa xuống là lầy, đề nghị cho sửa trước mùa gặt."
    items = [AlikeItem(name, text.format(name), "m") for name in (one, other)]
    assert group_alike(items, predictor) == ()
    assert [one.grade for one in find_alike(text.format(one), items[1:], predictor)] == ["similar"]


def test_many_copies_are_one_group(predictor: Predictor) -> None:
    items = [AlikeItem(str(number), ROAD_3, "m") for number in range(300)]
    (group,) = group_alike(items, predictor)
    assert len(group.members) == 300
    assert group.members[-1].similarity > 0.9


@pytest.mark.parametrize("text", ["", "...", "😀", "390", "x" * 2000, "\ud800", "tôi xin có ý kiến"])
def test_hostile_text_stands_alone(predictor: Predictor, text: str) -> None:
    items = [*ITEMS, AlikeItem("z", text)]
    assert all("z" not in ids(group) for group in group_alike(items, predictor))
    assert all(one.grade != "same" for one in find_alike(text, ITEMS, predictor))


def test_no_opinions_give_no_groups(predictor: Predictor) -> None:
    assert group_alike([], predictor) == ()
    assert find_alike(ROAD_3, [], predictor) == ()


def test_a_stricter_threshold_groups_less(predictor: Predictor) -> None:
    assert group_alike(ITEMS, predictor, threshold=0.9999) == ()
