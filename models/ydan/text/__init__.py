"""What is done to a text before anything is read out of it: a verb per module, standard library only.

>>> normalize("Hòa giải").text, fold("Hoà"), [token.text for token in syllables("ĐT390")]
('Hoà giải', 'hoa', ['ĐT', '390'])
"""

from ydan.text.abbreviations import expand
from ydan.text.aligned import AlignedText, Edit
from ydan.text.fold import fold, lower
from ydan.text.language import diacritic_share, is_undiacritized, language_guess
from ydan.text.legacy import legacy_encoding
from ydan.text.mask import PersonalSpan, find_personal, mask
from ydan.text.normalize import normalize, unify_tones
from ydan.text.segment import words
from ydan.text.tokens import Token, split, syllables

__all__ = [
    "AlignedText",
    "Edit",
    "PersonalSpan",
    "Token",
    "diacritic_share",
    "expand",
    "find_personal",
    "fold",
    "is_undiacritized",
    "language_guess",
    "legacy_encoding",
    "lower",
    "mask",
    "normalize",
    "split",
    "syllables",
    "unify_tones",
    "words",
]
