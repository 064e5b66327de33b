"""Who may see the leader's figures."""

from __future__ import annotations

from tests.service.web.access import Row, roles

ROWS = [Row("GET", "/dashboard", roles("secretary", "leader", "follow_up", "auditor"))]
