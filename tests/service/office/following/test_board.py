"""The public board: what is on it, what is left out and why, and that nobody can be read out of it."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select, update

from tests.service.conftest import ACommune, APerson
from tests.service.office.following.conftest import TODAY
from tests.service.office.reading import DOCUMENTS, NAMES, Office
from ydan.text import fold
from ydan.text.mask import find_personal
from ydan_service.errors import NotFound
from ydan_service.office.following.answering import record_answer
from ydan_service.office.following.assigning import assign
from ydan_service.office.following.board import Board, make_board
from ydan_service.office.following.board_text import write_docx, write_text
from ydan_service.office.following.sending import Facts, add_dispatch
from ydan_service.office.following.statuses import Seen
from ydan_service.person import Person
from ydan_service.store import personal
from ydan_service.store.tables import Commune, Opinion, now


def review_all(office: Office, meeting: int) -> None:
    with office.store.begin() as session:
        session.execute(update(Opinion).where(Opinion.meeting_id == meeting).values(reviewed_at=now()))


@pytest.fixture
def reviewed(office: Office, meeting: int) -> dict[str, Opinion]:
    """The meeting's opinions by key, all looked at by a person."""
    review_all(office, meeting)
    return office.opinions(meeting)


def board_of(office: Office, person: Person, commune: Commune, meeting: int | None = None) -> Board:
    with office.store.read() as session:
        return make_board(session, office.store.keys, person, commune.id, meeting, TODAY)


def words_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_board_says_what_was_answered_what_is_open_with_whom_and_what_was_sent_up(
    office: Office, reviewed: dict[str, Opinion], officer: Person, commune: Commune
) -> None:
    """In words, with days; each opinion in one part."""
    keys = office.store.keys
    with office.store.begin() as session:
        said = "Đã thay bóng, bà Hoàng Thị Lựu biết"
        record_answer(session, keys, officer, [Seen(reviewed["2"].id, reviewed["2"].version)], said, "Phòng Kinh tế",
                      date(2026, 5, 2), "da_giai_quyet", None, TODAY)  # fmt: skip
        add_dispatch(
            session, keys, officer, [reviewed["5"].id], "up", Facts("Sở Y tế", "12/UBND", date(2026, 5, 1)), TODAY
        )
        assign(session, keys, officer, [reviewed["3"].id], "Phòng Văn hóa - Xã hội", "", date(2026, 6, 1), TODAY)
    text = write_text(board_of(office, officer, commune), TODAY)
    assert "KẾT QUẢ TIẾP THU, TRẢ LỜI Ý KIẾN CỦA NHÂN DÂN XÃ TÂN LẬP" in text
    assert "Đã giải quyết (ngày 02/5/2026): Đã thay bóng, bà [đã che] biết" in text
    assert "Đã kiến nghị Sở Y tế, hạn 16/5/2026 (quá hạn 4 ngày)." in text
    assert re.search(r"Giao .*Phòng Văn hóa - Xã hội, hạn 30/4/2026|Giao .*Phòng Văn hóa - Xã hội, hạn 01/6/2026", text)
    assert "Đường trục thôn Đông lầy lội" in text
    assert not any(name in text for name in NAMES)
    paper = words_of(write_docx(board_of(office, officer, commune), TODAY))
    assert "Đã kiến nghị Sở Y tế" in paper
    assert not any(name in paper for name in NAMES)


def test_a_letter_that_was_not_sent_is_not_told_as_sent(
    office: Office, reviewed: dict[str, Opinion], officer: Person, commune: Commune
) -> None:
    """A draft is one in the making."""
    with office.store.begin() as session:
        add_dispatch(session, office.store.keys, officer, [reviewed["5"].id], "up", Facts("Sở Y tế"), TODAY)
        session.get_one(Opinion, reviewed["5"].id).status = "kien_nghi_cap_tren"
    text = write_text(board_of(office, officer, commune), TODAY)
    assert "Đang lập kiến nghị gửi cấp trên." in text
    assert "Sở Y tế" not in text


def test_what_is_left_out_is_told_with_the_reason(
    office: Office, reviewed: dict[str, Opinion], officer: Person, commune: Commune
) -> None:
    """Confidential ones only as a number; unreviewed, complaints, what sounds like an accusation."""
    with office.store.begin() as session:
        session.get_one(Opinion, reviewed["1"].id).reviewed_at = None
        session.get_one(Opinion, reviewed["2"].id).type = "complaint"
        session.get_one(Opinion, reviewed["3"].id).text = "Cán bộ nhận tiền bồi dưỡng mới làm, có người nhận hối lộ"
    (part,) = board_of(office, officer, commune).sessions
    assert part.reasons == {"confidential": 1, "denunciation": 1, "complaint": 1, "unreviewed": 1}
    assert {(one.reason, one.opinion_id) for one in part.left} == {
        ("unreviewed", reviewed["1"].id), ("complaint", reviewed["2"].id), ("denunciation", reviewed["3"].id),
    }  # fmt: skip
    assert part.posted == 1
    text = write_text(board_of(office, officer, commune), TODAY)
    assert "hối lộ" not in text
    assert "Đường trục" not in text


