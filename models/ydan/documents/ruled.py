"""What a person decided about one opinion: it stands over everything that documents would derive by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ydan.documents.status import Status, labels
from ydan.errors import DocumentError

LISTS: Mapping[str, tuple[str, ...]] = {
    "settled": ("da_giai_thich", "da_giai_quyet"),
    "open": ("dang_giai_quyet", "chua_tra_loi"),
    "forwarded": ("kien_nghi_cap_tren", "chuyen_co_quan_khac"),
    "guided": ("huong_dan_kn_tc",),
}
"""The lists of the notice, and the statuses that stand in each; the first is meant when only the list was chosen."""
BECAUSE = "theo kết luận của người chủ trì"


@dataclass(frozen=True, slots=True)
class Ruled:
    """A person's word on one opinion; what is ``None`` stays derived, an empty string is an answer too (a blank).

    ``list`` is a key of :data:`LISTS`, ``order`` the place in it (beside the numbers of the others, so 2.5 stands
    between 2 and 3), ``wording`` the short wording of the notice, ``reply`` the answer as the notice gives it.
    ``confirmed``: labels were looked at, nothing has to be seen again.

    >>> Ruled(list="open").decided_status().code
    'dang_giai_quyet'
    """

    status: str | None = None
    list: str | None = None
    charged: str | None = None
    deadline: date | str | None = None
    addressee: str | None = None
    wording: str | None = None
    reply: str | None = None
    order: float | None = None
    confidential: bool | None = None
    because: str = BECAUSE
    confirmed: bool = False
    drafted: Status | None = None
    """Where the office's own draft says that it stands: over what is derived here, under what a person says."""

    def decided_status(self, derived: Status | None = None) -> Status | None:
        """The status that was chosen, itself or by its list; ``None`` when neither was.

        A list alone keeps a ``derived`` status that stands in it.

        :raises DocumentError: a status or list that does not exist, or a status of another list.
        """
        if self.list is not None and self.list not in LISTS:
            raise DocumentError(f"Danh sách {self.list!r} không có. Hãy dùng một trong: {', '.join(LISTS)}.")
        if self.status is not None and self.status not in labels():
            raise DocumentError(f"Tình trạng {self.status!r} không có. Hãy dùng một trong: {', '.join(labels())}.")
        if self.status is not None and self.list is not None and self.status not in LISTS[self.list]:
            raise DocumentError(
                f"Tình trạng {self.status!r} không thuộc danh sách {self.list!r}. "
                f"Danh sách này có: {', '.join(LISTS[self.list])}."
            )
        code = self.status
        if code is None and self.list is not None:
            code = derived.code if derived and derived.code in LISTS[self.list] else LISTS[self.list][0]
        return None if code is None else Status(code, labels()[code], self.because)


def list_of(status: str) -> str:
    """The list of the notice in which opinions of a status stand.

    >>> list_of("chua_tra_loi")
    'open'
    """
    return next(name for name, codes in LISTS.items() if status in codes)
