"""A whole meeting for a person at a terminal: what was understood, what goes up, what was said more than once."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ydan.alike import Group
from ydan.assessment import Assessment, Failure
from ydan.cli.meetings import alike_groups, secret_ids
from ydan.cli.minutes import MinutesFile
from ydan.cli.rows import URGENCY
from ydan.cli.writers import Writer
from ydan.minutes.records import Raised
from ydan.predictor import Predictor

HIDDEN = "(nội dung giữ kín)"
_ORDER = ("immediate", "soon", "with_conclusion", "periodic", None)
_HEADS = ("Ý kiến", "Nội dung", "Gửi", "Mức khẩn", "Lý do")
_SHARES = (0.34, 0.22, 0.2, 0.24)
"""What the columns behind the ids take of the width."""
_BRIEF = 90


def show_meeting(
    read: MinutesFile, answers: Sequence[Assessment | Failure], predictor: Predictor, writer: Writer, prefix: str
) -> None:
    """The meeting, every opinion, then what goes up and what is alike."""
    secret = secret_ids(read, answers)
    writer.remark(heading_of(read))
    for raised, answer in zip(read.minutes.opinions, answers, strict=True):
        writer.write(answer, prefix, said_by(raised, raised.id in secret))
    writer.remark(up_table(answers, secret, writer.width))
    texts = {raised.id: raised.text for raised in read.minutes.opinions}
    writer.remark(alike_list(alike_groups(read, answers, predictor), texts, writer.width))
    writer.remark(closing_of(answers) + "\n")


def heading_of(read: MinutesFile) -> str:
    """What was understood of the meeting, in lines."""
    meeting, day = read.minutes.meeting, read.session.date
    facts = [
        f"Ngày {day:%d/%m/%Y}",
        meeting.place or "không rõ địa điểm",
        f"có mặt {meeting.attendance or 'không rõ'}",
        f"chủ trì {meeting.chair or 'không rõ'}",
        f"{len(read.minutes.opinions)} ý kiến, {len(read.minutes.answers)} câu trả lời hoặc kết luận",
    ]
    lines = [meeting.title or "Biên bản không có tên", " · ".join(facts)]
    return "\n".join([*lines, *(f"LƯU Ý: {warning.message}" for warning in meeting.warnings)]) + "\n\n"


def said_by(raised: Raised, secret: bool) -> str:
    """Who raised it and from where; nothing of who raised what is confidential."""
    if secret:
        return "giữ kín"
    who = ", ".join(part for part in (raised.speaker, raised.address) if part) or "không ghi tên"
    return f"{who} · {'đã được trả lời' if raised.answered else 'chưa được trả lời'}"


def up_table(answers: Sequence[Assessment | Failure], secret: set[str], width: int) -> str:
    """What must go up, the most urgent first; an empty string when nothing does."""
    up = [one for one in answers if isinstance(one, Assessment) and one.escalation.required]
    if not up:
        return ""
    up.sort(key=lambda one: _ORDER.index(one.escalation.urgency))
    first = max(len(_HEADS[0]), *(len(one.id) for one in up))
    widths = [first, *(max(12, int((width - first - 8) * share)) for share in _SHARES)]
    rows = [_HEADS, *(_up_row(one, one.id in secret, 2 * widths[1] - 4) for one in up)]
    return f"PHẢI BÁO LÊN TRÊN: {len(up)} ý kiến\n" + "".join(_laid_out(row, widths) for row in rows) + "\n"


def _up_row(one: Assessment, secret: bool, brief: int) -> tuple[str, ...]:
    body = one.escalation.to_body
    return (
        one.id,
        HIDDEN if secret else textwrap.shorten(one.text, brief, placeholder=" …"),
        body.label if body is not None else "chưa rõ nơi nhận",
        URGENCY[one.escalation.urgency],
        "; ".join(reason.label for reason in one.escalation.reasons),
    )


def _laid_out(row: Sequence[str], widths: Sequence[int]) -> str:
    """A row of cells side by side, each wrapped in its own column."""
    cells = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    lines = []
    for at in range(max(map(len, cells))):
        parts = [(cell[at] if at < len(cell) else "").ljust(width) for cell, width in zip(cells, widths, strict=True)]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines) + "\n"


def alike_list(groups: Sequence[Group], texts: dict[str, str], width: int) -> str:
    """The groups of opinions that ask for the same; an empty string when there are none."""
    if not groups:
        return ""
    lines = ["Ý KIẾN GIỐNG NHAU (một câu trả lời dùng chung được; hãy xem lại trước khi gộp)"]
    for group in groups:
        ids = ", ".join(member.id for member in group.members)
        words = textwrap.shorten(texts[group.representative], _BRIEF, placeholder=" …")
        said = f"{ids} ({group.people} người, {group.places} nơi): “{words}”"
        lines.append(textwrap.fill(said, width, initial_indent="• ", subsequent_indent="  "))
    return "\n".join(lines) + "\n\n"


def closing_of(answers: Sequence[Assessment | Failure]) -> str:
    """One line: how many, what goes up, what goes sideways, what a person must look at."""
    done = [answer for answer in answers if isinstance(answer, Assessment)]
    parts = [
        f"{len(answers)} ý kiến",
        f"{sum(answer.escalation.required for answer in done)} phải báo lên trên",
        f"{sum(answer.escalation.transfer for answer in done)} chuyển ngang",
        f"{sum(bool(answer.review) for answer in done)} cần người xem lại",
    ]
    if secret := sum(answer.escalation.confidential for answer in done):
        parts.append(f"{secret} giữ kín")
    if failed := len(answers) - len(done):
        parts.append(f"{failed} không phân loại được")
    return ", ".join(parts) + "."
