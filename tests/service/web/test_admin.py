"""The administrator's pages: accounts, communes and villages, the audit log, settings."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, text

from tests.service.conftest import ACommune, APerson
from tests.service.web.conftest import OfficeClient, SignedIn
from ydan_service.accounts import lockout
from ydan_service.office import settings
from ydan_service.store import audit
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, AuditEvent, Village, now

HTML = {"Accept": "text/html"}


@pytest.fixture
def admin(client: SignedIn, a_person: APerson) -> OfficeClient:
    """An administrator of everything, beside another one who could take over."""
    a_person("administrator", everywhere=True, password_hash="x")
    return client("administrator", username="quan.tri", password_hash="x")


def roles_of(store: Store, account_id: int) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Account.roles).where(Account.id == account_id)).one())


def test_roles_and_communes_hold_from_the_next_request(
    admin: OfficeClient, client: SignedIn, a_commune: ACommune
) -> None:
    """Without signing in again."""
    one = a_commune()
    other = client("secretary", communes=[one.id])
    assert other.get("/admin/audit").status_code == 403
    found = admin.post(
        f"/admin/accounts/{other.person.id}",
        data={"display_name": "Hoa", "roles": ["auditor", "leader"], "communes": [str(one.id)]},
    )
    assert found.status_code == 303
    assert other.get("/admin/audit").status_code == 200


def test_the_link_is_shown_once(admin: OfficeClient, a_person: APerson) -> None:
    """On the answer to the button, never on the page again, nor in the audit log."""
    someone = a_person("secretary")
    page = admin.post(f"/admin/accounts/{someone.id}/link").text
    token = re.search(r"/start/([\w-]{43})", page)
    assert token is not None
    assert token[1] not in admin.get(f"/admin/accounts/{someone.id}").text
    assert token[1] not in admin.get("/admin/audit").text


def test_the_last_administrator_stays(admin: OfficeClient, the_store: Store) -> None:
    """Neither disabled nor made something less: nobody could let them in again."""
    with the_store.begin() as session:
        session.execute(text("UPDATE account SET password_hash = NULL WHERE username <> 'quan.tri'"))
    me = admin.person.id
    for data in ({"display_name": "A", "roles": ["leader"], "everywhere": "1"},
                 {"display_name": "A", "roles": ["administrator"]}):  # fmt: skip
        found = admin.post(f"/admin/accounts/{me}", data=data, headers=HTML)
        assert found.status_code == 409
        assert "quản trị cuối cùng" in found.text
    assert admin.post(f"/admin/accounts/{me}/disable").status_code == 409
    assert roles_of(the_store, me) == ["administrator"]


def test_an_administrator_of_one_commune_gives_no_more_than_that(
    client: SignedIn, a_commune: ACommune, a_person: APerson, the_store: Store
) -> None:
    """Not another commune, not all of them; and sees nobody who reaches further."""
    mine, other = a_commune("Tân Lập"), a_commune("Tân Phú")
    wide = a_person("secretary", communes=[mine.id, other.id])
    narrow = a_person("secretary", communes=[mine.id])
    admin = client("administrator", communes=[mine.id])
    page = admin.get("/admin/accounts").text
    assert narrow.username in page
    assert wide.username not in page
    for grown in ({"everywhere": "1"}, {"communes": [str(mine.id), str(other.id)]}):
        data = {"display_name": "A", "roles": ["secretary"], **grown}
        assert admin.post(f"/admin/accounts/{narrow.id}", data=data).status_code == 422
        assert admin.post("/admin/accounts", data={"username": "moi", **data}).status_code == 422
    assert admin.post("/admin/communes", data={"commune": "Tân An", "kind": "xã"}).status_code == 403
    assert admin.get("/admin/audit").status_code == 403
    assert admin.get("/admin/settings").status_code == 403


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"username": "quan.tri", "display_name": "A"}, 409, "đã có người dùng"),
        ({"username": "có dấu", "display_name": "A"}, 422, "Tên đăng nhập dài"),
        ({"username": "moi", "display_name": ""}, 422, "Họ tên còn trống"),
        ({"username": "moi", "display_name": "A", "roles": ["king"]}, 422, "Không có vai trò king"),
        ({"username": "moi", "display_name": "A", "communes": ["999"]}, 422, "không thuộc địa bàn"),
    ],
)
def test_a_wrong_account_is_refused_with_the_reason(
    admin: OfficeClient, data: dict[str, object], status: int, said: str
) -> None:
    """On the same page, with what was typed."""
    found = admin.post("/admin/accounts", data=data, headers=HTML)
    assert (found.status_code, said in found.text) == (status, True)


def test_a_locked_name_can_be_unlocked(admin: OfficeClient, a_person: APerson, the_store: Store) -> None:
    """The page says until when it has to wait, and has the button."""
    someone = a_person("secretary", username="lan")
    for _ in range(lockout.FREE_BY_NAME):
        lockout.begin(the_store, "lan", "10.0.0.1", now())
    assert "phải chờ đến" in admin.get(f"/admin/accounts/{someone.id}").text
    assert admin.post(f"/admin/accounts/{someone.id}/unlock").status_code == 303
    assert "phải chờ đến" not in admin.get(f"/admin/accounts/{someone.id}").text


def test_many_villages_are_pasted_at_once(admin: OfficeClient, a_commune: ACommune, the_store: Store) -> None:
    """One a line, households behind a semicolon or a tab; those that are there stay as they are."""
    commune = a_commune(villages=["Thôn 1"])
    pasted = "thôn 1\nThôn Đông; 120\nThôn Đoài\t1.050 hộ\n\n  Tổ dân phố 3  \nThôn Đông\n"
    assert admin.post(f"/admin/communes/{commune.id}/villages", data={"villages": pasted}).status_code == 303
    with the_store.read() as session:
        found = session.execute(select(Village.name, Village.households).order_by(Village.id)).all()
    assert [tuple(row) for row in found] == [
        ("Thôn 1", None), ("Thôn Đông", 120), ("Thôn Đoài", 1050), ("Tổ dân phố 3", None)
    ]  # fmt: skip


def test_a_village_is_renamed_or_removed(admin: OfficeClient, a_commune: ACommune, the_store: Store) -> None:
    """By its own form; a name that another one has is refused."""
    commune = a_commune(villages=["Thôn 1", "Thôn 2"])
    one, two = (f"/admin/communes/{commune.id}/villages/{village.id}" for village in commune.villages)
    assert admin.post(one, data={"name": "Thôn 2"}).status_code == 409
    assert admin.post(one, data={"name": "Thôn Đông", "households": "1.200"}).status_code == 303
    assert admin.post(one, data={"name": "Thôn Đông", "households": "nhiều"}).status_code == 422
    assert admin.post(two, data={"remove": "1"}).status_code == 303
    with the_store.read() as session:
        assert [tuple(row) for row in session.execute(select(Village.name, Village.households))] == [
            ("Thôn Đông", 1200)
        ]


def test_a_village_is_reached_through_its_own_commune_alone(admin: OfficeClient, a_commune: ACommune) -> None:
    """A number of another commune's village is none."""
    one, other = a_commune("Tân Lập", villages=["Thôn 1"]), a_commune("Tân Phú")
    url = f"/admin/communes/{other.id}/villages/{one.villages[0].id}"
    assert admin.post(url, data={"name": "x"}).status_code == 404


