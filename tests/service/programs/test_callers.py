"""Other systems: added, given keys, changed, closed; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from ydan_service.errors import Conflict, Invalid, NotFound
from ydan_service.programs import callers, keys
from ydan_service.programs.callers import Made
from ydan_service.programs.recognise import Recognition
from ydan_service.store import audit
from ydan_service.store.store import Store
from ydan_service.store.tables import SCOPES, AuditEvent, CallerKey, now

PORTAL = "Cổng dịch vụ công tỉnh"


def add(store: Store, name: str = PORTAL, scopes: tuple[str, ...] = ("jobs", "classify"), **more: object) -> Made:
    with store.begin() as session:
        return callers.add(session, None, name, scopes, **more)  # type: ignore[arg-type]


def renew(store: Store, **more: object) -> Made:
    with store.begin() as session:
        return callers.renew(session, None, PORTAL, **more)  # type: ignore[arg-type]


def works(store: Store, secret: str) -> bool:
    return Recognition(store).recognise(secret) is not None


def test_a_caller_gets_a_key_of_which_only_the_hash_is_kept(store: Store) -> None:
    """Neither the database nor the audit log holds the key."""
    made = add(store, per_minute=60)
    with store.read() as session:
        row = session.scalars(select(CallerKey)).one()
        line = session.scalars(select(AuditEvent)).one()
        assert audit.verify(session).broken is None
    assert (row.secret_hash, row.prefix) == (keys.hashed(made.secret), keys.beginning(made.secret))
    assert (line.action, line.subject, line.subject_id) == ("caller.add", "caller", str(made.caller.id))
    assert made.secret not in str(line.detail)
    assert made.secret not in repr(made)


def test_a_caller_is_recognised_with_its_scopes_in_their_order(store: Store) -> None:
    """By the whole key."""
    made = add(store, per_minute=60)
    found = Recognition(store).recognise(made.secret)
    assert found is not None
    assert (found.caller_id, found.client_id, found.name) == (made.caller.id, made.caller.client_id, PORTAL)
    assert (found.scopes, found.per_minute, found.known_as) == (
        frozenset({"classify", "jobs"}),
        60,
        str(made.caller.id),
    )
    assert made.caller.scopes == ["classify", "jobs"]
    assert not works(store, made.secret[:-1] + ("a" if made.secret[-1] != "a" else "b"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "  "}, "Tên hệ thống"),
        ({"name": "x" * 121}, "120"),
        ({"scopes": ()}, "classify, minutes"),
        ({"scopes": ("classify", "everything")}, "everything"),
        ({"per_minute": 0}, "từ 1"),
        ({"valid": timedelta(0)}, "3650"),
        ({"valid": timedelta(days=4000)}, "3650"),
    ],
)
def test_what_cannot_be_right_is_refused_with_what_may_be(
    sqlite_store: Store, wrong: dict[str, object], says: str
) -> None:
    """And nothing is kept."""
    with pytest.raises(Invalid, match=says):
        add(sqlite_store, **wrong)  # type: ignore[arg-type]
    with sqlite_store.read() as session:
        assert callers.listed(session) == []


def test_a_name_is_given_once(sqlite_store: Store) -> None:
    """However it is spaced."""
    add(sqlite_store)
    with pytest.raises(Conflict, match=PORTAL):
        add(sqlite_store, f" {PORTAL.replace(' ', '  ')} ")


def test_an_unknown_name_is_answered_with_those_that_there_are(sqlite_store: Store) -> None:
    """A person mistypes."""
    add(sqlite_store)
    with pytest.raises(NotFound, match=PORTAL), sqlite_store.read() as session:
        callers.find(session, "Cổng")


def test_an_expired_key_opens_nothing(store: Store) -> None:
    """From that moment on."""
    made = add(store, valid=timedelta(days=1))
    assert works(store, made.secret)
    with store.begin() as session:
        session.scalars(select(CallerKey)).one().expires_at = now() - timedelta(seconds=1)
    assert not works(store, made.secret)


def test_a_new_key_leaves_the_old_one_until_the_overlap_is_over(store: Store) -> None:
    """Both work meanwhile; with none the old one stops at once; one that expires sooner is not lengthened."""
    first = add(store, valid=timedelta(hours=1))
    second = renew(store, overlap=timedelta(days=7))
    assert works(store, first.secret)
    assert works(store, second.secret)
    assert second.ended == ((keys.beginning(first.secret), first.expires_at),)
    third = renew(store)
    assert works(store, second.secret)
    assert third.ended == ()
    fourth = renew(store, overlap=timedelta(0))
    assert [works(store, each.secret) for each in (first, second, third, fourth)] == [False, False, False, True]


def test_a_key_is_revoked_by_its_beginning_or_itself(store: Store) -> None:
    """Once; others of the caller go on."""
    first, second = add(store), renew(store)
    for given, other in ((keys.beginning(first.secret), first), (f" {second.secret} ", second)):
        assert works(store, other.secret)
        with store.begin() as session:
            assert callers.revoke(session, None, given).caller.name == PORTAL
        assert not works(store, other.secret)
        with pytest.raises(NotFound, match="callers list"), store.begin() as session:
            callers.revoke(session, None, given)


@pytest.mark.parametrize("given", ["", "ydan_key_", "ydan"])
def test_half_a_beginning_revokes_nothing(sqlite_store: Store, given: str) -> None:
    """Else ``revoke ydan_key_`` would close somebody."""
    add(sqlite_store)
    with pytest.raises(NotFound), sqlite_store.begin() as session:
        callers.revoke(session, None, given)


def test_a_disabled_caller_is_closed_and_can_be_opened(sqlite_store: Store) -> None:
    """All its keys; by its client id too."""
    made = add(sqlite_store)
    with sqlite_store.begin() as session:
        callers.disable(session, None, made.caller.client_id)
    assert not works(sqlite_store, made.secret)
    assert Recognition(sqlite_store).any()
    with sqlite_store.begin() as session:
        callers.enable(session, None, PORTAL)
    assert works(sqlite_store, made.secret)


def test_scopes_and_limit_can_be_changed(sqlite_store: Store) -> None:
    """Each alone; 0 is the limit of the settings."""
    made = add(sqlite_store, per_minute=60)
    with sqlite_store.begin() as session:
        assert callers.change(session, None, PORTAL, scopes=SCOPES).per_minute == 60
    with sqlite_store.begin() as session:
        callers.change(session, None, PORTAL, per_minute=0)
    found = Recognition(sqlite_store).recognise(made.secret)
    assert found is not None
    assert (found.scopes, found.per_minute) == (frozenset(SCOPES), None)


def test_the_last_use_is_written_at_most_once_a_minute(store: Store) -> None:
    """Calling is no write."""
    made = add(store)
    written = []
    for earlier in (None, 30, 90):
        with store.begin() as session:
            row = session.scalars(select(CallerKey)).one()
            if earlier is not None:
                row.used_at = now() - timedelta(seconds=earlier)
            before = row.used_at
        Recognition(store).recognise(made.secret)
        with store.read() as session:
            written.append(session.scalars(select(CallerKey)).one().used_at != before)
    assert written == [True, False, True]


def test_everything_done_to_a_caller_is_in_the_audit_log(sqlite_store: Store) -> None:
    """Without a word that opens anything."""
    made = add(sqlite_store)
    with sqlite_store.begin() as session:
        callers.renew(session, None, PORTAL, "client_secret")
        callers.change(session, None, PORTAL, per_minute=5)
        callers.revoke(session, None, made.secret)
        callers.disable(session, None, PORTAL)
        callers.disable(session, None, PORTAL)
        callers.enable(session, None, PORTAL)
    with sqlite_store.read() as session:
        lines = list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))
    assert [line.action.removeprefix("caller.") for line in lines] == [
        "add", "new_key", "change", "revoke", "disable", "enable",
    ]  # fmt: skip
    assert made.secret not in "".join(str(line.detail) for line in lines)
