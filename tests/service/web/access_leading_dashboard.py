"""Who may see the leader's figures."""

from __future__ import annotations

from tests.service.web.access import Row, roles

_WHO = roles("secretary", "leader", "follow_up", "auditor")
ROWS = [Row("GET", "/dashboard", _WHO), Row("GET", "/dashboard/trend", _WHO)]