def test_a_communes_kind_is_no_part_of_its_name(admin: OfficeClient) -> None:
    """``phường Hải Tân`` is the ward Hải Tân; two of one name are refused."""
    data = {"commune": "Phường Hải Tân", "kind": "phường", "province": "31"}
    page = admin.get(admin.post("/admin/communes", data=data).headers["location"]).text
    assert "<h1>phường Hải Tân</h1>" in page
    assert admin.post("/admin/communes", data=data).status_code == 409


def test_settings_are_kept_and_checked(admin: OfficeClient, the_store: Store) -> None:
    """A number out of range is refused and nothing is kept; a switch that is off is not sent."""
    with the_store.read() as session:
        given = {name: str(value) for name, value in settings.read(session).items() if value is not False}
    assert admin.post("/admin/settings", data={**given, "conclusion_days": "0"}).status_code == 422
    changed = {
        **given,
        "office_name": "UBND xã Tân Lập",
        "conclusion_days": "7",
        "oidc_create": "1",
        "retention_files": "36",
    }
    assert admin.post("/admin/settings", data=changed).status_code == 303
    with the_store.read() as session:
        found = settings.read(session)
        assert settings.number(session, "conclusion_days") == 7
        events = session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action == "setting.change")).all()
    assert (found["office_name"], found["oidc_create"], found["retention_files"]) == ("UBND xã Tân Lập", True, 36)
    assert sorted(events) == ["conclusion_days", "office_name", "oidc_create", "retention_files"]
    admin.post("/admin/settings", data=given)
    with the_store.read() as session:
        assert settings.read(session)["oidc_create"] is False


def test_the_log_is_filtered_and_paged(admin: OfficeClient, client: SignedIn, the_store: Store) -> None:
    """By who, what, when; page by page, the latest first."""
    auditor = client("auditor")
    with the_store.begin() as session:
        for each in range(60):
            audit.record(session, admin.person, "meeting.upload", "meeting", each)
        audit.record(session, auditor.person, "opinion.decide", "opinion", 7, field="topic")
    page = auditor.get("/admin/audit").text
    assert page.index("Chọn nhãn</td>") < page.index("Nhập biên bản</td>")
    assert page.count("Nhập biên bản</td>") == 49
    assert auditor.get("/admin/audit?page=2").text.count("Nhập biên bản</td>") == 11
    assert auditor.get("/admin/audit?page=99&action=meeting").text.count("Nhập biên bản</td>") == 10
    assert auditor.get(f"/admin/audit?who={auditor.person.username}").text.count("Nhập biên bản</td>") == 0
    assert "Không có dòng nào" in auditor.get("/admin/audit?last=2020-01-01").text
    assert auditor.get("/admin/audit?first=2020-01-01&last=khong&page=x").status_code == 200
    assert "field: topic" in auditor.get("/admin/audit?subject=opinion&subject_id=7").text


def test_the_button_says_whether_the_log_is_whole(admin: OfficeClient, the_store: Store) -> None:
    """And from which line on it is not."""
    with the_store.begin() as session:
        for each in range(3):
            audit.record(session, admin.person, "meeting.upload", "meeting", each)
    found = admin.post("/admin/audit/verify").text
    assert "Nhật ký nguyên vẹn: 3 dòng" in found
    with the_store.begin() as session:  # as somebody would who has the file in hand
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
        for name in session.scalars(text(triggers)).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE audit_event SET username = 'ai đó' WHERE id = 2"))
    assert "đã bị sửa từ dòng 2" in admin.post("/admin/audit/verify").text


def test_a_page_is_safe_from_what_people_are_called(admin: OfficeClient, a_person: APerson) -> None:
    """Names are shown as they are, never run."""
    a_person("secretary", display_name="<script>alert(1)</script>")
    page = admin.get("/admin/accounts").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
