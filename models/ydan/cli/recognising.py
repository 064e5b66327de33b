"""Which files are minutes and which are lists with an opinion a line: the two share ``.txt`` and ``.csv``."""

from __future__ import annotations

import re
from pathlib import Path

from ydan.cli.reading import has_text_column
from ydan.errors import ReadError
from ydan.minutes.columns import read_grids
from ydan.minutes.extract import Extract
from ydan.minutes.readers import read_file
from ydan.minutes.speeches import Speech, read_speeches
from ydan.text import fold

LISTS = (".jsonl", ".csv", ".txt")
"""Endings of files that hold an opinion a line, unless their text reads as minutes."""

_HEAD, _LONGEST, _ENOUGH = 14, 160, 2
_STATE = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap\s*[-–—]\s*tu do")
_TITLE = re.compile(
    r"(?:\S+ )?(?:(?:bieu |bang )?tong hop|bieu mau|danh sach|so tiep|so theo doi|bb|ghi chep|bao cao|thong bao)(?!\w)"
)
_NAMED = re.compile(
    r"bien ban$|^(?:bien ban|bb) (?:(?:ghi|ghi nhanh|tom tat) )?"
    r"(?:hop|hoi nghi|hoi|tiep|doi thoai|cuoc|buoi|gap|tx[dc]t|tcd)(?!\w)"
)
_MEETING = re.compile(
    r"hoi nghi|tiep xuc|doi thoai|tiep (?:cong )?dan|cu tri|y kien|kien nghi|buoi|cuoc hop|khieu nai|\btx[cd]t\b"
)
_FIELD = re.compile(
    r"(?:[-–+*•]\s*|\d{1,2}[.)]\s*|[ivx]+[.)]\s*)?(?:"
    r"(?:thoi gian|dia diem|noi hop|(?:nguoi )?chu tri|chu toa|thu ky|nguoi ghi|thanh phan|hien dien|co mat|du hop)"
    r"[^:]{0,40}:"
    r"|hom nay,? (?:ngay|vao|hoi|luc|tai) |hoi nghi (?:bat dau|ket thuc|be mac|khai mac) (?:hoi|vao|luc|cung ngay)"
    r"|(?:bien ban|buoi lam viec|cuoc hop|buoi doi thoai)[^.]{0,60}(?:ket thuc|lap xong|thong qua))"
)
_SENTENCE = re.compile(r"[?!;]\s|\w{3,}\.\s")
_SECTIONS = ("opinions", "answers", "conclusion")
_VOICES, _REPLIES = 3, 3
"""Speakers with a colon, and official replies, from which on they are a sign; replies must also be a fifth of all."""


def is_minutes(name: str) -> bool:
    """Whether a file is to be read as minutes; a ``.txt`` or ``.csv`` when its text shows it.

    A file that the readers of minutes refuse is left to the reader of lists, which says why.
    """
    suffix = Path(name).suffix.lower()
    if name == "-" or suffix in (".jsonl", ".parquet"):
        return False
    if suffix not in LISTS:
        return True
    if not Path(name).is_file() or (suffix == ".csv" and has_text_column(name)):
        return False
    try:
        return reads_as_minutes(read_file(Path(name)))
    except ReadError:
        return False


def reads_as_minutes(extract: Extract) -> bool:
    """Whether a text is one meeting written down, not one opinion after another.

    No sign is enough by itself but a table of opinions: an opinion may begin "Biên bản xử phạt …" or be typed in
    capitals like a heading. Two are.
    """
    if any(grid.holds_opinions for grid in read_grids(extract)):
        return True
    head = [extract.of(block) for block in extract.blocks[:_HEAD]]
    shouted = _is_upper(extract.text)  # capitals then set nothing apart
    speeches = read_speeches(extract)
    signs = (
        2 * any(_is_title(text, shouted) for text in head),
        any(_STATE.search(fold(text)) and _is_short(text) for text in head),
        min(2, sum(_FIELD.match(fold(extract.of(block)).strip()) is not None for block in extract.blocks)),
        0 if shouted else len(_opened(speeches)),
        sum(speech.intro is not None and speech.intro.colon for speech in speeches) >= _VOICES,
        2 * (sum(speech.reply for speech in speeches) >= max(_REPLIES, len(speeches) // 5)),
    )
    return sum(signs) >= _ENOUGH


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and not text.rstrip().endswith((".", "?", "!", ";"))


def _is_title(text: str, shouted: bool) -> bool:
    """A line that names a document; one that goes on as a sentence does not."""
    words = fold(" ".join(text.split())).strip(" :*#")
    if not _is_short(text) or _SENTENCE.search(text):
        return False
    if _NAMED.search(words) is not None:
        return True
    return (_is_upper(text) and not shouted) and (
        words.startswith("bien ban ") or (_TITLE.match(words) is not None and _MEETING.search(words) is not None)
    )


def _is_upper(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _opened(speeches: list[Speech]) -> set[str]:
    """The parts of minutes that headings open."""
    found = (speech.heading for speech in speeches)
    return {one.section for one in found if one is not None and one.strong and one.section in _SECTIONS}
