"""Where an opinion stands, said by a person; two at once, reasons, days, rights."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.service.conftest import ACommune, APerson
from tests.service.office.following.conftest import TODAY
from tests.service.office.reading import NAMES, Office
from ydan_service.errors import Conflict, Forbidden, Invalid, NotFound
from ydan_service.office.following.statuses import Refused, Seen, change_status
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.tables import AuditEvent, Decision, Opinion, StatusChange


def change(
    office: Office, person: Person, one: Opinion, status: str, because: str = "Đã sửa xong", on: date | None = None
) -> list[Refused]:
    """The change, seen at the version that ``one`` has."""
    seen = [Seen(one.id, one.version)]
    with office.store.begin() as session:
        return change_status(session, office.store.keys, person, seen, status, because, on, TODAY)


def test_a_status_is_kept_with_its_reason_day_and_author(office: Office, meeting: int, officer: Person) -> None:
    """A line of the opinion's way, a decision that review and documents respect, a line of the audit log."""
    one = office.opinions(meeting)["2"]
    change(office, officer, one, "da_giai_quyet", "Đã thay bóng đèn", on=date(2026, 5, 1))
    now = office.opinions(meeting)["2"]
    assert now.status == "da_giai_quyet"
    assert now.version > one.version
    with office.store.read() as session:
        last = session.scalars(select(StatusChange).where(StatusChange.opinion_id == one.id)).all()[-1]
        assert (last.status, last.because, last.on, last.by) == (
            "da_giai_quyet", "Đã thay bóng đèn", date(2026, 5, 1), officer.id,
        )  # fmt: skip
        decision = session.scalars(select(Decision).where(Decision.opinion_id == one.id)).one()
        assert decision.field == "status"
        assert decision.value["value"] == "da_giai_quyet"
        assert decision.value["before"] == one.status
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "opinion.status")).one()
        assert event.subject_id == str(one.id)
        assert "Đã thay" not in str(event.detail)


def test_a_status_that_a_person_set_outlives_a_new_assessment(
    office: Office, meeting: int, officer: Person, lan: Person
) -> None:
    """The secretary changes a label afterwards: the drafted status does not come back."""
    one = office.opinions(meeting)["2"]
    change(office, officer, one, "kien_nghi_cap_tren", "Vượt khả năng của xã")
    done = office.do(lan, meeting, "decide", key="2", fields={"topic": "power_telecom"},
                     version=office.opinions(meeting)["2"].version)  # fmt: skip
    assert done["result"]["ok"]
    assert office.opinions(meeting)["2"].status == "kien_nghi_cap_tren"


def test_two_who_say_otherwise_meet_a_conflict_that_names_both_values(
    office: Office, meeting: int, officer: Person, hoa: Person
) -> None:
    """The second had not seen the first's word; having seen it, the word stands."""
    seen = office.opinions(meeting)["2"]
    change(office, hoa, seen, "da_giai_quyet")
    with pytest.raises(Conflict, match="Hoa vừa ghi “Đã giải quyết”, anh/chị chọn “Kiến nghị cấp trên”"):
        change(office, officer, seen, "kien_nghi_cap_tren", "Gửi tỉnh")
    assert office.opinions(meeting)["2"].status == "da_giai_quyet"
    change(office, officer, office.opinions(meeting)["2"], "kien_nghi_cap_tren", "Gửi tỉnh")
    assert office.opinions(meeting)["2"].status == "kien_nghi_cap_tren"


def test_two_who_say_the_same_do_not_disturb_each_other(
    office: Office, meeting: int, officer: Person, hoa: Person
) -> None:
    """Nor does somebody's own earlier word."""
    seen = office.opinions(meeting)["2"]
    change(office, hoa, seen, "da_giai_quyet")
    change(office, officer, seen, "da_giai_quyet")
    change(office, officer, seen, "dang_giai_quyet", "Hỏng lại")
    assert office.opinions(meeting)["2"].status == "dang_giai_quyet"


