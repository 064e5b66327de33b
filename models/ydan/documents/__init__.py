"""The official documents of a meeting, drafted from its minutes and assessments; a person confirms and signs."""

from ydan.documents.dossier import Dossier, Item, build_dossier
from ydan.documents.make import KINDS, Made, make_documents, write_summary_docx, write_summary_xlsx
from ydan.documents.plain import plain_minutes

__all__ = [
    "KINDS",
    "Dossier",
    "Item",
    "Made",
    "build_dossier",
    "make_documents",
    "plain_minutes",
    "write_summary_docx",
    "write_summary_xlsx",
]
