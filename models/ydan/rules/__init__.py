"""Rules as data: the words that decide jurisdiction, negation, and the escalation rules with their law."""

from ydan.rules.escalation import ADDRESSEES, URGENCIES, EscalationRule, load_rules
from ydan.rules.words import LevelCue, Negation, load_level_cues, load_negation

__all__ = [
    "ADDRESSEES",
    "URGENCIES",
    "EscalationRule",
    "LevelCue",
    "Negation",
    "load_level_cues",
    "load_negation",
    "load_rules",
]
