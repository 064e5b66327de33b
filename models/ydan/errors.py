"""Every error that Ý Dân raises on purpose. Messages are Vietnamese: the fact, the limit, the next step.

``code`` is stable: the command line and the service show it, translated to an exit status or HTTP in one place.
"""

from __future__ import annotations


class YDanError(Exception):
    """The base of all; catch it to catch what Ý Dân reports."""

    code = "error"


class MissingExtra(YDanError, ImportError):
    """A feature needs a package that is not installed; the message names the extra."""

    code = "missing_extra"


class TaxonomyError(YDanError):
    """The taxonomy files contradict themselves, or an id is not among them."""

    code = "taxonomy"


class CompetenceError(YDanError):
    """The competence table has gaps or contradictions, or is asked for what it cannot know."""

    code = "competence"


class RuleError(YDanError):
    """A file of cues or escalation rules is wrong."""

    code = "rules"


class BundleError(YDanError):
    """A model bundle is missing, truncated, altered, or was made for another taxonomy or text pipeline."""

    code = "bundle"


class OpinionError(YDanError):
    """One opinion cannot be read; ``code`` says why. The other opinions are still answered."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ReadError(YDanError):
    """A file cannot be read; ``code`` says why where that is known (``encrypted``, ``scanned_pdf``, ...)."""

    code = "unreadable_file"

    def __init__(self, message: str, code: str = code) -> None:
        super().__init__(message)
        self.code = code


class DocumentError(YDanError):
    """A document cannot be made: a template is wrong, or something is asked for that does not exist."""

    code = "document"


class EditError(YDanError):
    """An opinion list cannot be changed as asked: no such opinion, no such place."""

    code = "edit"


class BulkError(YDanError):
    """A run over many opinions cannot go on: its workers keep dying, or its output is not what it was told."""

    code = "bulk"
