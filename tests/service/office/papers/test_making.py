"""Documents made out of the store: what they say, who is in them, where they are kept, what they are called."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from sqlalchemy import select

from tests.service.office.papers.conftest import Desk, TextOf
from tests.service.office.papers.test_ruling import line_of
from tests.service.office.reading import NAMES
from ydan.documents.plans import KINDS
from ydan_service.errors import Forbidden, Invalid, NotFound
from ydan_service.office.meetings.change import change_facts
from ydan_service.office.papers.fetching import fetch
from ydan_service.office.papers.listing import Shelves, list_documents
from ydan_service.office.papers.making import Wanted, make
from ydan_service.office.papers.titles import file_name, plain_name
from ydan_service.person import Person
from ydan_service.store.tables import AuditEvent, Document, KeptFile, Meeting

ALL = Wanted(tuple(KINDS))
NOTICE = Wanted(("thong-bao-ket-luan",))


def made(desk: Desk, person: Person, wanted: Wanted = ALL) -> list[Document]:
    return make(desk.office.store, desk.office.predictor, person, desk.meeting, wanted)


def shelves(desk: Desk, person: Person) -> Shelves:
    with desk.opened(person) as (session, opened):
        return list_documents(session, person, opened, opened.meeting)


def test_every_kind_is_made_kept_sealed_and_recorded(desk: Desk, lan: Person, text_of: TextOf) -> None:
    """Under Vietnamese names; the bytes in the database are no document."""
    documents = made(desk, lan)
    assert {one.kind for one in documents} == set(KINDS) - {"cong-van-kien-nghi", "phieu-huong-dan"}
    assert {"Thông báo kết luận.docx", "Biên bản.docx", "Bản niêm yết kết quả.docx"} <= {one.name for one in documents}
    with desk.office.store.read() as session:
        for one in documents:
            file = session.get_one(KeptFile, one.file_id)
            assert (file.kind, file.meeting_id) == ("document", desk.meeting)
            assert not file.sealed.startswith(b"PK")
        revision = session.get_one(Meeting, desk.meeting).revision
        assert {(one.revision, one.by) for one in documents} == {(revision, lan.id)}
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "document.make")).one()
        assert event.detail["documents"] == [one.id for one in documents]
    assert all(text_of(one) for one in documents)


def test_no_document_names_a_citizen_or_tells_what_is_confidential(desk: Desk, lan: Person, text_of: TextOf) -> None:
    """The number of confidential matters is all that is said."""
    for one in made(desk, lan):
        text = text_of(one)
        assert not [name for name in (*NAMES, "hối lộ", "bán đất công") if name in text], one.name


def test_the_notice_says_the_three_lists_as_persons_left_them(desk: Desk, lan: Person, text_of: TextOf) -> None:
    """In their order, in their words."""
    light, road = line_of(desk, lan, "Đèn đường"), line_of(desk, lan, "trục thôn Đông")
    clinic = line_of(desk, lan, "Trạm y tế")
    desk.rule(lan, light.key, status="da_giai_quyet", wording="Thay bóng đèn xóm chùa", reply="Đã thay ngày 15/3/2026.")
    desk.rule(lan, road.key, charged="Phòng Kinh tế xã", deadline="trong quý II", wording="Sửa đường trục thôn Đông")
    desk.rule(lan, clinic.key, status="kien_nghi_cap_tren", addressee="Sở Y tế", wording="Bổ sung thuốc BHYT")
    (notice,) = made(desk, lan, NOTICE)
    text = text_of(notice)
    parts = [
        text.index(title)
        for title in ("1. Việc đã giải quyết", "2. Việc chưa giải quyết", "3. Việc kiến nghị cấp trên", "III.")
    ]
    settled, open_, sent = (text[a:b] for a, b in itertools.pairwise(parts))
    assert "Thay bóng đèn xóm chùa" in settled
    assert "Đã thay ngày 15/3/2026." in settled
    assert "Sửa đường trục thôn Đông" in open_
    assert "Giao: Phòng Kinh tế xã. Thời hạn: trong quý II." in open_
    assert "Bổ sung thuốc BHYT" in sent
    assert "Gửi: Sở Y tế." in sent


def test_names_are_in_what_the_office_keeps_and_only_for_who_may_read_them(
    desk: Desk, lan: Person, leader: Person, text_of: TextOf
) -> None:
    """Never in what goes out; a leader finds it neither in the list nor by its number."""
    (minutes,) = made(desk, lan, Wanted(("bien-ban",), named=True))
    assert "Hoàng Thị Lựu" in text_of(minutes)
    assert "Kiều Thị Thơm" not in text_of(minutes)
    assert any(one.named for shelf in shelves(desk, lan).shelves for one in shelf.sheets)
    assert not any(one.named for shelf in shelves(desk, leader).shelves for one in shelf.sheets)
    with pytest.raises(NotFound):
        fetch(desk.office.store, leader, desk.meeting, minutes.id)
    with pytest.raises(Invalid):
        made(desk, lan, Wanted(("thong-bao-ket-luan",), named=True))


def test_the_sealed_list_is_for_its_readers_alone(desk: Desk, lan: Person, hoa: Person, text_of: TextOf) -> None:
    """Another secretary can neither make it, nor see that it was made, nor have it."""
    documents = made(desk, lan, Wanted((), sealed=True))
    assert [one.name for one in documents] == ["Danh sách giữ kín.xlsx", "Phiếu hướng dẫn giữ kín số 1.docx"]
    assert all(one.confidential for one in documents)
    assert "nhận hối lộ" in text_of(documents[0])
    assert "Kiều Thị Thơm" not in text_of(documents[0])
    assert shelves(desk, lan).sealed is not None
    assert (shelves(desk, hoa).sealed, shelves(desk, hoa).hidden) == (None, 1)
    with pytest.raises(NotFound):
        made(desk, hoa, Wanted((), sealed=True))
    for one in documents:
        with pytest.raises(NotFound):
            fetch(desk.office.store, hoa, desk.meeting, one.id)
        assert fetch(desk.office.store, lan, desk.meeting, one.id).data.startswith(b"PK")


def test_a_document_whose_opinion_became_confidential_is_handed_out_no_more(
    desk: Desk, lan: Person, hoa: Person
) -> None:
    """It was made before; whoever reads the opinion may still have it."""
    (notice,) = made(desk, hoa, NOTICE)
    light = line_of(desk, lan, "Đèn đường").key
    desk.office.do(lan, desk.meeting, "mark_confidential", key=light, value=True, reason="theo đề nghị của dân")
    with pytest.raises(NotFound, match="giữ kín"):
        fetch(desk.office.store, hoa, desk.meeting, notice.id)
    assert fetch(desk.office.store, lan, desk.meeting, notice.id)
    assert not any(sheet.made for shelf in shelves(desk, hoa).shelves for sheet in shelf.sheets)


def test_a_change_leaves_documents_behind_until_they_are_made_again(desk: Desk, lan: Person) -> None:
    """A label, a line of the conclusion, a fact of the meeting; the earlier one stays beside."""
    office = desk.office

    def latest() -> tuple[int, bool]:
        """How many were made, and whether the last is left behind."""
        sheet = next(s for shelf in shelves(desk, lan).shelves for s in shelf.sheets if s.kind == "thong-bao-ket-luan")
        assert sheet.latest is not None
        return len(sheet.made), sheet.latest.changed

    made(desk, lan, NOTICE)
    assert latest() == (1, False)
    desk.rule(lan, line_of(desk, lan, "Đèn đường").key, wording="Thay bóng")
    assert latest() == (1, True)
    made(desk, lan, NOTICE)
    assert latest() == (2, False)
    with office.store.begin() as session:
        change_facts(
            session, office.store.keys, office.predictor, lan, desk.meeting, {"chair": "Trần Văn Chủ"}, date(2026, 4, 1)
        )
    assert latest() == (2, True)
    assert shelves(desk, lan).changed == 1


def test_what_a_person_must_check_is_kept_with_the_document(desk: Desk, lan: Person) -> None:
    """Blanks, what the model was unsure of, the form; nothing about the command line."""
    documents = made(desk, lan)
    notice = next(one for one in documents if one.kind == "thong-bao-ket-luan")
    assert any("tô vàng" in check for check in notice.checks)
    assert any("nội dung mật" in check for check in notice.checks)
    assert any(check.startswith("Thể thức Nhà nước") for check in notice.checks)
    assert not any("--" in check for one in documents for check in one.checks)


def test_the_form_may_be_chosen(desk: Desk, lan: Person, text_of: TextOf) -> None:
    """Where a secretary of the Party chairs, and the minutes do not say."""
    (notice,) = made(desk, lan, Wanted(("thong-bao-ket-luan",), form="party"))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text_of(notice)


def test_one_document_alone_may_be_made_again(desk: Desk, lan: Person) -> None:
    """By its name."""
    (one,) = made(desk, lan, Wanted(("bieu-tong-hop",), name="Biểu tổng hợp ý kiến.docx"))
    assert one.name == "Biểu tổng hợp ý kiến.docx"
    with pytest.raises(NotFound):
        made(desk, lan, Wanted(("bieu-tong-hop",), name="Không có.docx"))


@pytest.mark.parametrize("wanted", [Wanted(()), Wanted(("thu",)), Wanted(("bien-ban",), form="other")])
def test_what_no_meeting_has_is_refused(desk: Desk, lan: Person, wanted: Wanted) -> None:
    """Nothing chosen, no such kind, no such form."""
    with pytest.raises(Invalid):
        made(desk, lan, wanted)


def test_who_may_only_look_makes_nothing_and_another_commune_sees_nothing(
    desk: Desk, lan: Person, leader: Person, stranger: Person
) -> None:
    """403 and 404."""
    with pytest.raises(Forbidden):
        made(desk, leader)
    with pytest.raises(NotFound):
        made(desk, stranger)
    (notice,) = made(desk, lan, NOTICE)
    assert fetch(desk.office.store, leader, desk.meeting, notice.id).data
    with pytest.raises(NotFound):
        fetch(desk.office.store, stranger, desk.meeting, notice.id)


def test_handing_out_is_recorded(desk: Desk, lan: Person, leader: Person) -> None:
    """Who got which kind, never its words."""
    (notice,) = made(desk, lan, NOTICE)
    found = fetch(desk.office.store, leader, desk.meeting, notice.id)
    assert found.name == "Thông báo kết luận - xã Tân Lập - 12.03.2026.docx"
    with desk.office.store.read() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "document.download")).one()
        assert (event.account_id, event.subject_id, event.detail["kind"]) == (
            leader.id,
            str(notice.id),
            "thong-bao-ket-luan",
        )


def test_names_of_files_are_safe_and_known_to_every_browser() -> None:
    """No sign that a disk refuses."""
    assert file_name("Sổ A:B.docx", "xã Cẩm Vũ", None, named=True) == "Sổ A-B - có họ tên - xã Cẩm Vũ.docx"
    assert plain_name("Thông báo kết luận - xã Tân Lập.docx") == "thong-bao-ket-luan-xa-tan-lap.docx"
