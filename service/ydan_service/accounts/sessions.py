"""Who is signed in: kept in the database, so that it can be ended from anywhere and counts for every process."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection
from starlette.responses import Response

from ydan_service.accounts.tokens import hashed, new_token
from ydan_service.person import RIGHTS, Person
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, AccountCommune, SignIn, now

IDLE = timedelta(hours=8)
"""Without a request for so long, one signs in again: a working day."""
LONGEST = timedelta(days=7)
"""After so long one signs in again in any case."""
SEEN_EVERY = timedelta(minutes=1)
"""``seen_at`` is written no more often than this: looking at a page is no write."""


class Started(NamedTuple):
    """A new sign-in: the token for the cookie, and the token that the forms carry."""

    token: str
    csrf_token: str
    sign_in_id: int


def start(session: Session, account_id: int, agent: str = "", old_token: str | None = None) -> Started:
    """Sign an account in, always under a new token; what ``old_token`` was signed in as ends."""
    moment = now()
    session.execute(delete(SignIn).where(SignIn.expires_at <= moment))
    if old_token:
        end(session, old_token)
    token = new_token()
    row = SignIn(
        token_hash=hashed(token),
        csrf_token=new_token(),
        account_id=account_id,
        created_at=moment,
        seen_at=moment,
        expires_at=moment + LONGEST,
        agent=agent[:200],
    )
    session.add(row)
    session.flush()
    session.execute(update(Account).where(Account.id == account_id).values(last_seen_at=moment))
    return Started(token, row.csrf_token, row.id)


def find(session: Session, token: str, at: datetime) -> tuple[Person, datetime] | None:
    """Whose token this is, and when it was last seen; nobody when it is over or the account is disabled. One query."""
    rows = session.execute(
        select(SignIn.id, SignIn.csrf_token, SignIn.seen_at, Account.id.label("account_id"), Account.username,
               Account.display_name, Account.roles, Account.everywhere, Account.language, AccountCommune.commune_id)
        .join(Account, Account.id == SignIn.account_id)
        .outerjoin(AccountCommune, AccountCommune.account_id == Account.id)
        .where(SignIn.token_hash == hashed(token), SignIn.expires_at > at, SignIn.seen_at > at - IDLE)
        .where(~Account.disabled)
    ).all()  # fmt: skip
    if not rows:
        return None
    first = rows[0]
    person = Person(
        id=first.account_id,
        username=first.username,
        display_name=first.display_name,
        roles=frozenset(first.roles) & RIGHTS.keys(),
        everywhere=first.everywhere,
        communes=frozenset(row.commune_id for row in rows if row.commune_id is not None),
        language=first.language,
        sign_in_id=first.id,
        csrf_token=first.csrf_token,
    )
    return person, first.seen_at


def recognise(store: Store, token: str) -> Person | None:
    """The person of a cookie; notes that they were here, at most once a minute."""
    moment = now()
    with store.read() as session:
        found = find(session, token, moment)
    if found is None:
        return None
    person, seen_at = found
    if moment - seen_at >= SEEN_EVERY:
        _note(store, person, moment)
    return person


def end(session: Session, token: str) -> None:
    """Sign out here."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hashed(token)))


def end_all(session: Session, account_id: int, but: int | None = None) -> int:
    """Sign out everywhere, except the sign-in ``but``; says how many ended."""
    mine = select(SignIn.id).where(SignIn.account_id == account_id)
    gone = list(session.scalars(mine if but is None else mine.where(SignIn.id != but)))
    session.execute(delete(SignIn).where(SignIn.id.in_(gone)))
    return len(gone)


def of_account(session: Session, account_id: int) -> list[SignIn]:
    """Those that still hold, the latest first."""
    moment = now()
    return list(
        session.scalars(
            select(SignIn)
            .where(SignIn.account_id == account_id, SignIn.expires_at > moment, SignIn.seen_at > moment - IDLE)
            .order_by(SignIn.seen_at.desc())
        )
    )


def cookie_name(secure: bool) -> str:
    """``__Host-`` binds the cookie to this host and to https; without https browsers refuse that name."""
    return "__Host-ydan" if secure else "ydan"


def read_cookie(request: HTTPConnection, secure: bool) -> str | None:
    """The token that the browser sent."""
    return request.cookies.get(cookie_name(secure))


def set_cookie(response: Response, token: str, secure: bool) -> None:
    """Give the browser its token: out of reach of scripts, not sent along by other sites' forms."""
    response.set_cookie(
        cookie_name(secure), token, max_age=int(LONGEST.total_seconds()),
        path="/", secure=secure, httponly=True, samesite="lax",
    )  # fmt: skip


def clear_cookie(response: Response, secure: bool) -> None:
    """Take the token away again."""
    response.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="lax")


def _note(store: Store, person: Person, moment: datetime) -> None:
    """A database that is busy for once must not turn anybody away: the next request notes it."""
    try:
        with store.begin() as session:
            session.execute(update(SignIn).where(SignIn.id == person.sign_in_id).values(seen_at=moment))
            session.execute(update(Account).where(Account.id == person.id).values(last_seen_at=moment))
    except OperationalError:
        return
