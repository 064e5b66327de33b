"""What an administrator does with accounts: make them, give roles and communes, close and open them.

An administrator of some communes alone sees and gives no more than those; one who works everywhere sees all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from ydan_service.accounts import links, lockout, passwords, sessions
from ydan_service.accounts.names import clean_username, require_username, require_words
from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.tables import ROLES, Account, Commune


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account as the form says it."""

    display_name: str
    position: str = ""
    roles: Collection[str] = ()
    communes: Collection[int] = ()
    everywhere: bool = False


def by_username(session: Session, username: str) -> Account | None:
    """The account of a name."""
    return session.scalar(select(Account).where(Account.username == clean_username(username)))


def list_accounts(session: Session, by: Person) -> list[Account]:
    """Those that the administrator may manage, by name."""
    every = session.scalars(select(Account).options(selectinload(Account.communes)).order_by(Account.username))
    return [account for account in every if _manages(by, account)]


def one_account(session: Session, by: Person, account_id: int) -> Account:
    """An account to be managed.

    :raises NotFound: there is none, or it reaches further than the administrator.
    """
    found = session.scalar(select(Account).options(selectinload(Account.communes)).where(Account.id == account_id))
    if found is None or not _manages(by, found):
        raise NotFound("Không có tài khoản này trong địa bàn của anh/chị. Hãy mở lại danh sách tài khoản.")
    return found


def create_account(session: Session, by: Person, username: str, wanted: Wanted) -> Account:
    """A new account without a password; a link lets its owner choose one.

    :raises Invalid: an entry cannot be right.
    :raises Conflict: the name is taken.
    """
    name = require_username(username)
    account = Account(username=name, display_name="")
    _apply(session, by, account, wanted)
    try:
        session.add(account)
        session.flush()
    except IntegrityError as error:
        raise Conflict(f"Tên đăng nhập “{name}” đã có người dùng. Hãy chọn tên khác.") from error
    audit.record(session, by, "account.create", "account", account.id, **_said(account))
    return account


def change_account(session: Session, by: Person, account_id: int, wanted: Wanted) -> Account:
    """Another name, position, roles, communes; at work from the person's next request.

    :raises NotFound: not in scope.
    :raises Invalid: an entry cannot be right.
    :raises Conflict: nobody would be left to administer the office.
    """
    account = one_account(session, by, account_id)
    if "administrator" in account.roles and ("administrator" not in wanted.roles or _narrows(account, wanted)):
        _require_another(session, account)
    _apply(session, by, account, wanted)
    session.flush()
    audit.record(session, by, "account.change", "account", account.id, **_said(account))
    return account


def disable_account(session: Session, by: Person, account_id: int) -> None:
    """Close it: every sign-in ends at once; what the person did keeps their name.

    :raises NotFound: not in scope.
    :raises Conflict: one's own account, or the last one that administers.
    """
    account = one_account(session, by, account_id)
    if account.id == by.id:
        raise Conflict("Không thể tự khóa tài khoản của mình. Hãy nhờ một người quản trị khác.")
    if "administrator" in account.roles:
        _require_another(session, account)
    account.disabled = True
    ended = sessions.end_all(session, account.id)
    audit.record(session, by, "account.disable", "account", account.id, ended=ended)


def enable_account(session: Session, by: Person, account_id: int) -> None:
    """Open it again, with the roles and password that it had."""
    account = one_account(session, by, account_id)
    account.disabled = False
    audit.record(session, by, "account.enable", "account", account.id)


def unlock_account(session: Session, by: Person, account_id: int) -> None:
    """Forget failed sign-ins, so that nobody has to wait."""
    account = one_account(session, by, account_id)
    lockout.clear(session, account.username)
    audit.record(session, by, "account.unlock", "account", account.id)


def invite(session: Session, by: Person, account_id: int, base_url: str) -> str:
    """A one-time link to hand over, with which the person chooses a password.

    :raises NotFound: not in scope.
    :raises Conflict: the account is closed.
    """
    account = one_account(session, by, account_id)
    if account.disabled:
        raise Conflict("Tài khoản đang khóa. Hãy mở lại trước khi cấp đường dẫn.")
    audit.record(session, by, "account.link", "account", account.id)
    return links.issue(session, base_url, links.PASSWORD, account.id)


def link_oidc(session: Session, by: Person, account_id: int, issuer: str) -> None:
    """Let the account sign in by the office's provider; who that is there is fixed at the first time."""
    account = one_account(session, by, account_id)
    account.oidc_issuer, account.oidc_subject = issuer, None
    audit.record(session, by, "account.link_oidc", "account", account.id)


def unlink_oidc(session: Session, by: Person, account_id: int) -> None:
    """Let it sign in by its password alone."""
    account = one_account(session, by, account_id)
    account.oidc_issuer = account.oidc_subject = None
    audit.record(session, by, "account.unlink_oidc", "account", account.id)


def set_password(session: Session, account: Account, password: str, keep_sign_in: int | None = None) -> None:
    """Keep a new password; other sign-ins, open links and waits of the account end."""
    account.password_hash = passwords.hash_password(password)
    sessions.end_all(session, account.id, but=keep_sign_in)
    lockout.clear(session, account.username)
    links.revoke(session, account.id)
    session.flush()


def _apply(session: Session, by: Person, account: Account, wanted: Wanted) -> None:
    unknown = set(wanted.roles) - set(ROLES)
    if unknown:
        raise Invalid(f"Không có vai trò {', '.join(sorted(unknown))}. Hãy chọn trong danh sách.", "roles")
    if wanted.everywhere and not by.everywhere:
        raise Invalid("Anh/chị chỉ giao được các xã, phường của mình, không giao được toàn bộ địa bàn.", "everywhere")
    communes: Sequence[Commune] = session.scalars(select(Commune).where(Commune.id.in_(wanted.communes))).all()
    if len(communes) != len(set(wanted.communes)) or not all(by.sees(commune.id) for commune in communes):
        raise Invalid("Có xã, phường không thuộc địa bàn của anh/chị. Hãy chọn lại.", "communes")
    account.display_name = require_words(wanted.display_name, "Họ tên", "display_name")
    account.position = " ".join(wanted.position.split())[:120]
    account.roles = [role for role in ROLES if role in wanted.roles]
    account.everywhere = wanted.everywhere
    account.communes = list(communes)


def _manages(by: Person, account: Account) -> bool:
    return by.everywhere or (not account.everywhere and {commune.id for commune in account.communes} <= by.communes)


def _narrows(account: Account, wanted: Wanted) -> bool:
    return account.everywhere and not wanted.everywhere


def _require_another(session: Session, account: Account) -> None:
    """Somebody who administers everything must be left, and be able to sign in."""
    others = session.scalars(select(Account).where(Account.id != account.id, ~Account.disabled, Account.everywhere))
    if not any("administrator" in other.roles and (other.password_hash or other.oidc_issuer) for other in others):
        raise Conflict(
            "Đây là người quản trị cuối cùng của văn phòng. Hãy giao việc quản trị toàn bộ cho người khác trước."
        )


def _said(account: Account) -> dict[str, object]:
    return {
        "roles": list(account.roles),
        "everywhere": account.everywhere,
        "communes": sorted(commune.id for commune in account.communes),
    }
