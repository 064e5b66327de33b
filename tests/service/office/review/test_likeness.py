"""Groups of opinions that one answer serves."""

from __future__ import annotations

from typing import Any

from tests.service.office.reading import Office
from ydan_service.office.review.looking import open_review
from ydan_service.person import Person
from ydan_service.store.tables import now


def groups(office: Office, person: Person, meeting: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = open_review(office.store, person, meeting, now())["alike"]
    return found


def test_a_group_is_confirmed_with_the_members_that_were_sent(office: Office, lan: Person, meeting: int) -> None:
    (group,) = groups(office, lan, meeting)
    said = office.do(lan, meeting, "confirm_alike", since=1, group=group["id"], members=["1", "3", "5"])
    assert said["result"]["ok"]
    (now_,) = groups(office, lan, meeting)
    assert (now_["members"], now_["people"], now_["places"], now_["confirmed"]) == (["1", "3", "5"], 2, 1, True)
    assert {one["key"] for one in said["opinions"]} == {"1", "3", "5"}


def test_an_opinion_is_taken_out_and_a_group_of_one_is_none(office: Office, lan: Person, meeting: int) -> None:
    (group,) = groups(office, lan, meeting)
    office.do(lan, meeting, "confirm_alike", group=group["id"], members=["1", "3", "5"])
    assert office.do(lan, meeting, "separate_alike", group=group["id"], key="1")["result"]["ok"]
    (left,) = groups(office, lan, meeting)
    assert (left["members"], left["representative"]) == (["3", "5"], "3")
    office.do(lan, meeting, "separate_alike", group=group["id"], key="5")
    assert groups(office, lan, meeting) == []
    again = office.do(lan, meeting, "separate_alike", group=group["id"], key="5")["result"]
    assert again["error"]["code"] == "not_found"


def test_a_new_group_takes_its_members_out_of_others(office: Office, lan: Person, meeting: int) -> None:
    assert office.do(lan, meeting, "confirm_alike", group=None, members=["2", "3"])["result"]["ok"]
    (group,) = groups(office, lan, meeting)
    assert group["members"] == ["2", "3"]


def test_nothing_confidential_is_in_a_group(office: Office, lan: Person, hoa: Person, meeting: int) -> None:
    for person, code in ((lan, "invalid"), (hoa, "not_found")):
        refused = office.do(person, meeting, "confirm_alike", group=None, members=["2", "4"])["result"]
        assert refused["error"]["code"] == code
    for group, members in ((99, ["1", "2"]), ("x", ["1", "2"]), (None, [])):
        assert not office.do(lan, meeting, "confirm_alike", group=group, members=members)["result"]["ok"]


def test_groups_are_put_back_by_an_undo(office: Office, lan: Person, meeting: int) -> None:
    before = groups(office, lan, meeting)
    office.do(lan, meeting, "confirm_alike", group=None, members=["2", "3"])
    assert office.do(lan, meeting, "undo")["result"]["ok"]
    assert groups(office, lan, meeting) == before
    (group,) = before
    first = office.do(lan, meeting, "separate_alike", group=group["id"], key="1")
    office.do(lan, meeting, "confirm_alike", group=group["id"], members=["3", "5"])
    refused = office.do(lan, meeting, "undo", of=first["id"])["result"]
    assert refused["error"]["code"] == "conflict"
    assert office.do(lan, meeting, "undo")["result"]["ok"]
    assert office.do(lan, meeting, "undo", of=first["id"])["result"]["ok"]
    assert groups(office, lan, meeting) == before
