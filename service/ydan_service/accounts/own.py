"""What people do with their own account."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ydan_service.accounts import enter, lockout, manage, passwords, sessions
from ydan_service.accounts.sessions import Started
from ydan_service.errors import Invalid, NotFound, TooMany
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, SignIn, now


def change_password(store: Store, person: Person, old: str, new: str, again: str, browser: enter.Browser) -> Started:
    """A new password, after the old one was shown; every other sign-in ends, this one gets a new token.

    :raises Invalid: the old one is wrong, or the new one is none.
    :raises TooMany: the old one was wrong too often: a browser left open is no way to guess it.
    """
    passwords.require_good(new, person.username, again)
    if new == old:
        raise Invalid("Mật khẩu mới giống mật khẩu cũ. Hãy chọn câu khác.", "password")
    attempt = lockout.begin(store, person.username, browser.address, now())
    if attempt.wait:
        raise TooMany("Đã nhập sai mật khẩu nhiều lần. Hãy chờ vài phút rồi thử lại.", attempt.wait)
    with store.read() as session:
        kept = session.scalar(select(Account.password_hash).where(Account.id == person.id))
    right = passwords.check_password(old, kept).right
    with store.begin() as session:
        if right:
            return _change(session, person, new, browser)
        audit.record(session, person, "account.password_failed", "account", person.id, failures=attempt.failures)
    raise Invalid("Mật khẩu hiện tại không đúng. Hãy nhập lại.", "current")


def end_others(store: Store, person: Person) -> int:
    """Sign out everywhere but here; says at how many places."""
    with store.begin() as session:
        ended = sessions.end_all(session, person.id, but=person.sign_in_id)
        audit.record(session, person, "account.sign_out_everywhere", "account", person.id, ended=ended)
    return ended


def end_one(store: Store, person: Person, sign_in_id: int) -> None:
    """End one of the person's own sign-ins.

    :raises NotFound: it is over, or somebody else's.
    """
    with store.begin() as session:
        mine = SignIn.id == sign_in_id, SignIn.account_id == person.id
        if session.scalar(select(SignIn.id).where(*mine)) is None:
            raise NotFound("Phiên đăng nhập này đã kết thúc. Hãy tải lại trang.")
        session.execute(delete(SignIn).where(*mine))
        audit.record(session, person, "account.sign_out", "account", person.id)


def _change(session: Session, person: Person, new: str, browser: enter.Browser) -> Started:
    account = session.get_one(Account, person.id)
    manage.set_password(session, account, new)
    lockout.succeed(session, person.username, browser.address)
    started = sessions.start(session, account.id, browser.agent, browser.old_token)
    audit.record(session, person, "account.password", "account", account.id, how="own")
    return started
