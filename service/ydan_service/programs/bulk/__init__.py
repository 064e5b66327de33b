"""Jobs: many opinions handed in at once, kept sealed in parts, answered by workers, fetched when done."""

from ydan_service.programs.bulk.figures import queue_figures

__all__ = ["queue_figures"]
