"""The ``ydan`` command."""

from ydan.cli.main import main

__all__ = ["main"]
