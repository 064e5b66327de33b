"""From the pages' tests: passwords that cost little."""

from tests.service.web.conftest import quick_passwords

__all__ = ["quick_passwords"]
