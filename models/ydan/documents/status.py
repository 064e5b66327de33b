"""How far an opinion has come, drafted from what was answered and from the assessment; a person confirms."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

from ydan.assessment import Assessment, Failure
from ydan.cues.document import read
from ydan.documents.wording import lower_first
from ydan.taxonomy import load_taxonomy
from ydan.text import fold

UPWARD = frozenset({"beyond_competence", "policy", "beyond_budget", "cross_boundary"})
"""Reasons for which the host cannot settle the matter itself; the others are reported upward beside its own work."""
_BREAKS = re.compile(r" (?:\.|nhưng|tuy nhiên|song|riêng) ")

_BREAKS_PLAIN = re.compile(r" (?:\.|nhung|tuy nhien) ")


class Status(NamedTuple):
    """One of the seven codes; ``because`` says in words what it was taken from."""

    code: str
    label: str
    because: str


class Clause(NamedTuple):
    """Normalized words with a blank at both ends; ``plain`` when the text has no diacritics."""

    text: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases of one kind, and what switches them off in the same clause."""

    phrases: tuple[str, ...]
    cancels: tuple[str, ...] = ()

    def search(self, clauses: Sequence[Clause]) -> str | None:
        """The words of the first hit that nothing cancels."""
        for clause in clauses:
            hit = _pattern(self.phrases, clause.plain).search(clause.text)
            if hit is not None and _pattern(self.cancels, clause.plain).search(clause.text) is None:
                return hit[0].strip()
        return None


@functools.cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(resources.files("ydan.documents").joinpath("status.toml").read_text(encoding="utf-8"))


def labels() -> Mapping[str, str]:
    """Status code → Vietnamese label, in the order of the documents."""
    return dict(_rules()["labels"])


def urgencies() -> Mapping[str | None, str]:
    """Urgency → Vietnamese label; none for what does not go up."""
    return {**_rules()["urgency"], None: ""}


@functools.cache
def _cues() -> Mapping[str, Cue]:
    found = {name: Cue(tuple(raw["phrases"]), tuple(raw["cancel"])) for name, raw in _rules()["cues"].items()}
    found["suspect"] = Cue(tuple(_rules()["suspect"]["phrases"]))
    return found


@functools.cache
def _pattern(phrases: tuple[str, ...], plain: bool) -> re.Pattern[str]:
    """One pattern of all phrases, written as texts are after reading; of none, one that never matches."""
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        words = [part if part == "*" else read(part).joined.strip() for part in re.split(r" ?(\*) ?", phrase)]
        parts.append(" ".join(words).replace(" * ", " (?:[^ .]+ ){0,4}"))
    either = "|".join(parts)
    return re.compile(f" (?:{fold(either) if plain else either}) " if parts else r"(?!)")


def clauses(text: str) -> list[Clause]:
    """The clauses of a text."""
    document = read(text)
    plain = document.undiacritized
    parts = _BREAKS_PLAIN.split(document.joined_plain) if plain else _BREAKS.split(document.joined)
    return [Clause(f" {part.strip()} ", plain) for part in parts if part.strip()]


def suspicious(text: str) -> str | None:
    """The word that makes a text look like a denunciation."""
    return _cues()["suspect"].search(clauses(text))


def derive(
    assessment: Assessment | Failure, replies: Sequence[str], *, charged: bool, dated: bool, host_level: str
) -> Status:
    """The status of one opinion, with ``because``.

    ``replies`` are the answers that concern it, ``charged`` whether somebody was told to act, ``dated`` whether by
    a day. What was settled on the spot is settled; what is above the host goes up, what is outside goes sideways;
    then the words of the answers decide.
    """
    judged = assessment if isinstance(assessment, Assessment) else None
    if judged is not None and judged.type.id in ("complaint", "denunciation"):
        return _status("huong_dan_kn_tc", f"Loại ý kiến: {judged.type.label.lower()}")
    parts = [clause for reply in replies for clause in clauses(reply)]
    hit = {name: cue.search(parts) for name, cue in _cues().items()}
    if hit["settled"] and not dated and not (hit["pending"] and charged):
        return _status("da_giai_quyet", f"Trả lời có chữ “{hit['settled']}”")
    if judged is not None:
        question = judged.type.id == "question" and replies and not hit["up"] and not hit["side"]
        if question and not charged and not _reasons(judged) - {"beyond_competence"}:
            return _status("da_giai_thich", "Câu hỏi đã được trả lời tại hội nghị")
        found = _away(judged, hit, at_work=charged or bool(hit["pending"]), host_level=host_level)
        if found is not None:
            return found
    if hit["up"]:
        return _status("kien_nghi_cap_tren", f"Trả lời có chữ “{hit['up']}”")
    if hit["side"]:
        return _status("chuyen_co_quan_khac", f"Trả lời có chữ “{hit['side']}”")
    if charged:
        return _status("dang_giai_quyet", "Biên bản ghi việc giao cho đơn vị thực hiện")
    if hit["pending"] and not (hit["explained"] and hit["pending"] in ("tiếp thu", "ghi nhận")):
        return _status("dang_giai_quyet", f"Trả lời có chữ “{hit['pending']}”")
    if replies:
        word = hit["explained"]
        because = f"Trả lời có chữ “{word}”" if word else "Có trả lời, không có chữ nào cho thấy còn việc phải làm"
        return _status("da_giai_thich", because)
    if judged is not None and judged.type.id == "other" and judged.topic.id == "other":
        return Status("da_giai_thich", "Ghi nhận", "Không nêu việc gì phải giải quyết")
    return _status("chua_tra_loi", "Biên bản không có câu trả lời nào nói tới ý kiến này")


def _away(judged: Assessment, hit: Mapping[str, str | None], *, at_work: bool, host_level: str) -> Status | None:
    """Up or sideways, by the assessment."""
    level = judged.jurisdiction.level
    if load_taxonomy().is_above(level.id, host_level):
        return _status("kien_nghi_cap_tren", f"Thẩm quyền {lower_first(level.label)}: {judged.jurisdiction.basis}")
    if judged.escalation.transfer or level.id == "external":
        return _status("chuyen_co_quan_khac", f"Thuộc {judged.jurisdiction.body.label}")
    reasons = _reasons(judged)
    if judged.escalation.required and (reasons & UPWARD or not at_work):
        names = "; ".join(reason.label for reason in judged.escalation.reasons)
        return _status("kien_nghi_cap_tren", f"Phải báo lên trên: {names}")
    return None


def _reasons(judged: Assessment) -> set[str]:
    return {reason.code for reason in judged.escalation.reasons}


def _status(code: str, because: str) -> Status:
    return Status(code, labels()[code], because)
