"""The first start: a link on the console lets one person set the office up, who then may do everything.

A one-person office is an office: the first account is administrator, secretary, leader and follow-up in one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ydan_service.accounts import communes, enter, links, manage, passwords
from ydan_service.accounts.names import require_username, require_words
from ydan_service.accounts.sessions import Started
from ydan_service.errors import Conflict, NotFound
from ydan_service.store import audit
from ydan_service.store.tables import Account, OneTimeLink

FIRST_ROLES = ("administrator", "secretary", "leader", "follow_up")


@dataclass(frozen=True, slots=True)
class First:
    """What the first page asks for: the person, and the commune of the office."""

    display_name: str
    username: str
    password: str = field(repr=False)
    again: str = field(repr=False)
    commune: str
    kind: str
    province: str = ""


def issue_link(session: Session, base_url: str) -> str:
    """A link for the first administrator, good for 24 hours and one use; an earlier one stops working.

    :raises Conflict: the office has accounts already.
    """
    if not links.nobody_yet(session):
        raise Conflict("Văn phòng đã có tài khoản. Hãy đăng nhập, hoặc dùng ydan-serve link TÊN để đặt lại mật khẩu.")
    return links.issue(session, base_url, links.FIRST)


def issue_password_link(session: Session, username: str, base_url: str) -> str:
    """A link for somebody to choose a new password, without an administrator who is signed in (from the console).

    :raises NotFound: no account has this name, or it is disabled.
    """
    account = manage.by_username(session, username)
    if account is None or account.disabled:
        raise NotFound(f"Không có tài khoản {username!r} đang dùng. Hãy kiểm tra tên ở trang Quản trị, mục Tài khoản.")
    audit.record(session, None, "account.link", "account", account.id, how="console")
    return links.issue(session, base_url, links.PASSWORD, account.id)


def set_up(session: Session, token: str, first: First, browser: enter.Browser) -> Started:
    """Make the first account and the office's commune, and sign the person in.

    :raises NotFound: the link does not hold.
    :raises Invalid: an entry cannot be right.
    """
    link = links.find(session, token)
    if link.purpose != links.FIRST:
        raise NotFound("Đường dẫn này không dùng để thiết lập văn phòng. Hãy mở lại đường dẫn đã nhận.")
    name = require_username(first.username)
    shown = require_words(first.display_name, "Họ tên", "display_name")
    passwords.require_good(first.password, name, first.again)
    links.use(session, link)
    commune = communes.add_commune(session, None, first.commune, first.kind, first.province)
    account = Account(
        username=name, display_name=shown, roles=list(FIRST_ROLES), everywhere=True,
        password_hash=passwords.hash_password(first.password),
    )  # fmt: skip
    session.add(account)
    session.flush()
    audit.record(session, enter.person_of(account), "account.first", "account", account.id, commune=commune.id)
    return enter.admit(session, account, browser, "link")


def choose_password(session: Session, token: str, password: str, again: str, browser: enter.Browser) -> Started:
    """Let an invited person choose a password; every other sign-in of the account ends.

    :raises NotFound: the link does not hold.
    :raises Invalid: the password is none.
    """
    link: OneTimeLink = links.find(session, token)
    if link.account_id is None:
        raise NotFound("Đường dẫn này không dùng để đặt mật khẩu. Hãy mở lại đường dẫn đã nhận.")
    account = session.get_one(Account, link.account_id)
    passwords.require_good(password, account.username, again)
    links.use(session, link)
    manage.set_password(session, account, password)
    audit.record(session, enter.person_of(account), "account.password", "account", account.id, how="link")
    return enter.admit(session, account, browser, "link")
