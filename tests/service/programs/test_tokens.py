"""Client credentials: a secret is changed for a token that works an hour, here and in every replica."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.service.programs.test_callers import PORTAL, add, renew
from ydan_service.programs import callers, keys, tokens
from ydan_service.programs.recognise import Recognition
from ydan_service.programs.tokens import Issued, Refused
from ydan_service.store.store import Store
from ydan_service.store.tables import AccessToken, CallerKey, now


def issue(store: Store, client_id: str, secret: str, *wanted: str) -> Issued:
    with store.begin() as session:
        return tokens.issue(session, client_id, secret, wanted)


@pytest.fixture
def client(the_store: Store) -> tuple[str, str]:
    """Client id and secret of a caller with the scopes classify and jobs."""
    made = add(the_store)
    return made.caller.client_id, renew(the_store, kind="client_secret").secret


def test_a_token_has_the_scopes_that_were_asked_for(store: Store, client: tuple[str, str]) -> None:
    """All of the client's where none is named; another process knows it as well; only its hash is kept."""
    every, one = issue(store, *client), issue(store, *client, "jobs")
    assert (every.scopes, one.scopes, every.seconds) == (("classify", "jobs"), ("jobs",), 3600)
    found = Recognition(store).recognise(one.token)
    assert found is not None
    assert (found.name, found.scopes) == (PORTAL, frozenset({"jobs"}))
    with store.read() as session:
        assert keys.hashed(one.token) in set(session.scalars(select(AccessToken.token_hash)))
    assert one.token not in repr(one)


def test_a_scope_that_the_client_lacks_is_refused(the_store: Store, client: tuple[str, str]) -> None:
    """With those that it has; no token is made."""
    with pytest.raises(Refused, match="classify, jobs") as refused:
        issue(the_store, *client, "classify", "metrics")
    assert refused.value.error == "invalid_scope"
    with the_store.read() as session:
        assert session.scalar(select(func.count()).select_from(AccessToken)) == 0


def test_no_token_for_anything_but_the_clients_own_secret(the_store: Store, client: tuple[str, str]) -> None:
    """Not for a key, another's secret, an expired or revoked one, a client that is closed or unknown."""
    id_, secret = client
    key, other = renew(the_store).secret, add(the_store, "Hệ thống khác")
    for client_id, given in (
        (id_, key), (id_, secret[:-1]), (id_, ""), ("", secret), (other.caller.client_id, secret), (id_, "\ud800"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            issue(the_store, client_id, given)
        assert refused.value.error == "invalid_client"
    with the_store.begin() as session:
        session.execute(update(CallerKey).where(CallerKey.kind == "client_secret").values(expires_at=now()))
    with pytest.raises(Refused):
        issue(the_store, id_, secret)


def test_a_secret_is_no_key_and_a_token_gets_no_token(the_store: Store, client: tuple[str, str]) -> None:
    """Each is good for one thing."""
    assert Recognition(the_store).recognise(client[1]) is None
    with pytest.raises(Refused):
        issue(the_store, client[0], issue(the_store, *client).token)


@pytest.mark.parametrize("closing", ["disable", "revoke"])
def test_tokens_end_with_what_they_rest_on(store: Store, client: tuple[str, str], closing: str) -> None:
    """A closed caller, a revoked client secret."""
    token = issue(store, *client).token
    with store.begin() as session:
        if closing == "disable":
            callers.disable(session, None, PORTAL)
        else:
            callers.revoke(session, None, client[1])
    assert Recognition(store).recognise(token) is None
    with pytest.raises(Refused):
        issue(store, *client)


def test_a_token_keeps_no_scope_that_the_caller_has_lost(the_store: Store, client: tuple[str, str]) -> None:
    """Its hour is not over, its rights are."""
    token = issue(the_store, *client).token
    with the_store.begin() as session:
        callers.change(session, None, PORTAL, scopes=["jobs"])
    found = Recognition(the_store).recognise(token)
    assert found is not None
    assert found.scopes == {"jobs"}


def test_expired_tokens_work_no_more_and_are_cleared_away(store: Store, client: tuple[str, str]) -> None:
    """By the next that is issued."""
    token = issue(store, *client).token
    with store.begin() as session:
        session.execute(update(AccessToken).values(expires_at=now() - timedelta(seconds=1)))
    assert Recognition(store).recognise(token) is None
    issue(store, *client)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(AccessToken)) == 1


def test_secrets_are_compared_in_constant_time(
    the_store: Store, client: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their hashes and ``hmac.compare_digest``, for a client that does not exist as well."""
    import hmac

    compared: list[tuple[str, str]] = []
    real = hmac.compare_digest

    def noting(given: str, wanted: str) -> bool:
        compared.append((given, wanted))
        return real(given, wanted)

    monkeypatch.setattr(hmac, "compare_digest", noting)
    issue(the_store, *client)
    with pytest.raises(Refused):
        issue(the_store, "client_khong_co", client[1])
    assert [given for given, _ in compared] == [keys.hashed(client[1])] * 2
