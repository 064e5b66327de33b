"""Words that decide: phrases that name an owner, an addressee, a danger – found with their span, negation seen."""

from ydan.cues.document import Document, read
from ydan.cues.lexicon import Cue, CueHit, CueLexicon, load_cues
from ydan.cues.matcher import Hit, PhraseMatcher

__all__ = ["Cue", "CueHit", "CueLexicon", "Document", "Hit", "PhraseMatcher", "load_cues", "read"]
