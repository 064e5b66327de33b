"""How well minutes are read: opinions found, answers kept out, facts of the meeting, links and tasks."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ydan.errors import YDanError
from ydan.minutes.records import Minutes
from ydan.text import fold, lower, normalize

FIELDS = ("meeting_type", "host_level", "date", "attendance", "place", "chair", "secretary")
_MARKER = re.compile(r"^\s*(?:[-+*•–]|\(?\d{1,3}[.)/:]|[a-zđ][.)])\s*")
ALIKE = 0.8


@dataclass(slots=True)
class DocumentScore:
    """Counts for one document; ``fields`` says which facts of the meeting are right (only those that gold has)."""

    name: str
    wanted: int = 0
    said: int = 0
    exact: int = 0
    alike: int = 0
    answers: int = 0
    taken: int = 0
    links_wanted: int = 0
    links_said: int = 0
    links_right: int = 0
    answered_right: int = 0
    tasks_wanted: int = 0
    tasks_right: int = 0
    deadlines_wanted: int = 0
    deadlines_right: int = 0
    fields: dict[str, bool] = field(default_factory=dict)
    failed: str | None = None
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


def words(text: str) -> tuple[str, ...]:
    """The words that count: no leading number or bullet, no case, no punctuation, one way to place tone marks."""
    text = lower(normalize(text).text)
    return tuple(re.findall(r"\w+", _MARKER.sub("", text)))


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Words shared, as a share of both (Dice)."""
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b)) if a and b else 0.0


def score_document(name: str, gold: dict[str, Any], minutes: Minutes) -> DocumentScore:
    """Compare one document with its gold."""
    score = DocumentScore(name)
    wanted = [words(opinion["text"]) for opinion in gold["opinions"]]
    said = [words(opinion.text) for opinion in minutes.opinions]
    score.wanted, score.said = len(wanted), len(said)
    score.exact = sum((Counter(wanted) & Counter(said)).values())
    pairs = match(wanted, said)
    score.alike = len(pairs)
    starts = {words(answer)[:8] for answer in gold.get("answers", [])}
    score.answers, score.taken = len(starts), sum(one[:8] in starts for one in said)
    meeting = minutes.meeting.to_json()
    for key in FIELDS:
        if key in gold:
            score.fields[key] = _same(meeting[key], gold[key])
    found, need = set(said), set(wanted)
    score.missed = [o["text"] for o, w in zip(gold["opinions"], wanted, strict=True) if w not in found]
    score.extra = [o.text for o, w in zip(minutes.opinions, said, strict=True) if w not in need]
    score.answered_right = sum(
        minutes.opinions[said_at].answered == gold["opinions"][at]["answered"] for at, said_at in pairs.items()
    )
    if "answer_texts" in gold:
        _score_answers(score, gold, minutes, pairs)
    return score


def match(wanted: Sequence[Sequence[str]], said: Sequence[Sequence[str]]) -> dict[int, int]:
    """Wanted → said where they share at least :data:`ALIKE` of their words, each said one used once."""
    free = set(range(len(said)))
    pairs: dict[int, int] = {}
    for at in sorted(range(len(wanted)), key=lambda i: -len(wanted[i])):
        best = max(free, key=lambda i: likeness(wanted[at], said[i]), default=None)
        if best is not None and likeness(wanted[at], said[best]) >= ALIKE:
            pairs[at] = best
            free.discard(best)
    return pairs


def _score_answers(score: DocumentScore, gold: dict[str, Any], minutes: Minutes, pairs: dict[int, int]) -> None:
    """Links between answers and opinions, tasks and deadlines, over the answers that were found at all."""
    mine = [words(answer.text) for answer in minutes.answers]
    id_of = {minutes.opinions[said].id: at + 1 for at, said in pairs.items()}
    for answer in gold["answer_texts"]:
        target = words(answer["text"])
        at = max(range(len(mine)), key=lambda i: likeness(target, mine[i]), default=None)
        near = at is not None and (likeness(target, mine[at]) >= 0.5 or " ".join(target) in " ".join(mine[at]))
        wanted = set(answer["opinions"])
        said = {id_of.get(o, -1) for o in minutes.answers[at].opinions} if near and at is not None else set()
        score.links_wanted += len(wanted)
        score.links_said += len(said)
        score.links_right += len(wanted & said)
        tasks = minutes.answers[at].tasks if near and at is not None else ()
        for task in answer["tasks"]:
            score.tasks_wanted += 1
            body = set(fold(task["body"]).split())
            hit = next((t for t in tasks if 2 * len(body & set(fold(t.body).split())) >= len(body)), None)
            score.tasks_right += hit is not None
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", task["deadline"] or ""):
                score.deadlines_wanted += 1
                days = {t.deadline.isoformat() for t in tasks if t.deadline is not None}
                score.deadlines_right += task["deadline"] in days


def _same(said: object, wanted: object) -> bool:
    if wanted in ("", None):
        return said in ("", None)
    if isinstance(wanted, str) and isinstance(said, str):
        return " ".join(fold(said).split()) == " ".join(fold(wanted).split())
    return said == wanted


def evaluate_folder(folder: Path, read: Callable[[Path], Minutes]) -> list[DocumentScore]:
    """Every document of a folder beside its ``NAME.gold.json``; one that cannot be read counts as nothing found.

    :raises YDanError: no gold in the folder.
    """
    golds = sorted(folder.glob("*.gold.json"))
    if not golds:
        raise YDanError(f"Không có tệp *.gold.json nào trong {folder}. Hãy kiểm tra lại đường dẫn.")
    scores = []
    for path in golds:
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        file = next((p for p in sorted(folder.glob(name + ".*")) if not p.name.endswith(".gold.json")), None)
        try:
            if file is None:
                raise YDanError(f"Thiếu tài liệu của {path.name}.")
            scores.append(score_document(file.name, gold, read(file)))
        except YDanError as error:
            keys = {key: False for key in FIELDS if key in gold}
            scores.append(DocumentScore(name, wanted=len(gold["opinions"]), fields=keys, failed=str(error)))
    return scores


def summarize(scores: Iterable[DocumentScore]) -> dict[str, float]:
    """The figures over all documents; rates of nothing are 1."""
    scores = list(scores)
    total = Counter[str]()
    for score in scores:
        total.update({key: value for key, value in asdict(score).items() if isinstance(value, int)})
    figures = {
        "documents": float(len(scores)),
        "opinions": float(total["wanted"]),
        "exact_f1": _share(2 * total["exact"], total["wanted"] + total["said"]),
        "alike_f1": _share(2 * total["alike"], total["wanted"] + total["said"]),
        "answers_kept_out": 1 - total["taken"] / max(1, total["answers"]),
        "answered": _share(total["answered_right"], total["alike"]),
        "links_f1": _share(2 * total["links_right"], total["links_wanted"] + total["links_said"]),
        "tasks": _share(total["tasks_right"], total["tasks_wanted"]),
        "deadlines": _share(total["deadlines_right"], total["deadlines_wanted"]),
    }
    for key in FIELDS:
        told = [score.fields[key] for score in scores if key in score.fields]
        if told:
            figures[key] = sum(told) / len(told)
    return figures


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
