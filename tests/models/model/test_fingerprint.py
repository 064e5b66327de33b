"""The fingerprint changes whenever text is read another way."""

from __future__ import annotations

import pytest

from ydan.model import fingerprint


def test_the_same_pipeline_gives_the_same_mark() -> None:
    """Sixteen hexadecimal digits, stable."""
    first = fingerprint.text_fingerprint.__wrapped__()
    assert first == fingerprint.text_fingerprint.__wrapped__()
    assert len(first) == 16


def test_another_way_of_making_features_gives_another_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model must not meet features that it did not learn from."""
    before = fingerprint.text_fingerprint.__wrapped__()
    monkeypatch.setattr(fingerprint, "feature_keys", lambda document, hits: document.words[:1])
    assert fingerprint.text_fingerprint.__wrapped__() != before
