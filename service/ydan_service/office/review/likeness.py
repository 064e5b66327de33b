"""Groups of opinions that one answer serves: confirmed, made and taken apart by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from ydan.alike import AlikeItem
from ydan.alike.items import count_people, count_places
from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.office.review.desk import Desk, key_of, keys_of, number_of
from ydan_service.store import personal
from ydan_service.store.tables import AlikeGroup, AlikeMember, Opinion


def confirm(desk: Desk, op: Mapping[str, Any]) -> None:
    """These opinions, and no others, are one matter; without ``group`` they become a new group.

    :raises Invalid: fewer than two, or a confidential one.
    """
    rows = desk.find(keys_of(op, "members"))
    if len(rows) < 2 or any(row.confidential for row in rows):
        raise Invalid("Nhóm ý kiến giống nhau cần ít nhất hai ý kiến, không có ý kiến giữ kín.")
    ids = {row.id for row in rows}
    if op.get("group") is None:
        group = AlikeGroup(meeting_id=desk.meeting.id, representative=rows[0].key, people=0, places=0)
        desk.session.add(group)
        desk.session.flush()
        before = None
    else:
        group = _group(desk, op)
        before = snapshot(group)
    others = select(AlikeMember).where(AlikeMember.opinion_id.in_(ids), AlikeMember.group_id != group.id)
    moved = [[member.group_id, member.opinion_id] for member in desk.session.scalars(others)]
    for group_id, opinion_id in moved:
        desk.session.delete(desk.session.get_one(AlikeMember, (group_id, opinion_id)))
    _set_members(desk, group, ids)
    if group.representative not in {row.key for row in rows}:
        group.representative = rows[0].key
    group.confirmed_by = desk.person.id
    _keep(desk, group, before, moved, rows)
    desk.record("alike.confirm", group=group.id, members=sorted(ids))


def separate(desk: Desk, op: Mapping[str, Any]) -> None:
    """One opinion of a group is another matter.

    :raises NotFound: it is not in the group.
    """
    group, (row,) = _group(desk, op), desk.find([key_of(op)])
    before = snapshot(group)
    if row.id not in before["members"]:
        raise NotFound(f"Ý kiến {row.key} không còn trong nhóm này. Hãy tải lại trang.")
    left = set(before["members"]) - {row.id}
    _set_members(desk, group, left)
    if group.representative == row.key:
        keys = select(Opinion.key).where(Opinion.id.in_(left), Opinion.state == "live").order_by(Opinion.position)
        group.representative = desk.session.scalars(keys).first() or row.key
    _keep(desk, group, before, [], [row])
    desk.record("alike.separate", row, group=group.id)


def snapshot(group: AlikeGroup) -> dict[str, Any]:
    """A group as an operation keeps it; ids only."""
    return {
        "members": sorted(member.opinion_id for member in group.members),
        "representative": group.representative,
        "people": group.people,
        "places": group.places,
        "confirmed_by": group.confirmed_by,
    }


def restore(desk: Desk, detail: Mapping[str, Any]) -> None:
    """Put a group back to what it was before an operation.

    :raises Conflict: it was changed again since.
    """
    group = desk.session.get(AlikeGroup, detail["group"])
    if group is None or snapshot(group)["members"] != detail["after"]:
        raise Conflict("Nhóm này đã được sửa tiếp sau đó. Hãy hoàn tác thao tác sau trước.")
    touched = {*detail["after"], *((detail["before"] or {}).get("members", ()))}
    if detail["before"] is None:
        desk.session.delete(group)
    else:
        before = detail["before"]
        _set_members(desk, group, set(before["members"]))
        group.representative, group.confirmed_by = before["representative"], before["confirmed_by"]
        group.people, group.places = before["people"], before["places"]
    desk.session.flush()
    for group_id, opinion_id in detail["moved"]:
        if desk.session.get(AlikeGroup, group_id) is not None:
            desk.session.add(AlikeMember(group_id=group_id, opinion_id=opinion_id))
    _touch(desk, touched)


def _keep(
    desk: Desk, group: AlikeGroup, before: Mapping[str, Any] | None, moved: list[list[int]], rows: Sequence[Opinion]
) -> None:
    desk.session.flush()
    after = snapshot(group)["members"]
    desk.operation.kind = "alike"
    desk.operation.detail = {
        "keys": [row.key for row in rows],
        "group": group.id,
        "before": before,
        "after": after,
        "moved": moved,
    }
    _touch(desk, {*after, *((before or {}).get("members", ()))})


def _touch(desk: Desk, ids: set[int]) -> None:
    for row in desk.session.scalars(select(Opinion).where(Opinion.id.in_(ids))):
        desk.touch(row)


def _group(desk: Desk, op: Mapping[str, Any]) -> AlikeGroup:
    group = desk.session.get(AlikeGroup, number_of(op, "group"))
    if group is None or group.meeting_id != desk.meeting.id:
        raise NotFound("Không còn nhóm này. Hãy tải lại trang.")
    return group


def _set_members(desk: Desk, group: AlikeGroup, ids: set[int]) -> None:
    """The members, and how many people and places they are; rows of replaced opinions stay, for an undo."""
    session = desk.session
    gone = {
        row.id for row in session.scalars(select(Opinion).where(Opinion.id.in_(_ids(group)))) if row.state != "live"
    }
    wanted = ids | gone
    group.members = [
        *(member for member in group.members if member.opinion_id in wanted),
        *(AlikeMember(opinion_id=id_) for id_ in sorted(wanted - _ids(group))),
    ]
    live = session.scalars(select(Opinion).where(Opinion.id.in_(ids), Opinion.state == "live")).all()
    names = personal.read(session, desk.keys, "opinion", [row.id for row in live], "name")
    homes = personal.read(session, desk.keys, "opinion", [row.id for row in live], "address")
    items = [AlikeItem(row.key, "", "", names.get(row.id), homes.get(row.id)) for row in live]
    group.people, group.places = count_people(items), count_places(items)
    session.flush()


def _ids(group: AlikeGroup) -> set[int]:
    return {member.opinion_id for member in group.members}
