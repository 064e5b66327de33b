"""Webhooks: callers are told when a job of theirs has ended, signed, and again until they answer."""

from ydan_service.programs.webhooks.figures import figures

__all__ = ["figures"]
