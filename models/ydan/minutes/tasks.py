"""Who is to do what by when, out of an answer's or a conclusion's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ydan.minutes.dates import find_deadline
from ydan.minutes.records import Task
from ydan.text import fold

_NAMES = (
    r"to xac minh|doan do dac|uy ban kiem tra(?: dang uy)?|ban chi huy(?: phong thu dan su| quan su| phong chong thien tai)?(?: xa| phuong| huyen)?|"
    r"phong kinh te,? ha tang va do thi|phong kinh te,? ha tang|phong kinh te - ha tang|hoi dong boi thuong|ban quan ly du an|doi quan ly trat tu do thi|to quan ly|"
    r"trung tam phuc vu hanh chinh cong|mat tran to quoc|ban giam sat(?: dau tu)?(?: cua)? cong dong|ban thanh tra nhan dan|phong lao dong(?: - thuong binh va xa hoi)?|"
    r"cong chuc lao dong - thuong binh va xa hoi|cong chuc dia chinh - [\w ]{4,24}?|phong giao duc va dao tao|phong quan ly do thi|quan ly thi truong|thanh tra xay dung"
)
"""Offices whose names hold a verb or a comma; they are taken whole."""
_KINDS = (
    r"phong|ban|cong an|cax|quan su|ubnd|uy ban|tram|htx\w*|hop tac xa|cong chuc|can bo|dong chi|d/c|ong|ba|anh|chi|co|truong thon|truong ap|truong xom|truong ban|truong cong an|"
    r"to truong|van phong|hoi|doan|truong|to|dien luc|cong ty|xi nghiep|ke toan|dia chinh|thon|chi nhanh|trung tam|doi|mttq|mat tran|bo phan|hieu truong|chi bo|ubmttq|"
    r"cap uy|so|huyen|xa|phuong|nha thau|don vi|chu dau tu|benh vien|hat|buu dien|vien thong|bao hiem|bhxh|thuy nong|bql|hdnd|dang uy|tu phap|van hoa|chu tich|pho chu tich|"
    r"khu pho|ap|khom|tdp|thanh tra|chi cuc|ngan hang|toa an|cong an vien|dai|nha truong|hoi dong|thuong truc|y te|dan quan|luc luong"
)
_HEADS = r"(?:cac |tap the |lanh dao |dai dien )?"
_BODY = rf"{_HEADS}(?:(?:{_NAMES})(?!\w)|(?:{_KINDS})(?!\w))"
_VERB = (
    r"(?:kiem tra|kiem dem|ra soat|ra lai|phoi hop|chu tri|tham muu|lap|bao cao|lam viec|xu ly|giai quyet|hoan thanh|hoan thien|sua|khac phuc|huong dan|tra loi|to chuc|xay dung|"
    r"thuc hien|don doc|nao vet|xac minh|tiep tuc|tiep nhan|khan truong|cu nguoi|cu can bo|bo tri|huy dong|khao sat|thong bao|thong ke|tuyen truyen|cung|nghien cuu|tong hop|trinh|"
    r"kien nghi|giam sat|niem yet|cong khai|ban giao|lap dat|lap|thay|don|thu gom|cap|chi tra|tang cuong|theo doi|gui|soan|chuan bi|len|xuong|ky|moi|som|co trach nhiem|chiu trach nhiem|"
    r"se|phai|cam ket|hua|tham dinh|do dac|do ve|do lai|cam moc|cam bien|ra quan|mo|nhac nho|doi thoai|hop|lo|cho|de xuat|tap trung|vao cuoc|quan ly|xem xet|giai thich|san lap|san gat|dao|lam|dua|"
    r"thi cong|khoi thong|khoi cong|trich|mua|tim|nhap|han|mang|tra|chuyen|phan cong|ve|cong bo|phat|cap nhat|tra cuu|lien he|ho tro|van dong|hoa giai|dan|hen|dieu chinh|chinh ly|rao|bam|ha|dat)"
)
_DONE = r"(?!\s+(?:da|dang|thuoc|duoc|khong|chua|co the|moi co|nao|kien nghi)(?!\w))"
_CHARGED = re.compile(
    rf"(?<!\w)(?:giao|yeu cau|phan cong|chi dao|de nghi|uy quyen|giao cho|giao trach nhiem cho)\s+(?:cho\s+|luon\s+|nhiem vu cho\s+)?"
    rf"(?P<body>(?!ba con|nhan dan|cac ho|nguoi dan|ong ba){_BODY}[^.;:\n]{{0,70}}?)(?=\s*,?\s+(?:va\s+)?{_VERB}(?!\w)|\s+truoc\s+ngay|\s*$)"
)
_SUBJECT = re.compile(
    rf"(?:^|(?<=[.;:\n–-])|(?<=, ))\s*(?:rieng\s+|truoc mat\s+|viec nay\s+)?(?P<body>{_BODY}{_DONE}[^.;:,\n]{{0,45}}?)\s+(?={_VERB}(?!\w))"
)
_UNTIL = re.compile(
    r"(?<!\w)(?<!dau )(?:(?:xong\s+|hoan thanh\s+|bao cao\s+|tra loi\s+)?(?:truoc ngay|truoc|den het|het|cham nhat(?:\s+(?:la|den|trong|vao))?|trong vong|trong thoi han|ngay trong|trong|cuoi|thoi han|han|vao|tu nay den|muon nhat|bat dau tu|ke tu|tu)\s+"
    r"(?:la\s+|trong\s+|den\s+|truoc\s+)*(?:ngay\s+)?(?:\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|\d{1,2}\s+thang\s+\d{1,2}(?:\s+nam\s+\d{4})?|thang\s+(?:\d{1,2}(?:\s*[/-]\s*\d{4}|\s+nam\s+\d{4})?|nay|toi|sau)|quy\s+(?:iv|i{1,3}|[1-4])(?:\s*[/-]?\s*(?:nam\s*)?\d{4})?|"
    r"(?:mot |hai |ba |01 |02 |03 )?tuan(?:\s+(?:nay|toi|sau|le))?|(?:\d{1,3}|mot|hai|ba|nam|bay|muoi)\s+(?:ngay|tuan|thang)(?:\s+lam viec)?(?:\s+(?:toi|nua|ke tu hom nay))?|nam\s+\d{4}|thu\s+\w+\s+(?:tuan\s+)?(?:nay|toi|sau)|ngay(?=[,.; ]|$)|"
    r"(?:mua mua|tet|vu|khai giang|nam hoc)[^,.;\n]{0,25}|dot\s+\d)"
    r"|ngay\s+\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|ngay\s+(?:thu \w+|chieu nay|sang nay|hom nay|mai)(?: tuan (?:nay|toi|sau))?|(?:chieu|sang) nay|tuan (?:toi|sau)|thang\s+\d{1,2}(?:/\d{4})?(?!\w)|quy\s+(?:iv|i{1,3})/\d{4})"
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
        day = _day_of(until[0], meeting)
    what = " ".join(sentence[hit.end("body") : end].split()).strip(" ,.;")
    return Task(body, what, words, day, (at + hit.start(), at + end))


_COUNTED = re.compile(r"(\d{1,3}|mot|hai|ba|nam|bay|muoi)\s+ngay(?!\s+lam viec)")
_SPELLED = {"mot": 1, "hai": 2, "ba": 3, "nam": 5, "bay": 7, "muoi": 10}


def _day_of(words: str, meeting: date | None) -> date | None:
    """The day that a deadline's folded words mean; weeks, and days counted in working days, stay words."""
    if meeting is not None:
        if counted := _COUNTED.search(words):
            number = counted[1]
            return meeting + timedelta(days=_SPELLED[number] if number in _SPELLED else int(number))
        if re.search(r"chieu nay|sang nay|hom nay|trong ngay$", words):
            return meeting
    found = find_deadline(words, meeting)
    return None if found is None else found.day
