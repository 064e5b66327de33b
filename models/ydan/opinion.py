"""One opinion as it comes in, checked at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ydan.competence import CompetenceTable
from ydan.errors import CompetenceError, OpinionError
from ydan.text import language_guess

LONGEST = 5_000
"""Characters of one opinion, at most: longer ones hold several matters and must be split first."""

HOST_LEVELS = ("commune", "district", "province")
DISTRICTS_ENDED = date(2025, 7, 1)
EARLIEST = date(1975, 1, 1)


@dataclass(frozen=True, slots=True)
class Session:
    """The meeting that the opinions come from. ``province`` is a code of ``ydan.competence``, for overrides."""

    date: date
    host_level: str = "commune"
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """One matter that one citizen raised, with the meeting it was raised at."""

    id: str
    text: str
    session: Session


def parse_session(raw: Mapping[str, Any], default: Session, competence: CompetenceTable | None = None) -> Session:
    """The session of ``raw``'s ``host_level``, ``date`` and ``province``, what is absent from ``default``.

    :raises OpinionError: an unknown host level or province, a date that is none or before 1975, or a district
        host after districts were abolished.
    """
    host, day, province = raw.get("host_level"), raw.get("date"), raw.get("province")
    if host is None and day is None and province is None:
        return default
    host = default.host_level if host is None else host
    when = default.date if day is None else parse_date(day)
    if host not in HOST_LEVELS:
        raise OpinionError(
            "unknown_host_level",
            f"Cấp chủ trì {host!r} không có. Hãy dùng một trong: {', '.join(HOST_LEVELS)}.",
        )
    if host == "district" and when >= DISTRICTS_ENDED:
        raise OpinionError(
            "district_abolished",
            f"Ngày {when.isoformat()} không còn cấp huyện (bỏ từ 2025-07-01). "
            "Hãy sửa ngày họp hoặc đổi host_level thành commune hay province.",
        )
    if province is None:
        province = default.province
    elif competence is not None:
        try:
            province = competence.province_code(str(province))
        except CompetenceError as error:
            raise OpinionError("unknown_province", str(error)) from error
    return Session(when, host, province)


def parse_date(raw: object) -> date:
    """An ISO date from 1975 on.

    :raises OpinionError: anything else, with the form that is expected.
    """
    if isinstance(raw, date):
        when = raw
    else:
        try:
            when = date.fromisoformat(str(raw))
        except ValueError:
            raise OpinionError(
                "bad_date",
                f"Ngày {str(raw)[:40]!r} không đọc được. Hãy viết theo dạng NĂM-THÁNG-NGÀY, ví dụ 2026-03-01.",
            ) from None
    if when < EARLIEST:
        raise OpinionError(
            "date_before_1975",
            f"Ngày {when.isoformat()} trước năm 1975, bảng thẩm quyền không có. Hãy kiểm tra lại năm của cuộc họp.",
        )
    return when


def parse_opinion(
    raw: object, session: Session, *, fallback_id: str, competence: CompetenceTable | None = None
) -> Opinion:
    """Check one opinion (``id``, ``text`` and, if present, its own ``host_level``, ``date``, ``province``).

    :raises OpinionError: with a stable ``code`` and what to do; never anything else.
    """
    if not isinstance(raw, Mapping):
        raise OpinionError("not_an_object", 'Mỗi ý kiến phải là một đối tượng JSON như {"id": "1", "text": "…"}.')
    text = raw.get("text")
    if text is None:
        raise OpinionError("missing_text", 'Thiếu trường "text". Hãy đặt nội dung ý kiến vào trường này.')
    if not isinstance(text, str):
        raise OpinionError("bad_text", f'Trường "text" phải là chuỗi, đang là {type(text).__name__}.')
    check_text(text)
    identity = raw.get("id")
    return Opinion(fallback_id if identity is None else str(identity), text, parse_session(raw, session, competence))


def check_text(text: str) -> None:
    """Refuse what cannot be an opinion.

    :raises OpinionError: empty, too long, binary, or not Vietnamese.
    """
    if len(text) > LONGEST:
        raise OpinionError(
            "text_too_long",
            f"Ý kiến có {len(text)} ký tự, mô hình đọc tối đa {LONGEST}. Hãy tách ý kiến này thành từng việc.",
        )
    if not text.strip():
        raise OpinionError("empty_text", "Ý kiến không có chữ nào. Hãy điền nội dung hoặc bỏ dòng này.")
    if "\x00" in text or text.count("\ufffd") > max(3, len(text) // 20):
        raise OpinionError(
            "binary_text",
            "Nội dung là dữ liệu nhị phân hoặc sai bảng mã. Hãy lưu lại tệp dạng văn bản UTF-8 rồi thử lại.",
        )
    guess = language_guess(text)
    if guess == "none":
        raise OpinionError("no_words", "Ý kiến không có chữ cái nào. Hãy điền nội dung hoặc bỏ dòng này.")
    if guess == "other":
        raise OpinionError(
            "not_vietnamese", "Nội dung không phải tiếng Việt. Hãy dịch sang tiếng Việt hoặc phân loại bằng tay."
        )
