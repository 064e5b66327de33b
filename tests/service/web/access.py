"""Who may use which route: one row a route. Others add theirs in ``access_<area>.py`` beside this file, as ``ROWS``.

``{account}``, ``{commune}``, ``{village}`` and the like in a path are filled from the test's ``world`` (see
``test_access.py``); an area that needs more adds a fixture's worth to its module's ``world(session, commune_id)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

import tests.service.web as here
from ydan_service.store.tables import ROLES

ANYBODY = frozenset({"nobody", "no role", *ROLES})
"""Also those who are not signed in."""
SIGNED_IN = ANYBODY - {"nobody"}


@dataclass(frozen=True)
class Row:
    """``path`` is the route's pattern; ``who`` are the roles that are let in; ``url`` what is asked, if other.

    ``data`` is a form (``json`` a body of JSON). A route ``only_in_scope`` is hidden (404) from the same roles of
    another commune; one of the ``whole`` office asks for somebody who works for all communes.
    """

    method: str
    path: str
    who: frozenset[str]
    data: Mapping[str, object] = field(default_factory=dict)
    json: object = None
    url: str = ""
    only_in_scope: bool = False
    whole: bool = False

    @property
    def id(self) -> str:
        """As the test is called."""
        return f"{self.method} {self.path}"


def roles(*names: str) -> frozenset[str]:
    """Those with one of these roles; a slip of the pen is an error."""
    assert set(names) <= set(ROLES)
    return frozenset(names)


_ADMIN = roles("administrator")
_AUDIT = roles("administrator", "auditor")
ROWS = [
    Row("GET", "/sign-in", ANYBODY),
    Row("POST", "/sign-in", ANYBODY, {"username": "", "password": ""}),
    Row("POST", "/sign-out", SIGNED_IN),
    Row("GET", "/start/{token}", ANYBODY, url="/start/{link}"),
    Row("POST", "/start/{token}", ANYBODY, url="/start/{link}"),
    Row("GET", "/oidc/login", ANYBODY),
    Row("GET", "/oidc/callback", ANYBODY),
    Row("GET", "/account", SIGNED_IN),
    Row("POST", "/account/password", SIGNED_IN),
    Row("POST", "/account/language", SIGNED_IN, {"language": "vi"}),
    Row("POST", "/account/sign-out-everywhere", SIGNED_IN),
    Row("POST", "/account/sign-ins/{sign_in_id}/end", SIGNED_IN, url="/account/sign-ins/999/end"),
    Row("GET", "/admin/accounts", _ADMIN),
    Row("POST", "/admin/accounts", _ADMIN),
    Row("GET", "/admin/accounts/{account_id}", _ADMIN, url="/admin/accounts/{account}", only_in_scope=True),
    Row("POST", "/admin/accounts/{account_id}", _ADMIN, url="/admin/accounts/{account}", only_in_scope=True),
    Row("POST", "/admin/accounts/{account_id}/link", _ADMIN, url="/admin/accounts/{account}/link", only_in_scope=True),
    Row("POST", "/admin/accounts/{account_id}/{what}", _ADMIN, url="/admin/accounts/{account}/unlock",
        only_in_scope=True),
    Row("GET", "/admin/communes", _ADMIN),
    Row("POST", "/admin/communes", _ADMIN, whole=True),
    Row("GET", "/admin/communes/{commune_id}", _ADMIN, url="/admin/communes/{commune}", only_in_scope=True),
    Row("POST", "/admin/communes/{commune_id}", _ADMIN, url="/admin/communes/{commune}", only_in_scope=True),
    Row("POST", "/admin/communes/{commune_id}/villages", _ADMIN, {"villages": "Thôn 9"},
        url="/admin/communes/{commune}/villages", only_in_scope=True),
    Row("POST", "/admin/communes/{commune_id}/villages/{village_id}", _ADMIN, {"name": "Thôn 1"},
        url="/admin/communes/{commune}/villages/{village}", only_in_scope=True),
    Row("GET", "/admin/audit", _AUDIT, whole=True),
    Row("POST", "/admin/audit/verify", _AUDIT, whole=True),
    Row("GET", "/admin/settings", _ADMIN, whole=True),
    Row("POST", "/admin/settings", _ADMIN, whole=True),
]  # fmt: skip
_AREAS = [import_module(f"{here.__name__}.{m.name}") for m in iter_modules(here.__path__) if m.name[:7] == "access_"]
TABLE = [*ROWS, *(row for area in _AREAS for row in area.ROWS)]
WORLDS = [area.world for area in _AREAS if hasattr(area, "world")]
FOR_PROGRAMS = frozenset({"/v1/", "/v2", "/open311/", "/.well-known/", "/health/", "/metrics", "/openapi.json"})
"""Routes that a key guards: their table is ``tests/service/test_security.py``."""
