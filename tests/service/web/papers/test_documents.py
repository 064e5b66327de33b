"""The page of documents: made by one click, listed with what is to be checked, handed out to whom may have them."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote

import docx
import pytest
from sqlalchemy import delete, select

from tests.service.office.papers.conftest import Read, words_in
from tests.service.office.reading import NAMES
from tests.service.web.conftest import OfficeClient, SignedIn
from ydan_service.person import Person
from ydan_service.store.store import Store
from ydan_service.store.tables import AuditEvent, Dispatch, Document, KeptFile


@pytest.fixture
def base(read_once: Read) -> str:
    """Where the documents are."""
    return f"/meetings/{read_once.meeting}/documents"


def downloads(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="(/meetings/\d+/documents/\d+/download)"', text)))


def test_one_click_makes_everything_and_each_can_be_had(
    page: OfficeClient,
    base: str,
    sqlite_store: Store,
) -> None:
    """Real files, under Vietnamese names, kept by no browser; letters are drafts for the follow-up."""
    before = page.get(base).text
    assert downloads(before) == []
    assert page.post(base, data={"kind": "all"}).status_code == 303
    text = page.get(base).text
    urls = downloads(text)
    assert len(urls) == 7
    assert "Phải kiểm tra" in text
    names = []
    for url in urls:
        answer = page.get(url)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.content[:2] == b"PK"
        ascii_, _, named = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
        assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+\.(docx|xlsx)"', ascii_)
        names.append(unquote(named))
        assert not [name for name in (*NAMES, "hối lộ") if name in words_in(answer.content, names[-1])]
    assert "Thông báo kết luận - xã Tân Lập - 12.03.2026.docx" in names
    with sqlite_store.read() as session:
        assert [one.sent_on for one in session.scalars(select(Dispatch))] == [None]
        asked = session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action == "document.download")).all()
        assert len(asked) == 7


def test_the_downloaded_notice_has_the_three_lists_as_edited(page: OfficeClient, base: str) -> None:
    """Edited by the form, made by the button, opened with Word's own format."""
    conclusion = base.replace("documents", "conclusion")
    lines = dict(
        zip(
            ("road", "road2", "light", "clinic"),
            re.findall(r'data-line="([^"]+)"', page.get(conclusion).text),
            strict=True,
        )
    )
    edits = {
        "road": {"status": "da_giai_quyet", "wording": "Đổ bê tông đường trục", "reply": "Đã làm xong ngày 01/4/2026."},
        "road2": {"charged": "Công an xã", "deadline": "trong quý II", "wording": "Cấm xe tải vào đường trục"},
        "light": {"do": "up"},
        "clinic": {"status": "kien_nghi_cap_tren", "addressee": "Sở Y tế", "wording": "Bổ sung thuốc bảo hiểm y tế"},
    }
    for name, fields in edits.items():
        sent = {"version": "100000", **fields}
        assert page.post(f"{conclusion}/opinions/{lines[name]}", data=sent).status_code == 200
    page.post(base, data={"kind": "thong-bao-ket-luan"})
    (url,) = downloads(page.get(base).text)
    document = docx.Document(io.BytesIO(page.get(url).content))
    found: dict[str, list[str]] = {}
    title = ""
    for text in (paragraph.text for paragraph in document.paragraphs):
        if re.match(r"[123]\. Việc|III\.", text):
            title = text[0]
        elif title in ("1", "2", "3"):
            found.setdefault(title, []).append(text)
    assert found["1"] == [
        "1.1. Đổ bê tông đường trục (STT 1 Phụ lục)",
        "Kết quả: Đã giải quyết. Đã làm xong ngày 01/4/2026.",
    ]
    assert found["2"][0].startswith("2.1. Đèn đường xóm chùa")
    assert found["2"][2:] == [
        "2.2. Cấm xe tải vào đường trục (STT 2 Phụ lục)",
        "Giao: Công an xã. Thời hạn: trong quý II.",
    ]
    assert found["3"][0] == "3.1. Bổ sung thuốc bảo hiểm y tế (STT 4 Phụ lục)"
    assert found["3"][1].startswith("Gửi: Sở Y tế. Lý do: ")


