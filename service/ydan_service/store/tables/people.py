"""Communes and the people who work for them: accounts, what each may see, who is signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ydan_service.store.tables.base import Base, now

ROLES = ("secretary", "leader", "follow_up", "auditor", "administrator")
COMMUNE_KINDS = ("xã", "phường", "đặc khu", "thị trấn")


class Commune(Base):
    """A commune, ward or special zone whose meetings are kept here; ``province`` is a code of ``ydan.competence``."""

    __tablename__ = "commune"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="xã")
    province: Mapped[str | None]
    villages: Mapped[list[Village]] = relationship(back_populates="commune", order_by="Village.name")


class Village(Base):
    """A thôn or tổ dân phố: the leader's page names those that nobody spoke for."""

    __tablename__ = "village"
    __table_args__ = (UniqueConstraint("commune_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("commune.id"))
    name: Mapped[str]
    households: Mapped[int | None]
    commune: Mapped[Commune] = relationship(back_populates="villages")


class Account(Base):
    """Somebody who signs in: by password, by the office's OpenID Connect, or both.

    ``roles`` are of :data:`ROLES`; one person may have several. ``everywhere`` gives all communes; otherwise those of
    :class:`AccountCommune`.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    roles: Mapped[list[Any]] = mapped_column(default=list)
    everywhere: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="vi")
    password_hash: Mapped[str | None]
    oidc_issuer: Mapped[str | None]
    oidc_subject: Mapped[str | None]
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime | None]
    communes: Mapped[list[Commune]] = relationship(secondary="account_commune", order_by="Commune.name")


class AccountCommune(Base):
    """A commune that an account may see."""

    __tablename__ = "account_commune"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("commune.id", ondelete="CASCADE"), primary_key=True)


class SignIn(Base):
    """A session in the server's keeping: the cookie holds a random token, here is only its hash.

    ``agent`` is the browser as it names itself, so that people find their own in the list.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    csrf_token: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    agent: Mapped[str] = mapped_column(default="")
    account: Mapped[Account] = relationship()


class OneTimeLink(Base):
    """A link that works once: the first administrator's, or an invitation to choose a password."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Base):
    """Failed sign-ins under one name or from one address; ``key`` is a hash, also of names that no account has."""

    __tablename__ = "sign_in_failure"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=now, index=True)
    locked_until: Mapped[datetime | None]


class OidcRequest(Base):
    """Somebody who was sent to the OpenID Connect provider and is not back yet; gone once they are."""

    __tablename__ = "oidc_request"

    state_hash: Mapped[str] = mapped_column(primary_key=True)
    browser_hash: Mapped[str]
    nonce: Mapped[str]
    verifier: Mapped[str]
    next: Mapped[str] = mapped_column(default="/")
    expires_at: Mapped[datetime] = mapped_column(index=True)
