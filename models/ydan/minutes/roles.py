"""What each speech is: a citizen's turn, an official's answer, or neither. Features of the chain that decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ydan.minutes.extract import Extract
from ydan.minutes.people import find_officials, is_one_of
from ydan.minutes.speeches import Speech
from ydan.minutes.words import Line
from ydan.text import fold, split

TURN, ANSWER, OTHER = "turn", "answer", "other"
ROLES = (TURN, ANSWER, OTHER)

_CLASSES = ("report_verb", "ask", "greeting", "agree", "thanks", "ordinal", "request", "official_reply")
_WORDS = 60
HEAD = 3_000
_REPLIES = re.compile(r"(?<!\w)(?:giai trinh|tra loi|giai dap|tiep thu|ket luan|lam ro|giai thich|phan hoi)(?!\w)")
_CITIZEN_TITLES = (
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "chú",
    "bác",
    "cụ",
    "em",
    "cháu",
    "ô",
    "b",
    "ong",
    "ba",
    "hộ",
    "công dân",
    "cử tri",
)


def role_features(extract: Extract, speeches: Sequence[Speech], tabled: bool) -> list[list[str]]:
    """The features of every speech, each with a look at its neighbours; ``tabled``: opinions stand in a table."""
    officials = find_officials(extract.text[:HEAD])
    own = [_own(extract, speech, officials) for speech in speeches]
    last = len(speeches) - 1
    result = []
    for at, (speech, features) in enumerate(zip(speeches, own, strict=True)):
        row = list(features)
        tenth = 10 * at // max(last, 1)
        row += [
            "bias",
            f"at={tenth}",
            f"tabled={tabled}",
            f"sec={speech.section}",
            f"sec={speech.section}|grp={speech.group is not None}",
        ]
        if at:
            row += [f"-1:{f}" for f in own[at - 1] if f[0] == "*"]
            row.append(f"-1:same_block={speeches[at - 1].block == speech.block}")
        else:
            row.append("first")
        if at < last:
            row += [f"+1:{f}" for f in own[at + 1] if f[0] == "*"]
        else:
            row.append("last")
        row += [f"sec={speech.section}|{f}" for f in features if f[0] == "*"]
        result.append(row)
    return result


def speaks_as_citizen(extract: Extract, speech: Speech, officials: frozenset[str]) -> bool:
    """Whether somebody is named who is no official, nor speaks as one."""
    intro = speech.intro
    if intro is None or speech.reply or intro.title not in _CITIZEN_TITLES or speech.words >= speech.end:
        return False
    lead = Line.of(extract.text[speech.start : speech.words])
    return not lead.finds("people", "officials") and not (intro.speaker and is_one_of(intro.speaker, officials))


def _own(extract: Extract, speech: Speech, officials: frozenset[str]) -> list[str]:
    text = extract.text[speech.start : speech.end]
    line = Line.of(extract.text[speech.words : speech.end])
    lead = Line.of(extract.text[speech.start : max(speech.words, min(speech.end, speech.start + 60))])
    found = []
    intro = speech.intro
    if speech.heading is not None:
        found.append(f"*heading={speech.heading.section}")
        found.append(f"*strong={speech.heading.strong}")
    if intro is None:
        found.append("*intro=none")
    else:
        kind = "citizen" if intro.title in _CITIZEN_TITLES else "other"
        found += [f"*intro={kind}", f"*intro:colon={intro.colon}", f"*intro:address={intro.address is not None}"]
        found.append(f"title={intro.title[:12]}")
        if intro.speaker and is_one_of(intro.speaker, officials):
            found.append("*of_the_head")
    if lead.finds("people", "officials"):
        found.append("*official")
    if speech.reply:
        found.append("*reply")
    if intro is not None and _REPLIES.search(fold(extract.text[speech.start : speech.words + 25])):
        found.append("*reply_verb")
    found.append(f"marker={_marker(text)}")
    words = [part.lower() for part in split(line.text)[1::2]]
    size = len(words)
    found.append(f"*size={'0' if not size else min(6, size.bit_length())}")
    for name in _CLASSES:
        if line.finds("classes", name):
            found.append(f"has={name}")
            if line.pattern("classes", name).match(line.low):
                found.append(f"*opens={name}")
    plain = [fold(word) for word in words[:_WORDS]]
    found += [f"w={word}" for word in dict.fromkeys(plain)]
    found += [f"b={a}_{b}" for a, b in dict.fromkeys(pairwise(plain))]
    found += [f"f{n}={word}" for n, word in enumerate(plain[:4])]
    found += [f"*ends={text.rstrip()[-1:]}" if text.rstrip()[-1:] in "?:.;" else "*ends="]
    if sum(word.isdigit() for word in words) > 4:
        found.append("numbers")
    return found


def _marker(text: str) -> str:
    head = text.lstrip()[:4]
    if not head:
        return "empty"
    if head[0].isdigit():
        return "number" + ("." if "." in head else ")" if ")" in head else "")
    if head[0] in "-–—+*•":
        return head[0]
    return "letter" if head[1:2] in ".)" else "none"
