"""From the pages' tests: the stand-in for ``base.html``, and passwords that cost little."""

from tests.service.web.conftest import _a_base, quick_passwords

__all__ = ["_a_base", "quick_passwords"]
