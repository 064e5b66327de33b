"""Links that work once: to set the office up, or for somebody to choose a password."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from ydan_service.accounts.tokens import hashed, new_token
from ydan_service.errors import NotFound
from ydan_service.store.tables import Account, OneTimeLink, now

HOLDS = timedelta(hours=24)
FIRST = "first"
PASSWORD = "password"
_GONE = (
    "Đường dẫn này không còn dùng được: đã dùng, đã quá 24 giờ, hoặc có đường dẫn mới hơn. "
    "Hãy nhờ người quản trị cấp đường dẫn khác."
)


def issue(session: Session, base_url: str, purpose: str, account_id: int | None = None) -> str:
    """A new link; earlier ones for the same purpose and account stop working."""
    token, moment = new_token(), now()
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.purpose == purpose, OneTimeLink.account_id.is_not_distinct_from(account_id)
        )
    )
    session.add(
        OneTimeLink(
            token_hash=hashed(token), purpose=purpose, account_id=account_id, created_at=moment,
            expires_at=moment + HOLDS, used_at=None,
        )
    )  # fmt: skip
    session.flush()
    return f"{base_url.rstrip('/')}/start/{token}"


def find(session: Session, token: str) -> OneTimeLink:
    """The link, which still holds; looking does not use it up.

    :raises NotFound: there is none, it was used, it is too old, or its account is disabled.
    """
    link = session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now()
        )
    )
    if link is None or (link.purpose == FIRST and not nobody_yet(session)):
        raise NotFound(_GONE)
    if link.account_id is not None and session.get_one(Account, link.account_id).disabled:
        raise NotFound(_GONE)
    return link


def use(session: Session, link: OneTimeLink) -> None:
    """Use it up; of two at once one is refused.

    :raises NotFound: somebody was first.
    """
    done = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now())
        .returning(OneTimeLink.id)
    ).all()
    if not done:
        raise NotFound(_GONE)


def revoke(session: Session, account_id: int) -> None:
    """End the links of an account that nobody used."""
    session.execute(delete(OneTimeLink).where(OneTimeLink.account_id == account_id, OneTimeLink.used_at.is_(None)))


def nobody_yet(session: Session) -> bool:
    """Whether the office has no account at all."""
    return not session.scalar(select(exists(select(Account.id))))


def open_links(session: Session) -> set[int]:
    """Accounts that have a link which still holds."""
    rows = session.scalars(
        select(OneTimeLink.account_id)
        .where(OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now())
        .where(OneTimeLink.account_id.is_not(None))
    )
    return {id_ for id_ in rows if id_ is not None}
