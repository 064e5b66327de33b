"""What an opinion can be about: topics, matters, types, levels, escalation codes and bodies, as data."""

from ydan.taxonomy.load import load_taxonomy
from ydan.taxonomy.model import Body, BodyName, EscalationCode, Level, Matter, OpinionType, Taxonomy, Topic

__all__ = [
    "Body",
    "BodyName",
    "EscalationCode",
    "Level",
    "Matter",
    "OpinionType",
    "Taxonomy",
    "Topic",
    "load_taxonomy",
]
