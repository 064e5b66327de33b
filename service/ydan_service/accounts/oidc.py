"""Signing in by the office's OpenID Connect: sent out with a state, a nonce and a verifier that work once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ydan_service.accounts import enter, lockout
from ydan_service.accounts.names import clean_username, require_username, require_words
from ydan_service.accounts.provider import OidcError, Provider, provider_of
from ydan_service.accounts.sessions import Started
from ydan_service.accounts.tokens import hashed, new_token, same
from ydan_service.errors import Forbidden, Invalid, NotFound
from ydan_service.settings import Settings
from ydan_service.store import audit
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, OidcRequest, now

HOLDS = timedelta(minutes=10)
"""Time to sign in at the provider."""


class Sent(NamedTuple):
    """Where the browser goes, and the token that its cookie carries meanwhile."""

    url: str
    browser_token: str


class Returned(NamedTuple):
    """Signed in; ``next`` is the page that was wanted."""

    started: Started
    next: str


def provider_here(settings: Settings) -> Provider:
    """The office's provider.

    :raises NotFound: the office has none.
    """
    if settings.oidc_issuer is None or settings.oidc_client_id is None:
        raise NotFound("Văn phòng này không dùng tài khoản cơ quan. Hãy đăng nhập bằng tên và mật khẩu.")
    return provider_of(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)


def send(store: Store, settings: Settings, next_page: str) -> Sent:
    """Begin a sign-in; it holds for ten minutes and for the browser that began it."""
    provider = provider_here(settings)
    state, browser, nonce, verifier = (new_token() for _ in range(4))
    url = provider.authorization_url(callback_url(settings), state, nonce, verifier)
    with store.begin() as session:
        session.execute(delete(OidcRequest).where(OidcRequest.expires_at <= now()))
        session.add(
            OidcRequest(
                state_hash=hashed(state), browser_hash=hashed(browser), nonce=nonce, verifier=verifier,
                next=next_page, expires_at=now() + HOLDS,
            )
        )  # fmt: skip
    return Sent(url, browser)


def receive(
    store: Store, settings: Settings, query: Mapping[str, str], browser_token: str, browser: enter.Browser, create: bool
) -> Returned:
    """End a sign-in: the state is used up first, then the code exchanged, then the account found.

    :raises Forbidden: a state that is unknown, used, too old or another browser's; nobody here by that name.
    :raises OidcError: the provider refused, or its token is not right.
    """
    provider = provider_here(settings)
    asked = _take(store, query.get("state", ""), browser_token)
    if "error" in query:
        raise Forbidden("Máy chủ đăng nhập không cho vào, hoặc anh/chị đã bấm hủy. Hãy thử lại.")
    issuer = str(provider.metadata()["issuer"])
    if query.get("iss", issuer) != issuer:  # RFC 9207: another provider's answer
        raise Forbidden("Trả lời đến từ máy chủ đăng nhập khác. Hãy đăng nhập lại từ trang Ý Dân.")
    claims = provider.identify(callback_url(settings), query.get("code", ""), asked.nonce, asked.verifier)
    with store.begin() as session:
        account = find_account(session, issuer.rstrip("/"), claims, create=create)
        refused = account is None or account.disabled
        if account is None or refused:
            audit.record(session, None, "account.sign_in_failed", "account", account.id if account else "unknown",
                         how="oidc")  # fmt: skip
        else:
            lockout.clear(session, account.username)
            return Returned(enter.admit(session, account, browser, "oidc"), asked.next)
    raise Forbidden(
        "Tài khoản cơ quan của anh/chị chưa được dùng Ý Dân, hoặc đã bị khóa. Hãy nhờ người quản trị cho phép."
    )


def find_account(session: Session, issuer: str, claims: Mapping[str, Any], *, create: bool = False) -> Account | None:
    """Whose identity this is: by issuer and subject; else an account that the administrator has opened to it.

    That is one whose name is the ``preferred_username`` or the verified ``email``; from then on the subject counts,
    so that a name which the provider gives to somebody else later opens nothing. With ``create`` somebody unknown
    gets an account without any role.
    """
    subject = str(claims["sub"])
    account = session.scalar(select(Account).where(Account.oidc_issuer == issuer, Account.oidc_subject == subject))
    if account is not None:
        return account
    names = _names(claims)
    account = session.scalar(
        select(Account)
        .where(Account.username.in_(names), Account.oidc_issuer == issuer, Account.oidc_subject.is_(None))
        .order_by(Account.id)
        .with_for_update()
    )
    if account is None and create:
        account = _created(session, issuer, names, claims)
    if account is not None and not account.disabled:
        account.oidc_subject = subject
        session.flush()
        audit.record(session, None, "account.oidc_first", "account", account.id)
    return account


def callback_url(settings: Settings) -> str:
    """What must be registered at the provider."""
    return f"{settings.base_url}/oidc/callback"


def cookie_name(secure: bool) -> str:
    """The cookie between leaving and coming back."""
    return "__Host-ydan-oidc" if secure else "ydan-oidc"


def _take(store: Store, state: str, browser_token: str) -> OidcRequest:
    """Use the state up, whatever comes of it."""
    with store.begin() as session:
        asked = session.scalar(select(OidcRequest).where(OidcRequest.state_hash == hashed(state)).with_for_update())
        if asked is not None:
            session.delete(asked)
    if asked is None or asked.expires_at <= now() or not same(hashed(browser_token), asked.browser_hash):
        raise Forbidden("Lần đăng nhập này đã dùng rồi, đã quá 10 phút, hoặc bắt đầu ở trình duyệt khác. Hãy thử lại.")
    return asked


def _names(claims: Mapping[str, Any]) -> list[str]:
    names = [claims.get("preferred_username"), claims.get("email") if claims.get("email_verified") is True else None]
    return [clean_username(name) for name in names if isinstance(name, str) and clean_username(name)]


def _created(session: Session, issuer: str, names: list[str], claims: Mapping[str, Any]) -> Account | None:
    """A new account without a role, unless the name is none or another's."""
    try:
        username = require_username(names[0] if names else "")
        shown = require_words(str(claims.get("name") or username)[:120], "Họ tên", "display_name")
    except Invalid:
        return None
    if session.scalar(select(Account.id).where(Account.username == username)) is not None:
        return None
    account = Account(username=username, display_name=shown, roles=[], oidc_issuer=issuer)
    session.add(account)
    session.flush()
    audit.record(session, None, "account.create", "account", account.id, how="oidc")
    return account


__all__ = ["OidcError", "Returned", "Sent", "callback_url", "cookie_name", "find_account", "receive", "send"]
