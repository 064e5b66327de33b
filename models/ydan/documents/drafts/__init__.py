"""What each template says; an office may replace any of them by its own."""

from ydan.documents.drafts.letters import letter, sheet, slip
from ydan.documents.drafts.record import minutes, summary
from ydan.documents.drafts.result import board, notice

__all__ = ["board", "letter", "minutes", "notice", "sheet", "slip", "summary"]
