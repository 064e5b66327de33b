"""A person's word on a line: kept, with who and when, laid over what is derived, given back again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.office.papers.conftest import Desk
from ydan_service.errors import Conflict, Forbidden, Invalid, NotFound
from ydan_service.office.papers.ordering import move
from ydan_service.office.papers.ruling import Overtaken, confirm_list
from ydan_service.person import Person
from ydan_service.store.tables import (
    Assignment,
    AuditEvent,
    Decision,
    Meeting,
    Opinion,
    PersonalData,
    StatusChange,
)


def line_of(desk: Desk, person: Person, words: str):  # type: ignore[no-untyped-def]
    return next(line for line in desk.see(person).lines if words in line.text)


@pytest.fixture
def light(desk: Desk, lan: Person) -> str:
    """The key of the opinion about the street light."""
    return str(line_of(desk, lan, "Đèn đường").key)


def test_every_field_of_a_line_is_kept_with_who_and_when(desk: Desk, lan: Person, hoa: Person, light: str) -> None:
    """And another person sees them, with what the minutes said."""
    done = desk.rule(
        lan, light, status="da_giai_quyet", wording="Thay bóng đèn xóm chùa", reply="Đã thay ngày 15/3.",
        charged="Công ty Điện lực; Phòng Kinh tế", deadline="30/04/2026", addressee="Sở Công Thương",
    )  # fmt: skip
    assert done == ["status", "wording", "reply", "charged", "deadline", "addressee"]
    line = line_of(desk, hoa, "Đèn đường")
    assert line.list == "settled"
    assert {name: field.value for name, field in line.fields.items()} == {
        "status": "da_giai_quyet", "wording": "Thay bóng đèn xóm chùa", "reply": "Đã thay ngày 15/3.",
        "charged": "Công ty Điện lực; Phòng Kinh tế", "deadline": "30/4/2026", "addressee": "Sở Công Thương",
    }  # fmt: skip
    assert all(field.by == "Lan" and field.at is not None for field in line.fields.values())
    assert line.fields["status"].said == "dang_giai_quyet"
    assert "sẽ thay trong tháng này" in line.fields["reply"].said


def test_a_status_is_a_decision_a_line_of_the_way_and_an_audit_line(desk: Desk, lan: Person, light: str) -> None:
    """No words in the audit log."""
    desk.rule(lan, light, status="da_giai_thich", wording="Lời bí mật trong dự thảo")
    with desk.office.store.read() as session:
        id_ = desk.office.opinions(desk.meeting)[light].id
        last = session.scalars(
            select(StatusChange).where(StatusChange.opinion_id == id_).order_by(StatusChange.id)
        ).all()[-1]
        assert (last.status, last.by) == ("da_giai_thich", lan.id)
        rows = session.scalars(select(Decision).where(Decision.opinion_id == id_, Decision.field == "status")).all()
        assert [(row.value["value"], row.by, row.operation_id) for row in rows] == [("da_giai_thich", lan.id, None)]
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "opinion.conclude")).one()
        assert event.detail["fields"] == ["status", "wording"]
        assert "bí mật" not in str(event.detail)
        assert session.get_one(Meeting, desk.meeting).revision == session.get_one(Opinion, id_).version


def test_words_lie_nowhere_but_sealed(desk: Desk, lan: Person, leader: Person, light: str) -> None:
    """Not in the decision; who may not read names gets them as the document prints them."""
    desk.rule(lan, light, wording="Nhà bà Hoàng Thị Lựu tối, thay bóng", reply="Đã thay cho bà Lựu")
    with desk.office.store.read() as session:
        values = [row.value for row in session.scalars(select(Decision))]
        assert "Lựu" not in str(values)
        assert session.scalars(select(PersonalData.owner).where(PersonalData.kind == "wording")).all() == ["decision"]
    assert line_of(desk, lan, "Đèn đường").fields["wording"].value == "Nhà bà Hoàng Thị Lựu tối, thay bóng"
    shown = line_of(desk, leader, "Đèn đường").fields
    assert "Lựu" not in shown["wording"].value + shown["reply"].value + shown["wording"].printed
    assert shown["wording"].value.startswith("Nhà bà CD-")


def test_who_is_charged_becomes_the_follow_ups_assignments(desk: Desk, lan: Person) -> None:
    """An office that stays keeps its deadline, a new one takes the common deadline, one that is gone is gone."""
    road = line_of(desk, lan, "trục thôn Đông")
    with desk.office.store.read() as session:
        (before,) = session.scalars(select(Assignment).where(Assignment.opinion_id == road.opinion_id)).all()
    assert (before.from_minutes, before.deadline) == (True, date(2026, 4, 30))
    desk.rule(lan, road.key, charged="Phòng Kinh tế; Công an xã")
    with desk.office.store.read() as session:
        rows = session.scalars(
            select(Assignment).where(Assignment.opinion_id == road.opinion_id).order_by(Assignment.id)
        ).all()
        assert [(row.body, row.deadline, row.what == before.what) for row in rows] == [
            ("Phòng Kinh tế", date(2026, 4, 30), True), ("Công an xã", date(2026, 4, 30), False),
        ]  # fmt: skip
    desk.rule(lan, road.key, charged="Công an xã", deadline="15/05/2026")
    with desk.office.store.read() as session:
        rows = session.scalars(select(Assignment).where(Assignment.opinion_id == road.opinion_id)).all()
        assert [(row.body, row.deadline, row.from_minutes) for row in rows] == [
            ("Công an xã", date(2026, 5, 15), False)
        ]
        assert session.get_one(Opinion, road.opinion_id).deadline == date(2026, 5, 15)
    line = desk.see(lan).find(road.key)
    assert line is not None
    assert (line.fields["charged"].printed, line.fields["deadline"].printed) == ("Công an xã", "15/5/2026")


def test_what_is_done_already_stays(desk: Desk, lan: Person) -> None:
    """Another office may go on."""
    road = line_of(desk, lan, "trục thôn Đông")
    with desk.office.store.begin() as session:
        session.scalars(select(Assignment).where(Assignment.opinion_id == road.opinion_id)).one().done_on = date(
            2026, 4, 1
        )
    desk.rule(lan, road.key, charged="Công an xã")
    with desk.office.store.read() as session:
        rows = session.scalars(
            select(Assignment).where(Assignment.opinion_id == road.opinion_id).order_by(Assignment.id)
        ).all()
        assert [(row.body, row.done_on) for row in rows] == [("phòng Kinh tế", date(2026, 4, 1)), ("Công an xã", None)]


def test_nobody_charged_is_an_answer_too(desk: Desk, lan: Person) -> None:
    """The notice has a blank there, though the minutes named somebody."""
    road = line_of(desk, lan, "trục thôn Đông")
    desk.rule(lan, road.key, charged="", deadline="")
    line = desk.see(lan).find(road.key)
    assert line is not None
    assert (line.fields["charged"].printed, line.fields["deadline"].printed) == ("", "")
    assert line.fields["charged"].said == "phòng Kinh tế"


def test_a_field_goes_back_to_what_the_minutes_say(desk: Desk, lan: Person) -> None:
    """Its tasks are written anew, its status is a draft again."""
    road = line_of(desk, lan, "trục thôn Đông")
    desk.rule(
        lan,
        road.key,
        status="da_giai_thich",
        charged="Công an xã",
        deadline="trong quý II",
        wording="Đường trục",
        reply="",
    )
    desk.give_back(lan, road.key, "status", "charged", "deadline", "wording", "reply")
    line = desk.see(lan).find(road.key)
    assert line is not None
    assert line.list == "open"
    assert not any(field.decided for field in line.fields.values())
    assert {name: field.value for name, field in line.fields.items()} == {
        name: field.value for name, field in road.fields.items()
    }
    with desk.office.store.read() as session:
        (row,) = session.scalars(select(Assignment).where(Assignment.opinion_id == road.opinion_id)).all()
        assert (row.body, row.deadline, row.from_minutes) == ("phòng Kinh tế", date(2026, 4, 30), True)
        assert session.get_one(Opinion, road.opinion_id).status == "dang_giai_quyet"


def test_two_people_at_one_field_see_both_values(desk: Desk, lan: Person, hoa: Person, light: str) -> None:
    """Different fields of a line merge; the same one is refused until the second has seen the first."""
    seen = desk.office.opinions(desk.meeting)[light].version
    desk.rule(lan, light, seen, wording="Bản của Lan", charged="Phòng Kinh tế")
    assert desk.rule(hoa, light, seen, reply="Bản của Hoa") == ["reply"]
    with pytest.raises(Overtaken) as caught:
        desk.rule(hoa, light, seen, wording="Bản của Hoa", charged="Công an xã", reply="Hoa nữa")
    assert {name: (one.value, one.by) for name, one in caught.value.theirs.items()} == {
        "wording": ("Bản của Lan", "Lan"), "charged": ("Phòng Kinh tế", "Lan"),
    }  # fmt: skip
    line = desk.see(hoa).find(light)
    assert line is not None
    assert (line.fields["wording"].value, line.fields["reply"].value) == ("Bản của Lan", "Bản của Hoa")
    assert desk.rule(hoa, light, line.version, wording="Bản của Hoa") == ["wording"]
    assert desk.rule(lan, light, seen, wording="Bản của Hoa") == []


def test_the_same_again_changes_nothing(desk: Desk, lan: Person, light: str) -> None:
    """An answer that was lost, and the browser sends once more."""
    desk.rule(lan, light, wording="Thay bóng", charged="Phòng Kinh tế", deadline="trong quý II")
    version = desk.office.opinions(desk.meeting)[light].version
    assert desk.rule(lan, light, 0, wording="Thay bóng", charged="Phòng Kinh tế", deadline="trong quý II") == []
    assert desk.office.opinions(desk.meeting)[light].version == version


def test_a_draft_is_confirmed_as_it_stands_one_or_a_whole_list(desk: Desk, lan: Person, light: str) -> None:
    """Once; then the documents say that it is no draft."""
    assert desk.rule(lan, light, confirm=True) == ["status"]
    assert desk.rule(lan, light, confirm=True) == []
    left = [line for line in desk.see(lan).lists["open"] if not line.confirmed]
    store = desk.office.store
    for expected in (len(left), 0):
        with store.begin() as session:
            assert confirm_list(session, store.keys, lan, desk.meeting, "open") == expected
    assert all(line.confirmed for line in desk.see(lan).lists["open"])


def test_an_undo_in_the_review_leaves_the_conclusion_alone(desk: Desk, lan: Person, light: str) -> None:
    """The last operation there is another."""
    desk.office.do(lan, desk.meeting, "accept", keys=[light])
    desk.rule(lan, light, wording="Thay bóng")
    assert desk.office.do(lan, desk.meeting, "undo")["result"]["ok"]
    line = desk.see(lan).find(light)
    assert line is not None
    assert (line.fields["wording"].value, line.reviewed) == ("Thay bóng", False)


def test_corrected_words_keep_the_line_and_parts_of_a_split_do_not_share_a_wording(
    desk: Desk, lan: Person, light: str
) -> None:
    """A typing error mended in the review costs nothing; what was about the whole is about no part."""
    desk.rule(lan, light, wording="Thay bóng đèn", reply="Sẽ thay", charged="Phòng Kinh tế")
    text = "Đèn đường xóm chùa hỏng từ Tết, đi tối rất nguy hiểm, đề nghị xã thay bóng."
    desk.office.do(lan, desk.meeting, "retext", key=light, text=text)
    line = line_of(desk, lan, "từ Tết")
    assert [line.fields[name].value for name in ("wording", "reply", "charged")] == [
        "Thay bóng đèn",
        "Sẽ thay",
        "Phòng Kinh tế",
    ]
    done = desk.office.do(lan, desk.meeting, "split", key=line.key, at=[text.index("đi tối")])
    assert done["result"]["ok"], done
    parts = [
        each for each in desk.see(lan).lines if each.fields["charged"].value == "Phòng Kinh tế" and each.key != line.key
    ]
    halves = [each for each in parts if "Tết" in each.text or "đi tối" in each.text.lower()]
    assert len(halves) == 2
    assert not any(each.fields["wording"].value == "Thay bóng đèn" for each in halves)
    assert all(each.fields["reply"].value == "Sẽ thay" for each in halves)


def test_lines_are_put_in_order_and_new_ones_stand_behind(desk: Desk, lan: Person, light: str) -> None:
    """A status of another list gives the place up."""
    store, office = desk.office.store, desk.office
    order = [line.key for line in desk.see(lan).lists["open"]]
    with store.begin() as session:
        assert move(session, store.keys, office.predictor, lan, desk.meeting, order[-1], -1)
    moved = [*order[:-2], order[-1], order[-2]]
    assert [line.key for line in desk.see(lan).lists["open"]] == moved
    with store.begin() as session:
        assert not move(session, store.keys, office.predictor, lan, desk.meeting, moved[0], -1)
    desk.rule(lan, moved[0], status="da_giai_thich")
    desk.rule(lan, moved[0], status="dang_giai_quyet")
    assert [line.key for line in desk.see(lan).lists["open"]] == [*moved[1:], moved[0]]


def test_who_may_only_look_or_works_elsewhere_changes_nothing(
    desk: Desk, leader: Person, stranger: Person, light: str
) -> None:
    """A leader: 403; another commune: as if there were no meeting."""
    with pytest.raises(Forbidden):
        desk.rule(leader, light, wording="x")
    with pytest.raises(NotFound):
        desk.rule(stranger, light, wording="x")


def test_a_confidential_opinion_has_no_line_to_change(desk: Desk, lan: Person) -> None:
    """Not even for its reader: the notice never lists it."""
    secret = next(key for key, row in desk.office.opinions(desk.meeting).items() if row.confidential)
    with pytest.raises(NotFound):
        desk.rule(lan, secret, wording="x")


def test_a_closed_meeting_stays_as_it_is(desk: Desk, lan: Person, light: str) -> None:
    """Until it is opened again."""
    with desk.office.store.begin() as session:
        session.get_one(Meeting, desk.meeting).stage = "closed"
    with pytest.raises(Conflict, match="Hãy mở lại"):
        desk.rule(lan, light, wording="x")


def test_a_wrong_entry_leaves_no_trace(desk: Desk, lan: Person, light: str) -> None:
    """The others of the same form neither."""
    with pytest.raises(Invalid):
        desk.rule(lan, light, wording="Thay bóng", deadline="31/2/2026")
    line = desk.see(lan).find(light)
    assert line is not None
    assert not any(field.decided for field in line.fields.values())
