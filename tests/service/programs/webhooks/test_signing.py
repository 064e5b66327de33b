"""Signatures are those of the Standard Webhooks scheme."""

from __future__ import annotations

import pytest

from ydan_service.programs.webhooks.signing import headers, new_secret, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, TIME, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
KNOWN = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_signature_is_the_schemes_own_example() -> None:
    """As its documentation has it."""
    assert headers(SECRET, ID, TIME, BODY)["webhook-signature"] == KNOWN


@pytest.mark.parametrize(
    ("change", "late"),
    [
        ({"webhook-id": "msg_2"}, 0),
        ({"webhook-timestamp": str(TIME + 1)}, 0),
        ({"webhook-timestamp": "soon"}, 0),
        ({"webhook-signature": "v1,AAAA"}, 0),
        ({"webhook-signature": KNOWN[3:]}, 0),
        ({}, 301),
        ({}, -301),
    ],
)
def test_what_was_changed_or_is_old_is_not_taken(change: dict[str, str], late: int) -> None:
    """One signature of several that fits is enough."""
    sent = headers(SECRET, ID, TIME, BODY)
    assert verify(SECRET, {**sent, "webhook-signature": f"v1,AAAA {KNOWN}"}, BODY, TIME)
    assert not verify(SECRET, sent | change, BODY, TIME + late)
    assert not verify(new_secret(), sent, BODY, TIME)
