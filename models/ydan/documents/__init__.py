"""The official documents of a meeting, drafted from its minutes and assessments; a person confirms and signs."""

from ydan.documents.dossier import Dossier, build_dossier
from ydan.documents.item import Item
from ydan.documents.make import (
    KINDS,
    Made,
    make_documents,
    plan_documents,
    render_plan,
    write_summary_docx,
    write_summary_xlsx,
)
from ydan.documents.plain import plain_minutes
from ydan.documents.plans import Plan
from ydan.documents.ruled import LISTS, Ruled, list_of

__all__ = [
    "KINDS",
    "LISTS",
    "Dossier",
    "Item",
    "Made",
    "Plan",
    "Ruled",
    "build_dossier",
    "list_of",
    "make_documents",
    "plain_minutes",
    "plan_documents",
    "render_plan",
    "write_summary_docx",
    "write_summary_xlsx",
]
