"""The figures of a meeting, and the sentences that leaders read them in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ydan.documents.dossier import Dossier
from ydan.documents.item import Item
from ydan.documents.status import labels
from ydan.documents.wording import count, listed, lower_first, official
from ydan.taxonomy import load_taxonomy

SMALLEST = 5
"""Denunciations of one topic are named only from this number on: fewer point at who made them."""
UNKNOWN = "Chưa phân loại được"


@dataclass(frozen=True, slots=True)
class Counts:
    """All opinions = public + hidden; each table of the public ones adds up to ``public``."""

    total: int
    public: int
    hidden: int
    topics: Mapping[str, int]
    types: Mapping[str, int]
    levels: Mapping[str, int]
    statuses: Mapping[str, int]
    frequent: tuple[tuple[str, int], ...]
    above: Mapping[str, int]
    own: int
    outside: int
    unclear: int
    hidden_topics: tuple[tuple[str, int], ...]


def count_up(dossier: Dossier) -> Counts:
    """Count a dossier; labels in the taxonomy's order, zeros left out."""
    taxonomy, public, host = load_taxonomy(), dossier.public, dossier.host_level
    judged = [item.judged for item in public if item.judged is not None]
    failed = len(public) - len(judged)
    levels = Counter(one.jurisdiction.level.id for one in judged)
    above = {id_: n for id_, n in levels.items() if taxonomy.is_above(id_, host)}
    outside, unclear = levels["external"], levels["unclear"] + failed
    matters = Counter(_subject(item) for item in public if item.judged is not None and item.topic != "other")
    frequent = [(name, n) for name, n in matters.most_common(5) if n > 1]
    secret = Counter(item.judged.topic.label for item in dossier.confidential if item.judged)
    return Counts(
        total=len(dossier.items),
        public=len(public),
        hidden=len(dossier.confidential),
        topics=_ordered((one.topic.id for one in judged), {k: v.label for k, v in taxonomy.topics.items()}, failed),
        types=_ordered((one.type.id for one in judged), {k: v.label for k, v in taxonomy.types.items()}, failed),
        levels=_ordered(levels.elements(), {k: v.label for k, v in taxonomy.levels.items()}, failed),
        statuses=_ordered((item.status.code for item in public), labels(), 0),
        frequent=tuple(frequent),
        above={official(taxonomy.level(id_).label): n for id_, n in above.items()},
        own=len(public) - sum(above.values()) - outside - unclear,
        outside=outside,
        unclear=unclear,
        hidden_topics=tuple((official(name), n) for name, n in secret.most_common() if n >= SMALLEST),
    )


def _subject(item: Item) -> str:
    judged = item.judged
    assert judged is not None
    return official(judged.matter.label if judged.matter is not None else judged.topic.label)


def _ordered(ids: Iterable[str], names: Mapping[str, str], failed: int) -> dict[str, int]:
    found = Counter(ids)
    table = {official(label): found[id_] for id_, label in names.items() if found[id_]}
    return {**table, UNKNOWN: failed} if failed else table


def sentences(dossier: Dossier, counts: Counts) -> list[str]:
    """The general part of a conclusion notice; every figure is one of ``counts``."""
    meeting = dossier.meeting
    host = official(load_taxonomy().level(dossier.host_level).label).lower()
    said = []
    if meeting.attendance:
        invited = f" trên tổng số {meeting.invited} người được mời" if meeting.invited else ""
        said.append(f"Dự Hội nghị có {count(meeting.attendance)} người{invited}.")
    said.append(
        f"Tại Hội nghị có {count(counts.total)} lượt ý kiến"
        + (f", trong đó: {_pairs(counts.types, other='ý kiến khác')}" if counts.types else "")
        + (f"; {count(counts.hidden)} nội dung xử lý theo chế độ mật" if counts.hidden else "")
        + "."
    )
    parts = [f"{count(counts.own)} ý kiến thuộc thẩm quyền {host} và cấp dưới"] if counts.own else []
    if counts.own and dossier.host_level == "commune":
        parts = [f"{count(counts.own)} ý kiến thuộc thẩm quyền cấp xã"]
    if counts.above:
        split = ", ".join(f"{count(n)} {lower_first(name)}" for name, n in counts.above.items())
        parts.append(f"{count(sum(counts.above.values()))} ý kiến vượt thẩm quyền ({split})")
    if counts.outside:
        parts.append(f"{count(counts.outside)} ý kiến thuộc cơ quan, doanh nghiệp ngoài hệ thống Ủy ban nhân dân")
    if counts.unclear:
        parts.append(f"{count(counts.unclear)} ý kiến chưa rõ thẩm quyền, cần xác minh thêm")
    if parts:
        said.append(f"Theo thẩm quyền: {listed(parts)}.")
    if counts.topics:
        said.append(
            f"Theo lĩnh vực: "
            f"{_pairs(dict(sorted(counts.topics.items(), key=lambda pair: -pair[1])), other='lĩnh vực khác')}."
        )
    if counts.frequent:
        said.append(f"Các vấn đề được nêu nhiều: {_pairs(dict(counts.frequent), 'ý kiến')}.")
    if counts.statuses:
        said.append(f"Kết quả xử lý tại Hội nghị: {_pairs(counts.statuses)}.")
    return said


def hidden_note(counts: Counts) -> str:
    """What a public document may say of confidential opinions: their number, topics only in groups of five."""
    if not counts.hidden:
        return ""
    named = "; ".join(f"{count(n)} về {lower_first(name)}" for name, n in counts.hidden_topics)
    return (
        f"Ngoài ra có {count(counts.hidden)} nội dung được tiếp nhận, xử lý theo chế độ mật"
        + (f" (trong đó {named})" if named else "")
        + ", không nêu chi tiết tại văn bản này."
    )


def _pairs(table: Mapping[str, int], unit: str = "", other: str = "") -> str:
    if unit:
        return listed(f"{lower_first(name)} ({count(n)} {unit})" for name, n in table.items())
    return listed(f"{count(n)} {other if name == 'Khác' else lower_first(name)}" for name, n in table.items())