def test_of_several_the_overtaken_ones_are_left_out_and_named(
    office: Office, meeting: int, officer: Person, hoa: Person
) -> None:
    """The others are written."""
    seen = office.opinions(meeting)
    change(office, hoa, seen["2"], "da_giai_quyet")
    with office.store.begin() as session:
        three = [Seen(seen[key].id, seen[key].version) for key in ("1", "2", "3")]
        refused = change_status(
            session, office.store.keys, officer, three, "dang_giai_quyet", "Đang khảo sát", None, TODAY
        )
    assert [one.id for one in refused] == [seen["2"].id]
    assert "Hoa" in refused[0].why
    now = office.opinions(meeting)
    assert [now[key].status for key in ("1", "2", "3")] == ["dang_giai_quyet", "da_giai_quyet", "dang_giai_quyet"]


def test_a_reason_with_a_name_is_kept_covered(office: Office, meeting: int, officer: Person) -> None:
    """Speakers of the meeting and whoever else the reason names; the chair acts in office."""
    one = office.opinions(meeting)["2"]
    change(
        office,
        officer,
        one,
        "da_giai_quyet",
        "Bà Hoàng Thị Lựu và anh Trịnh Văn Bền xác nhận, ông Lê Hữu Phước ký, gọi 0912345678",
    )
    with office.store.read() as session:
        said = session.scalars(select(StatusChange).where(StatusChange.opinion_id == one.id)).all()[-1].because
        kept = session.scalars(select(Decision).where(Decision.opinion_id == one.id)).one().value["reason"]
    for text in (said, kept):
        assert not any(name in text for name in (*NAMES, "Trịnh Văn Bền"))
        assert "Lê Hữu Phước" in text


@pytest.mark.parametrize(
    ("status", "because", "on"),
    [("xong", "Đã sửa", None), ("da_giai_quyet", " ", None), ("da_giai_quyet", "x" * 301, None),
     ("da_giai_quyet", "Đã sửa", date(2026, 5, 21)), ("da_giai_quyet", "Đã sửa", date(2026, 3, 11))],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    office: Office, meeting: int, officer: Person, status: str, because: str, on: date | None
) -> None:
    """No such status, no reason, too long, a day to come, a day before the meeting; nothing is written."""
    one = office.opinions(meeting)["2"]
    with pytest.raises(Invalid):
        change(office, officer, one, status, because, on=on)
    assert office.opinions(meeting)["2"].version == one.version


def test_a_leader_looks_only_and_others_find_nothing(
    office: Office, meeting: int, leader: Person, officer: Person, a_person: APerson, a_commune: ACommune
) -> None:
    """Neither another commune's officer nor anybody a replaced opinion."""
    one = office.opinions(meeting)["2"]
    with pytest.raises(Forbidden):
        change(office, leader, one, "da_giai_quyet")
    with pytest.raises(NotFound):
        change(office, a_person("follow_up", communes=[a_commune("Xã khác").id]), one, "da_giai_quyet")
    with office.store.begin() as session:
        session.get_one(Opinion, one.id).state = "replaced"
    with pytest.raises(NotFound):
        change(office, officer, one, "da_giai_quyet")


def test_a_confidential_opinion_moves_only_by_its_readers_and_its_reason_is_sealed(
    office: Office, meeting: int, lan: Person, officer: Person
) -> None:
    """For others it is not there."""
    one = office.opinions(meeting)["4"]
    assert one.confidential
    with pytest.raises(NotFound):
        change(office, officer, one, "da_giai_quyet")
    change(office, lan, one, "huong_dan_kn_tc", "Chuyển Ủy ban Kiểm tra xem ông Đặng Văn Quỳnh")
    with office.store.read() as session:
        last = session.scalars(select(StatusChange).where(StatusChange.opinion_id == one.id)).all()[-1]
        assert last.because == ""
        decision = session.scalars(select(Decision).where(Decision.opinion_id == one.id)).one()
        assert decision.value["reason"] == ""
        kept = personal.read(session, office.store.keys, "opinion", [one.id], f"because {last.id}")
        assert kept[one.id].endswith("Đặng Văn Quỳnh")
