"""What day it is for the office; the one place of the pages that asks."""

from __future__ import annotations

from datetime import date

from ydan_service.store.tables import now
from ydan_service.web.i18n import VIETNAM


def today() -> date:
    """The day in Vietnam."""
    return now().astimezone(VIETNAM).date()
