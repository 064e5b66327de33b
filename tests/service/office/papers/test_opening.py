"""The dossier is that of the minutes, with the list, labels and facts as persons left them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from tests.conftest import ROOT
from tests.service.office.papers.conftest import Desk
from tests.service.office.reading import Office
from ydan.documents import build_dossier
from ydan.opinion import Opinion as Asked
from ydan.opinion import Session as Held
from ydan_service.errors import Conflict
from ydan_service.office.intake.source import read_source
from ydan_service.office.papers.facts import province_of, unit_name
from ydan_service.person import Person
from ydan_service.store.tables import Commune, KeptFile, Meeting

REAL = (
    "m1-xa-quynh-lam-docx-table.docx",
    "m1-phuong-ngoc-son-tay-pdf-ket-luan.pdf",
    "m1-xa-chieng-pan-txt-ngat-dong.txt",
)


@pytest.mark.parametrize("name", REAL)
def test_an_untouched_meeting_gives_what_the_library_gives(
    office: Office, lan: Person, commune: Commune, name: str
) -> None:
    """The same lists, charged offices and deadlines as minutes and model without a store in between."""
    file = ROOT / "data" / "minutes" / "documents" / name
    meeting = office.read(lan, commune.id, file.read_bytes(), name)
    with Desk(office, meeting).opened(lan) as (_session, opened):
        found = opened.dossier
        minutes = read_source(file.read_bytes(), name, office.reader)
        held = Held(minutes.meeting.date or date.today(), opened.dossier.host_level, None)
        judged = office.predictor.assess_many([Asked(one.id, one.text, held) for one in minutes.opinions])
        plain = build_dossier(minutes, judged, "code", found.groups)
        assert len(found.items) == len(plain.items) > 5
        for items in ("settled", "open", "forwarded", "guided", "confidential"):
            assert [one.id for one in getattr(found, items)] == [one.id for one in getattr(plain, items)], items
        assert [(i.text, i.reply, i.charged, i.deadline) for i in found.items] == [
            (i.text, i.reply, i.charged, i.deadline) for i in plain.items
        ]
        assert not any(item.decided for item in found.items)


def test_labels_that_a_person_chose_are_the_documents_labels(desk: Desk, lan: Person, hoa: Person) -> None:
    """Also those that no assessment holds: that it does not go up, which office, how soon."""
    key = next(line.key for line in desk.see(lan).lines if "Trạm y tế" in line.text)
    office = desk.office
    fields = {
        "topic": "health_food",
        "level": "province",
        "escalate": False,
        "transfer": False,
        "status": "dang_giai_quyet",
    }
    done = office.do(
        lan, desk.meeting, "decide", key=key, version=office.opinions(desk.meeting)[key].version, fields=fields
    )
    assert done["result"]["ok"], done
    with desk.opened(hoa) as (_session, opened):
        item = next(item for item in opened.dossier.items if item.id == key)
        assert item.judged is not None
        assert (item.judged.topic.id, item.judged.escalation.required, item.judged.escalation.transfer) == (
            "health_food", False, False,
        )  # fmt: skip
        assert (item.status.code, item.decided, item.confirmed) == ("dang_giai_quyet", True, True)
        assert item in opened.dossier.open


def test_the_list_is_replayed(desk: Desk, lan: Person) -> None:
    """A merged opinion is one line, with the words of both."""
    keys = [line.key for line in desk.see(lan).lines if "trục thôn Đông" in line.text]
    assert len(keys) == 2
    desk.office.do(lan, desk.meeting, "merge", keys=keys)
    lines = [line for line in desk.see(lan).lines if "trục thôn Đông" in line.text]
    assert len(lines) == 1
    assert "đổ bê tông" in lines[0].text


def test_the_meetings_facts_are_those_of_the_store(desk: Desk, lan: Person) -> None:
    """And where minutes name no unit, the commune's own."""
    with desk.office.store.begin() as session:
        meeting = session.get_one(Meeting, desk.meeting)
        meeting.chair, meeting.attendance, meeting.held_on = "Trần Văn Chủ", 88, date(2026, 3, 13)
    with desk.opened(lan) as (_session, opened):
        told = opened.dossier.meeting
        assert (told.chair, told.attendance, told.date) == ("Trần Văn Chủ", 88, date(2026, 3, 13))
        assert opened.dossier.unit == "xã Tân Lập"


def test_a_list_without_a_head_takes_the_communes_name(office: Office, lan: Person, commune: Commune) -> None:
    """Otherwise every letter would begin with a blank."""
    meeting = office.read(lan, commune.id, "text\nĐường xóm 3 hỏng nặng, đề nghị xã sửa.\n", "y-kien.csv")
    with Desk(office, meeting).opened(lan) as (_session, opened):
        assert opened.dossier.unit == "xã Tân Lập"


def test_a_communes_name_is_written_with_its_kind_once() -> None:
    """However the administrator typed it."""
    assert unit_name(Commune(name="Xã Tân Lập", kind="xã")) == "xã Tân Lập"
    assert unit_name(Commune(name="Ngọc Sơn", kind="phường")) == "phường Ngọc Sơn"


@pytest.mark.parametrize(
    ("code", "held", "name"),
    [
        ("31", date(2026, 3, 12), "thành phố Hải Phòng"),
        ("79", date(2026, 3, 12), "thành phố Hồ Chí Minh"),
        ("04", date(2026, 3, 12), "tỉnh Cao Bằng"),
        ("31", date(2025, 3, 12), ""),
        (None, date(2026, 3, 12), ""),
    ],
)
def test_the_province_is_written_with_its_kind_since_the_merger(code: str | None, held: date, name: str) -> None:
    """Before, the commune lay in a province that may be gone."""
    meeting = Meeting(held_on=held, host_level="commune", commune=Commune(name="Tân Lập", province=code))
    assert province_of(meeting) == name


def test_a_confidential_opinion_is_counted_and_in_no_list(desk: Desk, lan: Person, leader: Person) -> None:
    """Whoever looks; its readers too."""
    for person in (lan, leader):
        seen = desk.see(person)
        assert seen.hidden == 1
        assert not any("tố cáo" in line.text or "hối lộ" in line.text for line in seen.lines)


def test_what_was_made_confidential_by_hand_is_in_no_list_and_what_was_opened_is(desk: Desk, lan: Person) -> None:
    """The store's word, not the words' look."""
    light = next(line.key for line in desk.see(lan).lines if "Đèn đường" in line.text)
    desk.office.do(lan, desk.meeting, "mark_confidential", key=light, value=True, reason="theo đề nghị của dân")
    assert desk.see(lan).hidden == 2
    secret = next(key for key, row in desk.office.opinions(desk.meeting).items() if row.confidential and key != light)
    desk.office.do(lan, desk.meeting, "mark_confidential", key=secret, value=False, reason="không phải tố cáo")
    seen = desk.see(lan)
    assert seen.hidden == 1
    assert secret in {line.key for line in seen.lines}


def test_minutes_that_are_not_kept_any_more_say_so(desk: Desk, lan: Person) -> None:
    """After the retention took the files."""
    with desk.office.store.begin() as session:
        session.execute(delete(KeptFile).where(KeptFile.meeting_id == desk.meeting))
    with pytest.raises(Conflict, match="không còn lưu"), desk.opened(lan):
        pass


def test_a_meeting_that_is_not_read_says_so(office: Office, lan: Person, commune: Commune) -> None:
    """Its file waits."""
    meeting = office.hand_in(lan, commune.id).meeting_id
    with pytest.raises(Conflict, match="chưa đọc xong"), Desk(office, meeting).opened(lan):
        pass
