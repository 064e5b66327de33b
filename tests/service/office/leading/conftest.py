"""A filled store with its count by hand, for every test here."""

from __future__ import annotations

from tests.service.office.leading.hand import book

__all__ = ["book"]