def test_a_document_that_was_left_behind_says_so_and_the_earlier_ones_stay(page: OfficeClient, base: str) -> None:
    """Until it is made again."""
    page.post(base, data={"kind": "bien-ban"})
    assert "xuất lại" not in page.get(base).text
    key = re.findall(r'data-line="([^"]+)"', page.get(base.replace("documents", "conclusion")).text)[0]
    page.post(f"{base.replace('documents', 'conclusion')}/opinions/{key}", data={"version": "9999", "wording": "Khác"})
    assert "Cuộc họp đã sửa sau khi xuất – xuất lại" in page.get(base).text
    page.post(base, data={"kind": "bien-ban", "name": "Biên bản.docx"})
    text = page.get(base).text
    assert "Cuộc họp đã sửa sau khi xuất – xuất lại" not in text
    assert "Bản trước (1)" in text
    assert len(downloads(text)) == 2


def test_the_sealed_list_and_names_are_only_for_whom_they_are(
    client: SignedIn,
    page: OfficeClient,
    base: str,
    hoa: Person,
    leader: Person,
    sqlite_store: Store,
) -> None:
    """Others neither see a trace nor get it by its number."""
    page.post(base, data={"sealed": "on"})
    page.post(base, data={"kind": "bien-ban", "named": "on"})
    with sqlite_store.read() as session:
        rows = session.scalars(select(Document).order_by(Document.id)).all()
    assert "Danh sách giữ kín" in page.get(base).text
    another, boss = client(person=hoa), client(person=leader)
    assert "Danh sách giữ kín" not in another.get(base).text
    assert "có họ tên công dân" in another.get(base).text
    assert "có họ tên công dân" not in boss.get(base).text
    for browser in (another, boss):
        for row in rows:
            allowed = browser is another and not row.confidential
            assert browser.get(f"{base}/{row.id}/download").status_code == (200 if allowed else 404)
    assert another.post(base, data={"sealed": "on"}).status_code == 404
    assert boss.post(base, data={"kind": "all"}).status_code == 403


def test_another_communes_documents_do_not_exist(
    client: SignedIn,
    page: OfficeClient,
    base: str,
    stranger: Person,
    sqlite_store: Store,
) -> None:
    """Nor under a meeting of one's own."""
    page.post(base, data={"kind": "bien-ban"})
    with sqlite_store.read() as session:
        id_ = session.scalars(select(Document.id)).one()
    browser = client(person=stranger)
    assert browser.get(base).status_code == 404
    assert browser.get(f"{base}/{id_}/download").status_code == 404
    assert page.get(f"/meetings/9999/documents/{id_}/download").status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "thu"}, {"kind": "all", "form": "x"}, {"kind": "thong-bao-ket-luan", "named": "on"}]
)
def test_what_cannot_be_made_is_refused(page: OfficeClient, base: str, sent: dict[str, str]) -> None:
    """Nothing asked, no such kind or form, names in what goes out."""
    assert page.post(base, data=sent).status_code == 422


def test_minutes_that_are_not_kept_leave_what_was_made(
    page: OfficeClient,
    base: str,
    sqlite_store: Store,
) -> None:
    """The page says why nothing new can be made."""
    page.post(base, data={"kind": "bien-ban"})
    with sqlite_store.begin() as session:
        session.execute(delete(KeptFile).where(KeptFile.kind.in_(("extract", "source"))))
    text = page.get(base).text
    assert "không còn lưu" in text
    assert len(downloads(text)) == 1
    assert "Xuất tất cả" not in text
    assert page.post(base, data={"kind": "bien-ban"}).status_code == 409
