"""Who is to do what by when, out of an answer's or a conclusion's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ydan.minutes.dates import find_deadline
from ydan.minutes.records import Task
from ydan.text import fold

_BODY = (
    r"(?:(?:cac |tap the |lanh dao |dai dien )?(?:phong|ban|cong an|quan su|ubnd|uy ban|tram|htx|hop tac xa|cong chuc|can bo|dong chi|d/c|ong|ba|anh|chi|co|truong thon|truong ap|truong ban|"
    r"to truong|van phong|hoi|doan|truong|to|dien luc|cong ty|xi nghiep|ke toan|dia chinh|thon|chi nhanh|trung tam|doi|mttq|mat tran|bo phan|hieu truong|chi bo|ubmttq|uy ban mttq|"
    r"cap uy|so|huyen|xa|phuong|nha thau|don vi|chu dau tu|benh vien|hat|buu dien|vien thong|bao hiem|bhxh|thuy nong|bql|hdnd|dang uy|tu phap|van hoa|chu tich|pho chu tich|khu pho|ap|khom|tdp|thanh tra|chi cuc|ngan hang|toa an)(?!\w))"
)
_VERB = (
    r"(?:kiem tra|ra soat|phoi hop|chu tri|tham muu|lap|bao cao|lam viec|xu ly|giai quyet|hoan thanh|sua|khac phuc|huong dan|tra loi|to chuc|xay dung|thuc hien|don doc|nao vet|"
    r"xac minh|tiep tuc|khan truong|cu|bo tri|huy dong|khao sat|thong bao|dan|tuyen truyen|cung|dung|nghien cuu|tong hop|trinh|kien nghi|giam sat|niem yet|cong khai|ban giao|lap dat|thay|don|thu gom|"
    r"cap|chi tra|tang cuong|theo doi|gui|soan|chuan bi|len|xuong|ky|ban|moi|day|som|co trach nhiem|chiu trach nhiem|se|phai|cam ket|hua|tham dinh|do dac|cam moc|ra quan|mo|nhac|doi thoai|hop|can|lo|cho|de xuat|tap trung|vao cuoc|quan ly|xem xet|giai thich|san lap|dao|do|lam|dua)"
)
_CHARGED = re.compile(
    rf"(?<!\w)(?:giao|yeu cau|phan cong|chi dao|de nghi|uy quyen|giao cho|giao trach nhiem cho)\s+(?:cho\s+|luon\s+)?(?P<body>{_BODY}[^.;:\n]{{0,90}}?)(?=\s*,?\s+{_VERB}(?!\w))"
)
_SUBJECT = re.compile(rf"(?:^|(?<=[.;:\n–-])|(?<=, ))\s*(?P<body>{_BODY}[^.;:,\n]{{0,60}}?)\s+(?={_VERB}(?!\w))")
_UNTIL = re.compile(
    r"(?<!\w)(?:(?:xong\s+|hoan thanh\s+|bao cao\s+|tra loi\s+)?(?:truoc|den het|het|cham nhat(?:\s+(?:la|den|trong|vao))?|truoc ngay|trong vong|trong thoi han|trong|cuoi|thoi han|han|vao|tu nay den|ngay trong|muon nhat)\s+"
    r"(?:la\s+|trong\s+|den\s+|truoc\s+|ngay\s+)*(?:\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|ngay\s+\d[^,.;\n]{0,30}|thang\s+(?:\d{1,2}(?:\s*[/-]\s*\d{4}|\s+nam\s+\d{4})?|nay|toi|sau)|quy\s+(?:iv|i{1,3}|[1-4])(?:\s*[/-]?\s*(?:nam\s*)?\d{4})?|"
    r"(?:mot |hai |ba |01 |02 |03 )?tuan(?:\s+(?:nay|toi|sau|le))?|\d{1,3}\s+(?:ngay|tuan|thang)(?:\s+lam viec)?|nam\s+\d{4}|thu\s+\w+\s+(?:tuan\s+)?(?:nay|toi|sau)|(?:mua mua|tet|vu|khai giang)[^,.;\n]{0,25}|dot\s+\d))"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n")


def read_tasks(text: str, start: int, meeting: date | None) -> tuple[Task, ...]:
    """The tasks that ``text`` (which stands at ``start`` in the extract) gives out, a task a sentence at most twice.

    A sentence counts when it charges somebody ("giao …") or when it names who acts and a deadline.
    """
    return tuple(_tasks(text, start, meeting))


def _tasks(text: str, start: int, meeting: date | None) -> Iterator[Task]:
    begin = 0
    for stop in [*(m.start() for m in _SENTENCE.finditer(text)), len(text)]:
        sentence = text[begin:stop]
        folded = fold(sentence)
        charged = list(_CHARGED.finditer(folded))
        if charged:
            ends = [*(hit.start() for hit in charged[1:]), len(sentence)]
            for hit, end in zip(charged, ends, strict=True):
                yield _task(sentence, folded, hit, end, start + begin, meeting)
        elif _UNTIL.search(folded) and (hit := _SUBJECT.search(folded)):
            yield _task(sentence, folded, hit, len(sentence), start + begin, meeting)
        begin = stop


def _task(sentence: str, folded: str, hit: re.Match[str], end: int, at: int, meeting: date | None) -> Task:
    body = sentence[hit.start("body") : hit.end("body")].strip(" ,")
    until = _UNTIL.search(folded, hit.end("body"), end) or _UNTIL.search(folded, 0, end)
    words, day = None, None
    if until is not None:
        words = " ".join(sentence[until.start() : until.end()].split())
        found = find_deadline(until[0], meeting)
        day = None if found is None else found.day
    what = " ".join(sentence[hit.end("body") : end].split()).strip(" ,.;")
    return Task(body, what, words, day, (at + hit.start(), at + end))
