"""Where a person can go: the menu by rights, and the page that each role begins with."""

from __future__ import annotations

from typing import NamedTuple

from ydan_service.person import Person


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for: translate this later)
    """Mark a sentence for translation where it is not shown yet."""
    return message


class Place(NamedTuple):
    """One entry: ``rights`` of which one is enough, the paths that belong to it, the key after ``g``."""

    href: str
    label: str
    rights: tuple[str, ...]
    under: tuple[str, ...]
    key: str


class Shown(NamedTuple):
    """An entry as this page shows it."""

    href: str
    label: str
    key: str
    current: bool


PLACES = (
    Place("/meetings", N_("Hội nghị"), ("meetings.read",), ("/meetings",), "h"),
    Place("/opinions", N_("Ý kiến"), ("meetings.read",), ("/opinions", "/topics"), "y"),
    Place("/dashboard", N_("Bảng điều hành"), ("dashboard.read",), ("/dashboard",), "b"),
    Place("/follow-up", N_("Theo dõi"), ("meetings.read",), ("/follow-up",), "t"),
    Place("/plans", N_("Kế hoạch"), ("meetings.read", "supervision.read"), ("/plans",), "k"),
    Place("/supervision", N_("Giám sát"), ("supervision.read",), ("/supervision",), "s"),
    Place("/admin/accounts", N_("Quản trị"), ("accounts.manage",), ("/admin",), "q"),
    Place("/admin/audit", N_("Nhật ký"), ("audit.read",), ("/admin/audit",), "n"),
)
_FIRST = (
    ("secretary", "/meetings"), ("follow_up", "/follow-up"), ("leader", "/dashboard"), ("auditor", "/supervision"),
    ("administrator", "/admin/accounts"),
)  # fmt: skip


def menu(person: Person | None, path: str) -> list[Shown]:
    """The entries of this person; the one that ``path`` lies under is current."""
    if person is None:
        return []
    mine = [place for place in PLACES if any(person.may(right) for right in place.rights)]
    best = max((under for place in mine for under in place.under if _lies(path, under)), key=len, default=None)
    return [Shown(place.href, place.label, place.key, best in place.under) for place in mine]


def first_page(person: Person) -> str:
    """Where the person's work is; somebody without any role sees the own account."""
    return next((href for role, href in _FIRST if role in person.roles), "/account")


def _lies(path: str, under: str) -> bool:
    return path == under or path.startswith(under + "/")
