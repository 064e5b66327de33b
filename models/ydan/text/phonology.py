"""Which strings of letters can be a Vietnamese syllable.

Vietnamese writing is almost closed: some thirty onsets times some hundred and sixty rhymes, six tones, and a
stop at the end (c, ch, p, t) only with sắc or nặng. A text whose words fit is Vietnamese; a decoding that
makes the words fit is the right one.
"""

from __future__ import annotations

from functools import cache

from ydan.text.fold import fold

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt
uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uyn uynh uyt uyu
ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yn ynh yt yêm yên yêng yêt yêu
"""
_PLAIN = "aăâeêioôơuưy"
_TONES = ("àằầèềìòồờùừỳ", "áắấéếíóốớúứý", "ảẳẩẻểỉỏổởủửỷ", "ãẵẫẽễĩõỗỡũữỹ", "ạặậẹệịọộợụựỵ")
_TONELESS = {ord(marked): plain for row in _TONES for marked, plain in zip(row, _PLAIN, strict=True)}
_STOP_TONES = frozenset(_TONES[1] + _TONES[4])
_BEFORE_Y = frozenset(("", "h", "k", "l", "m", "qu", "s", "t", "v"))


def _fits(onset: str, rhyme: str) -> bool:
    """The spelling rules between onset and rhyme: k, gh, ngh before e ê i y; c, g, ng before the others."""
    front = rhyme[0] in "eêiy"
    if onset in ("gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return rhyme[0] not in "eêy"
    if onset == "qu":
        return rhyme[0] not in "uư"
    if rhyme[0] == "y":
        return onset in _BEFORE_Y and (len(rhyme) < 3 or onset == "")
    return True


@cache
def legal_syllables() -> frozenset[str]:
    """Every legal syllable in lower case, with the letters ă â ê ô ơ ư đ and without its tone."""
    whole = {onset + rhyme for onset in ("", *_ONSETS.split()) for rhyme in _RHYMES.split() if _fits(onset, rhyme)}
    return frozenset(whole)


@cache
def legal_folded() -> frozenset[str]:
    """Every legal syllable in lower case without any diacritic, as people type on a phone."""
    return frozenset(map(fold, legal_syllables()))


def is_legal(word: str) -> bool:
    """Whether ``word`` can be one Vietnamese syllable, tone included; NFC, any case.

    >>> [is_legal(word) for word in ("đường", "Nghị", "hoà", "hòa", "bầt", "road")]
    [True, True, True, True, False, False]
    """
    word = word.lower()
    bare = word.translate(_TONELESS)
    if bare not in legal_syllables():
        return False
    tones = [mark for mark, plain in zip(word, bare, strict=True) if mark != plain]
    if bare.endswith(("c", "ch", "p", "t")):
        return len(tones) == 1 and tones[0] in _STOP_TONES
    return len(tones) <= 1
