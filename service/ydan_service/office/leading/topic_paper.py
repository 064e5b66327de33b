"""The summary of a topic as a Word document, in the house's type and margins: what a leader takes into a meeting."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from ydan.documents import heads
from ydan.documents.layout import BOTH, CENTER, LEFT, Layout
from ydan.documents.status import labels as status_labels
from ydan.documents.wording import clean, lower_first, official
from ydan.taxonomy import load_taxonomy
from ydan_service.office.leading.listing import Line
from ydan_service.office.leading.narrowing import NONE
from ydan_service.office.leading.sentence import VIETNAMESE, Sentence, counts, name_of, plain, thresholds, weights
from ydan_service.office.leading.topic_summary import Summary

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COLUMNS = (("TT", 11), ("Việc", 76), ("Số lượt", 18), ("Tỷ lệ", 17), ("Số thôn", 17), ("Chưa xong", 20))
_SIZE = 12


def write_paper(summary: Summary, *, office: str, place: str, period: str, today: date) -> bytes:
    """The document. ``office`` heads it, ``place`` and ``period`` say what it is about; words are covered ones."""
    paper = Layout("state")
    _head(paper, office, today)
    about = f"về lĩnh vực {official(name_of(summary.topic))}" if summary.topic != NONE else "chưa phân loại được"
    heads.title(paper, "TÓM TẮT Ý KIẾN CỦA NHÂN DÂN", _safe(about), _safe(f"{place}, {period}"))
    _section(paper, "1. Số liệu", counts(summary))
    if summary.count:
        _section(paper, "2. Nội dung chính", weights(summary))
        _matters(paper, summary)
        paper.body("3. Ý kiến tiêu biểu", keep=True, bold=True)
        for line in summary.representatives:
            _quote(paper, line)
    paper.say("", size=6)
    for note in _notes(summary):
        paper.say(_safe(note), align=BOTH, size=11, italic=True, before=2)
    kept = io.BytesIO()
    paper.document.core_properties.title = f"Tóm tắt ý kiến: {clean(name_of(summary.topic))}"
    paper.document.core_properties.author = clean(office)
    paper.document.save(kept)
    return kept.getvalue()


def cite(line: Line) -> str:
    """Where an opinion was said: its number in the office's books, session, day, commune and village.

    No name and no number of a person: those are not known here.
    """
    title = lower_first(line.meeting_title) if line.meeting_title else "hội nghị không tên"
    day = f" ngày {line.held_on:%d/%m/%Y}" if line.held_on else ""
    where = ", ".join(part for part in (line.village or line.place, line.commune) if part)
    return clean(f"Ý kiến mã {line.id}, {title}{day}, {where}")


def _head(paper: Layout, office: str, today: date) -> None:
    table = paper.columns([80, 85])
    one, two = table.cell(0, 0), table.cell(0, 1)
    paper.say(_safe(office).upper(), to=one, align=CENTER, size=13, bold=True)
    paper.rule(one, 24, 76)
    paper.say(f"Số liệu đến ngày {today:%d/%m/%Y}", to=two, align=CENTER, size=13, italic=True)
    paper.say("Tài liệu tham khảo nội bộ", to=two, align=CENTER, size=12, italic=True)


def _section(paper: Layout, title: str, sentences: Sequence[Sentence]) -> None:
    paper.body(title, keep=True, bold=True)
    for sentence in sentences:
        paper.body(_safe(official(plain(sentence))))


def _matters(paper: Layout, summary: Summary) -> None:
    paper.say("", size=4, keep=True)
    table = paper.grid([head for head, _width in _COLUMNS], [width for _head, width in _COLUMNS], _SIZE)
    matters = load_taxonomy().matters
    for at, matter in enumerate(summary.matters, 1):
        name = "Chưa xếp được vào việc nào" if matter.id == NONE else official(matters[matter.id].label)
        number, share = VIETNAMESE.number, VIETNAMESE.share
        row = [
            str(at),
            _safe(name),
            number(matter.count),
            share(matter.share),
            number(matter.villages),
            number(matter.open),
        ]
        paper.grid_row(table, row, _SIZE, centered=(0, 2, 3, 4, 5))
    total = ["", "Cộng", VIETNAMESE.number(summary.count), "100%", VIETNAMESE.number(summary.villages)]
    paper.grid_row(table, [*total, VIETNAMESE.number(summary.open)], _SIZE, centered=(0, 2, 3, 4, 5))
    paper.say("", size=4)


def _quote(paper: Layout, line: Line) -> None:
    paper.body(f"“{_safe(line.text)}”", italic=True, keep=True)
    status = lower_first(status_labels().get(line.status, line.status))
    paper.say(_safe(f"({cite(line)}; {status}.)"), align=LEFT, size=_SIZE, indent=10, after=4)


def _notes(summary: Summary) -> list[str]:
    found = ["Lời nêu trên đã che tên người, số điện thoại, số giấy tờ. " + thresholds()]
    if summary.unreviewed:
        count = VIETNAMESE.number(summary.unreviewed)
        found.append(f"{count} ý kiến chưa được cán bộ soát: lĩnh vực, việc của những ý kiến này do máy gợi ý.")
    if summary.hidden:
        count = VIETNAMESE.number(summary.hidden)
        found.append(f"Chưa kể {count} ý kiến giữ kín (mọi lĩnh vực) của các hội nghị này.")
    return found


def _safe(text: str) -> str:
    """Fit for a paragraph of :class:`Layout`, which takes two asterisks for bold."""
    return clean(text).replace("**", "* *")
