"""A look at the office with a year of invented sessions in it; everything is gone when the server stops."""

from ydan_service.demo.open import Demo, open_demo

__all__ = ["Demo", "open_demo"]
