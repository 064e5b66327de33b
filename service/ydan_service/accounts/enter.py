"""Signing in with a name and a password."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ydan_service.accounts import lockout, passwords, sessions
from ydan_service.accounts.names import clean_username
from ydan_service.accounts.sessions import Started
from ydan_service.errors import NotSignedIn, TooMany
from ydan_service.person import RIGHTS, Person
from ydan_service.store import audit
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, now

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


@dataclass(frozen=True, slots=True)
class Browser:
    """Who asks: the address, the browser as it names itself, and the token it was signed in with before."""

    address: str
    agent: str = ""
    old_token: str | None = field(default=None, repr=False)


def sign_in(store: Store, username: str, password: str, browser: Browser) -> Started:
    """Start a session.

    Whether the name is unknown, has no password, is disabled or the password is wrong, the answer and the work are
    the same. No transaction is open while the password is being checked: that takes a tenth of a second.

    :raises NotSignedIn: name and password do not fit.
    :raises TooMany: so many failures that one has to wait.
    """
    name = clean_username(username)
    attempt = lockout.begin(store, name, browser.address, now())
    if attempt.wait:
        raise _wait(attempt.wait)
    with store.read() as session:
        found = session.execute(
            select(Account.id, Account.password_hash, Account.disabled).where(Account.username == name)
        ).first()
    usable = found is not None and not found.disabled
    checked = passwords.check_password(password, found.password_hash if found is not None and usable else None)
    with store.begin() as session:
        account = session.get(Account, found.id) if found is not None else None
        if account is None or account.disabled or not checked.right:
            _fail(session, account, attempt)
            waiting = lockout.locked_until(session, name, now())
        else:
            if checked.rehashed is not None:
                session.execute(update(Account).where(Account.id == account.id).values(password_hash=checked.rehashed))
            lockout.succeed(session, name, browser.address)
            return admit(session, account, browser, "password")
    if waiting is not None:
        raise _wait(int((waiting - now()).total_seconds()) + 1)
    raise NotSignedIn(f"{WRONG} Hãy nhập lại; nếu quên mật khẩu, nhờ người quản trị cấp đường dẫn đặt lại.")


def admit(session: Session, account: Account, browser: Browser, how: str) -> Started:
    """Start a session for somebody who has shown who they are; ``how``: ``password``, ``link``, ``oidc``."""
    started = sessions.start(session, account.id, browser.agent, browser.old_token)
    audit.record(session, person_of(account), "account.sign_in", "account", account.id, how=how)
    return started


def person_of(account: Account) -> Person:
    """The account as the audit log names it."""
    return Person(account.id, account.username, account.display_name, frozenset(account.roles) & RIGHTS.keys())


def _fail(session: Session, account: Account | None, attempt: lockout.Attempt) -> None:
    """Say so in the audit log. A name that no account has is not kept: it may be a password in the wrong box."""
    known: object = "unknown" if account is None else account.id
    audit.record(session, None, "account.sign_in_failed", "account", known, failures=attempt.failures)
    if attempt.locks:
        audit.record(session, None, "account.locked", "account", known, failures=attempt.failures)


def _wait(seconds: int) -> TooMany:
    shown = f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"
    return TooMany(
        f"{WRONG} Đã sai nhiều lần nên phải chờ {shown} rồi mới thử lại được. Người quản trị có thể mở khóa sớm hơn.",
        seconds,
    )
