"""Schemathesis over every route of the OpenAPI document: what is sent at random never gets a server error, and every
answer is one that the document describes. With a store, so that nothing hides behind "nothing is kept here".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from ydan.predictor import Predictor
from ydan_service.app import create_app
from ydan_service.settings import Settings
from ydan_service.store.store import Store


@schemathesis.serializer("application/x-ndjson", "text/csv", "application/octet-stream")
def as_bytes(_context: object, value: object) -> bytes:
    """Bodies that are no JSON document go as they were thought up."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


EXAMPLES = 40
"""Random requests a route, beside the document's own examples."""


@pytest.mark.heavy
def test_every_route_keeps_its_contract(predictor: Predictor, sqlite_store: Store, tmp_path: Path) -> None:
    """No status, content type, header or body that the document does not describe, and no server error but those.

    One check is left out: that every request of the right shape is accepted. A province that does not exist, or a date
    before the table begins, has the right shape and gets its 422.
    """
    app = create_app(Settings(data_dir=tmp_path, serve_pages=False), predictor, store=sqlite_store)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    broken: list[str] = []
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        tried += 1
        try:
            ask_at_random(operation)
        except BaseException as error:  # a group of failures is one
            if isinstance(error, KeyboardInterrupt):
                raise
            broken.append(f"{operation.method.upper()} {operation.path}: {error!s:.1500}")
    assert tried == sum(len(methods) for methods in app.openapi()["paths"].values())
    assert not broken, "\n\n".join(broken)


def ask_at_random(operation: Any) -> None:
    """Raises what a check of Schemathesis raises."""

    @seed(2026)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(excluded_checks=[schemathesis.checks.CHECKS.get_one("positive_data_acceptance")])

    ask()
