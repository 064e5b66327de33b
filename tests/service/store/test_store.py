"""Transactions: whole or not at all, queueing, and what is acknowledged stays."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.service.conftest import ACommune, APerson
from ydan_service.store.store import Store
from ydan_service.store.tables import Account, Commune


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    """Not even what was flushed."""

    class Halt(Exception):
        pass

    def broken_off() -> None:
        with store.begin() as session:
            session.add(Commune(name="Tân Lập"))
            session.flush()
            raise Halt

    with pytest.raises(Halt):
        broken_off()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Commune)) == 0


def test_what_a_reader_changes_is_thrown_away(store: Store) -> None:
    """``read`` only looks."""
    with store.read() as session:
        session.add(Commune(name="Tân Lập"))
        session.flush()
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Commune)) == 0


def test_what_was_read_stays_readable(store: Store) -> None:
    """After the session, as after a commit: functions give rows back."""
    with store.begin() as session:
        session.add(Commune(name="Tân Lập"))
    with store.read() as session:
        commune = session.scalars(select(Commune)).one()
    assert (commune.name, commune.kind) == ("Tân Lập", "xã")


def test_a_person_of_the_tests_has_an_account(store: Store, a_commune: ACommune, a_person: APerson) -> None:
    """The fixtures' own: the commune is in the scope, others are not."""
    commune = a_commune("Tân Lập", villages=["Thôn 1", "Thôn 2"])
    person = a_person("secretary", communes=[commune.id])
    assert person.sees(commune.id)
    assert not person.sees(commune.id + 1)
    with store.read() as session:
        account = session.get_one(Account, person.id)
        assert [each.name for each in account.communes] == ["Tân Lập"]
        assert [each.name for each in account.communes[0].villages] == ["Thôn 1", "Thôn 2"]
