"""What became of one rule in one case, with the sentence that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ydan_service.office.supervision.faults import FAULTS, N_, Fault

OK, FAULT, UNKNOWN, WAITING, EXEMPT = "ok", "fault", "unknown", "waiting", "exempt"
STATES = {
    OK: N_("Đạt"), FAULT: N_("Không đạt"), UNKNOWN: N_("Chưa có số liệu"), WAITING: N_("Chưa đến hạn"),
    EXEMPT: N_("Không xét"),
}  # fmt: skip
"""``unknown`` is a fact that nobody entered, ``waiting`` a term that still runs: neither is a fault."""
NAMES = {
    "plan": N_("Theo kế hoạch"),
    "kind": N_("Đúng loại hội nghị"),
    "notice": N_("Thông báo trước"),
    "attendance": N_("Người dự"),
    "conclusion": N_("Công bố kết luận"),
    "lists": N_("Ba danh mục"),
    "charges": N_("Giao việc, định hạn"),
    "told": N_("Trả lời người dân"),
    "answers": N_("Giải quyết đúng hạn"),
    "review": N_("Soát ý kiến"),
    "replies": N_("Văn bản gửi đi"),
}
"""Rules of one session, in the order in which a session goes."""
Plain = int | str | date


@dataclass(frozen=True, slots=True)
class Check:
    """``sentence`` with ``values`` filled in tells the case; ``fault`` is an id of :data:`FAULTS` where one was found.

    ``basis`` is the rule; ``count`` how many things are wrong (opinions, letters), 1 for the session itself.
    """

    name: str
    state: str
    sentence: str
    values: Mapping[str, Plain] = field(default_factory=dict)
    basis: str = ""
    fault_id: str = ""

    @property
    def fault(self) -> Fault | None:
        """The fault."""
        return FAULTS.get(self.fault_id)

    def told(self) -> str:
        """The sentence in Vietnamese, as documents have it.

        >>> Check("notice", OK, "Thông báo ngày %(day)s.", {"day": date(2026, 3, 5)}).told()
        'Thông báo ngày 05/03/2026.'
        """
        shown = {name: spell(value) for name, value in self.values.items()}
        return self.sentence % shown if shown else self.sentence


def spell(value: Plain) -> str:
    """A value in Vietnamese: days as 05/03/2026, numbers as 1.234."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value