def test_an_opinion_about_ones_own_household_is_shown_by_its_matter_alone(
    office: Office, reviewed: dict[str, Opinion], officer: Person, commune: Commune
) -> None:
    """Neither its words nor its village nor the answer: they would tell who it is."""
    with office.store.begin() as session:
        one = session.get_one(Opinion, reviewed["2"].id)
        one.text, one.matter, one.topic = "Mẹ tôi là hộ duy nhất sát trường, chưa được trợ cấp", None, "social_policy"
        said = "Đã trợ cấp cho bà cụ sát trường"
        record_answer(session, office.store.keys, officer, [Seen(one.id, one.version)], said, "", TODAY,
                      "da_giai_quyet", None, TODAY)  # fmt: skip
    (part,) = board_of(office, officer, commune).sessions
    text = write_text(board_of(office, officer, commune), TODAY)
    assert part.by_matter == 1
    assert "sát trường" not in text
    assert "Một việc riêng của hộ dân: Người có công" in text


def test_an_answer_that_also_speaks_of_something_confidential_is_not_on_the_board(
    office: Office, meeting: int, reviewed: dict[str, Opinion], lan: Person, officer: Person, commune: Commune
) -> None:
    """One that was given before the opinion became confidential."""
    with office.store.begin() as session:
        seen = [Seen(reviewed[key].id, reviewed[key].version) for key in ("2", "5")]
        record_answer(
            session,
            office.store.keys,
            officer,
            seen,
            "Trạm y tế và bóng đèn đã xong",
            "",
            TODAY,
            "da_giai_quyet",
            None,
            TODAY,
        )
    assert "bóng đèn đã xong" in write_text(board_of(office, officer, commune), TODAY)
    office.do(lan, meeting, "mark_confidential", key="5", value=True, reason="Có tên người bị tố cáo")
    assert "bóng đèn đã xong" not in write_text(board_of(office, officer, commune), TODAY)


def test_another_communes_board_does_not_exist(
    office: Office, meeting: int, officer: Person, commune: Commune, a_commune: ACommune, a_person: APerson
) -> None:
    """Nor a meeting of another commune on one's own."""
    other = a_commune("Xã khác")
    with pytest.raises(NotFound):
        board_of(office, officer, other)
    stranger = a_person("leader", communes=[other.id])
    assert board_of(office, stranger, other).sessions == []
    with pytest.raises(NotFound):
        board_of(office, stranger, other, meeting)


def _files() -> list[str]:
    return sorted(path.name for path in DOCUMENTS.glob("*.docx"))


def _nobody_is_on_the_board(office: Office, lan: Person, commune: Commune, name: str) -> int:
    meeting = office.read(lan, commune.id, (DOCUMENTS / name).read_bytes(), name)
    review_all(office, meeting)
    found = board_of(office, lan, commune, meeting)
    texts = [write_text(found, TODAY), words_of(write_docx(found, TODAY))]
    with office.store.read() as session:
        ids = session.scalars(select(Opinion.id).where(Opinion.meeting_id == meeting)).all()
        names = set(personal.read(session, office.store.keys, "opinion", ids, "name").values())
    for text in texts:
        assert find_personal(text) == []
        assert "▇" not in text
        plain = f" {re.sub(r'[^a-z0-9]+', ' ', fold(text))} "
        for speaker in names:
            bare = " ".join(re.sub(r"^(?:ong|ba|anh|chi|co|chu|bac)[ .]+", "", fold(speaker)).split())
            if len(bare.split()) > 1:
                assert f" {bare} " not in plain, (name, speaker)
    return found.sessions[0].posted


def test_no_speaker_phone_or_number_of_real_minutes_is_on_the_board(
    office: Office, meeting: int, lan: Person, commune: Commune
) -> None:
    """Three of our minutes with names, phones and houses."""
    assert sum(_nobody_is_on_the_board(office, lan, commune, name) for name in _files()[:3]) > 5


@pytest.mark.heavy
def test_nobody_is_on_the_board_of_any_minutes(office: Office, meeting: int, lan: Person, commune: Commune) -> None:
    """All of our minutes."""
    assert sum(_nobody_is_on_the_board(office, lan, commune, name) for name in _files()) > 100
