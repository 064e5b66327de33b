"""The invented office: its communes and the accounts, one for every role, all with one password of this start."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.accounts import communes, passwords
from ydan_service.accounts.communes import VillageLine
from ydan_service.demo.script import Place, Script, Someone
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.tables import Account, Commune

_WORDS = ("dong", "lua", "song", "nui", "bien", "buon", "suoi", "xuan", "chieu", "nang", "sen", "tre", "cau", "lang")
_SETTER_UP = Person(0, "xem-thu", "", frozenset({"administrator"}), everywhere=True)
"""Nobody with an account: the program itself."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Usernames and names of communes with their rows' ids."""

    people: Mapping[str, Person]
    communes: Mapping[str, int]


def make_password() -> str:
    """A password that is easy to type and good enough behind the loopback address.

    >>> passwords.require_good(make_password(), "thu_ky")
    """
    return "-".join([*secrets.SystemRandom().sample(_WORDS, 4), str(secrets.randbelow(90) + 10)])


def settle(session: Session, script: Script, password: str) -> Staff:
    """Make every commune with its villages, and every account."""
    ids: dict[str, int] = {}
    for place in script.places:
        commune = communes.add_commune(session, None, place.name, place.kind, script.province)
        session.flush()
        communes.add_villages(session, _SETTER_UP, commune.id, _lines(place))
        ids[place.name] = commune.id
    hashed = passwords.hash_password(password)
    people = {one.username: _account(session, one, ids, hashed) for one in script.people}
    return Staff(people, ids)


def _account(session: Session, one: Someone, communes_: Mapping[str, int], hashed: str) -> Person:
    mine: Sequence[int] = [communes_[name] for name in one.communes]
    account = Account(
        username=one.username, display_name=one.display_name, position=one.position, roles=list(one.roles),
        everywhere=not mine, password_hash=hashed if one.signs_in else None,
        communes=list(session.scalars(select(Commune).where(Commune.id.in_(mine)))),
    )  # fmt: skip
    session.add(account)
    session.flush()
    audit.record(session, None, "account.create", "account", account.id, roles=list(one.roles))
    return Person(account.id, one.username, one.display_name, frozenset(one.roles), not mine, frozenset(mine))


def _lines(place: Place) -> list[VillageLine]:
    return [VillageLine(name, households) for name, households in place.villages.items()]
