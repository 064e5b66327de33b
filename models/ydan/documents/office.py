"""The office libraries, imported late: reading opinions must work where they are not installed."""

from __future__ import annotations

import importlib
from typing import Any

from ydan.errors import MissingExtra

_PACKAGES = {
    "docx": "python-docx",
    "docxtpl": "docxtpl",
    "openpyxl": "openpyxl",
    "jinja2": "docxtpl",
    "lxml": "docxtpl",
}


def load(module: str) -> Any:
    """The module of that name (``docx.oxml``, ``openpyxl.styles`` …).

    :raises MissingExtra: the package is not installed; the message names the extra.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = _PACKAGES.get(module.partition(".")[0], module)
        raise MissingExtra(f'Làm văn bản cần {package}. Hãy chạy: pip install "ydan[office]"') from error
