"""The year in sentences: what reports and the top of the page say, in Vietnamese."""

from __future__ import annotations

from datetime import date

from ydan.documents.wording import lower_first
from ydan_service.office.plans.standing import COMING, MISSED
from ydan_service.office.supervision.communes import CommuneYear, Year, kept, share
from ydan_service.office.supervision.faults import FAULTS
from ydan_service.office.supervision.limits import law_on
from ydan_service.store.tables import Commune

_FACTS = {
    "kind": "loại hội nghị",
    "notice": "ngày thông báo",
    "attendance": "số người dự, số được mời",
    "conclusion": "ngày công bố kết luận",
    "lists": "ba danh mục",
    "told": "việc trả lời người dân",
}
"""What is lacking where a rule could not be judged."""


def name_of(commune: Commune) -> str:
    """``xã Tân Lập``."""
    return f"{commune.kind} {commune.name}"


def grounds(year: int, today: date) -> str:
    """What the year is judged by."""
    law = law_on(min(date(year, 12, 31), today))
    own = f"{law.name}; " if law is not None else ""
    return (
        f"Căn cứ {own}Quy định số 11-QĐi/TW ngày 18/02/2019 của Bộ Chính trị (được sửa đổi, bổ sung theo Kết luận số "
        f"215-KL/TW ngày 23/11/2025); qua số liệu cập nhật đến ngày {today:%d/%m/%Y}, kết quả thực hiện như sau:"
    )


def overview(found: Year, today: date) -> list[str]:
    """Paragraphs with the figures of the year; a figure that rests on no fact is not given."""
    plans = [each for commune in found.communes for each in commune.plans]
    held = found.held
    unplanned = sum(commune.unplanned for commune in found.communes)
    with_session = sum(1 for commune in found.communes if commune.held)
    moved = sum(len(commune.moved) for commune in found.communes)
    given_up = sum(len(commune.cancelled) for commune in found.communes)
    missed = sum(each.state == MISSED for each in plans)
    coming = sum(each.state == COMING for each in plans)
    first = f"Theo kế hoạch năm {found.year} có {two(len(plans))} cuộc tiếp xúc, đối thoại"
    first += f" tại {two(sum(1 for each in found.communes if each.plans))} đơn vị. " if plans else ". "
    first += (
        f"Đến nay {two(with_session)}/{two(len(found.communes))} đơn vị đã tổ chức {two(len(held))} cuộc"
        + (f", trong đó {two(unplanned)} cuộc ngoài kế hoạch" if unplanned and plans else "")
        + "."
    )
    rest = [f"dời ngày {two(moved)} cuộc" if moved else "", f"hủy {two(given_up)} cuộc" if given_up else "",
            f"{two(missed)} cuộc quá ngày chưa tổ chức" if missed else "",
            f"{two(coming)} cuộc chưa đến ngày" if coming else ""]  # fmt: skip
    if any(rest):
        first += f" Có {', '.join(part for part in rest if part)}."
    return [first, *_measures(found)]


def _measures(found: Year) -> list[str]:
    said = []
    for name, words in (
        ("notice", "thông báo cho Nhân dân đủ số ngày"), ("conclusion", "công bố kết luận đúng hạn"),
        ("lists", "có đủ ba danh mục"),
    ):  # fmt: skip
        good, judged, _unknown = kept(found.held, name)
        if judged:
            said.append(f"{two(good)}/{two(judged)} cuộc {words}")
    rate = share(found.held)
    late = sum(each.late for each in found.communes)
    text = []
    if said:
        text.append(f"Trong số các cuộc đã đến hạn xét và có số liệu: {'; '.join(said)}.")
    if rate is not None:
        text.append(f"Tỷ lệ người dự đạt {rate * 100:.1f}% so với số được mời.".replace(".", ",", 1))
    opinions = sum(each.facts.opinions for each in found.held)
    if opinions:
        end = (
            f"còn {spaced(late)} ý kiến quá hạn giải quyết hoặc chưa trả lời" if late else "không có ý kiến nào quá hạn"
        )
        text.append(f"Các cuộc đã ghi nhận {spaced(opinions)} ý kiến, kiến nghị; {end}.")
    return [" ".join(text)] if text else []


def shortcomings(found: Year) -> list[str]:
    """A sentence a fault: the rule, how many cases, and which communes."""
    bases: dict[str, dict[str, None]] = {}
    for check in (check for commune in found.communes for check in commune.faults if check.basis):
        bases.setdefault(check.fault_id, {})[check.basis] = None
    said = []
    for id_, count in found.fault_counts.items():
        rule = f" ({'; '.join(bases[id_])})" if id_ in bases else ""
        named = ", ".join(_with_count(each, id_) for each in found.with_fault(id_))
        said.append(f"{FAULTS[id_].label}{rule}: {two(count)} trường hợp, gồm {named}.")
    return said


def unknowns(found: Year) -> list[str]:
    """Communes whose facts are not whole, with what is missing; no fault."""
    said = []
    for commune in found.communes:
        parts = [check.told().rstrip(".") for check in commune.checks if check.state == "unknown"]
        for name, words in _FACTS.items():
            lacking = kept(commune.held, name)[2]
            if lacking:
                parts.append(f"{words} của {two(lacking)} cuộc")
        if commune.undated:
            parts.append(f"ngày họp của {two(commune.undated)} cuộc (chưa tính vào năm nào)")
        if parts:
            said.append(f"{upper_first(name_of(commune.commune))}: {'; '.join(parts)}.")
    return said


def advice(found: Year) -> list[str]:
    """What to do, drawn from the faults that were found, to whom."""
    said = []
    for id_ in found.fault_counts:
        named = found.with_fault(id_)
        whom = f"{two(len(named))} đơn vị" if len(named) > 4 else ", ".join(name_of(each.commune) for each in named)
        said.append(f"Đề nghị {whom} {lower_first(FAULTS[id_].advice)}")
    return said


def _with_count(commune: CommuneYear, fault_id: str) -> str:
    count = commune.fault_counts[fault_id]
    return f"{name_of(commune.commune)} {two(count)}" if count > 1 else name_of(commune.commune)


def upper_first(words: str) -> str:
    """``Xã Tân Lập``."""
    return words[:1].upper() + words[1:]


def two(number: int) -> str:
    """As documents write small numbers: two digits at least."""
    return f"{number:02d}" if number < 1000 else spaced(number)


def spaced(number: int) -> str:
    """``1.234``."""
    return f"{number:,}".replace(",", ".")
