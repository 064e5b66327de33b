"""The communes that the office works for, and their villages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from ydan.competence import load_provinces
from ydan_service.accounts.names import require_words
from ydan_service.errors import Conflict, Forbidden, Invalid, NotFound
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.tables import COMMUNE_KINDS, Commune, Village

MOST_VILLAGES = 500
_HOUSEHOLDS = re.compile(r"^(?P<name>.*?)\s*(?:\t|;|,|\|)\s*(?P<number>\d[\d.]*)\s*(?:hộ)?\s*$")


class VillageLine(NamedTuple):
    """A village as it was typed."""

    name: str
    households: int | None = None


def in_scope(person: Person) -> ColumnElement[bool]:
    """A condition on :class:`Commune`: those of the person."""
    return true() if person.everywhere else Commune.id.in_(person.communes)


def list_communes(session: Session, person: Person) -> Sequence[Commune]:
    """Those of the person, with their villages, by name."""
    return session.scalars(
        select(Commune).options(selectinload(Commune.villages)).where(in_scope(person)).order_by(Commune.name)
    ).all()


def one_commune(session: Session, person: Person, commune_id: int) -> Commune:
    """The commune with its villages.

    :raises NotFound: there is none, or it is none of this person's.
    """
    found = session.scalar(
        select(Commune).options(selectinload(Commune.villages)).where(Commune.id == commune_id, in_scope(person))
    )
    if found is None:
        raise NotFound("Không có xã, phường này trong địa bàn của anh/chị. Hãy chọn lại trong danh sách.")
    return found


def add_commune(session: Session, by: Person | None, name: str, kind: str, province: str = "") -> Commune:
    """A new commune; ``by`` nobody at the first start.

    :raises Forbidden: the person does not work for all communes, and would not see the new one.
    :raises Invalid: a name that is none, or another kind or province than there are.
    :raises Conflict: there is one of this name.
    """
    if by is not None and not by.everywhere:
        raise Forbidden("Chỉ người quản trị được giao toàn bộ địa bàn mới thêm được xã, phường.")
    commune = Commune(**_values(name, kind, province))
    _save(session, commune)
    audit.record(session, by, "commune.add", "commune", commune.id)
    return commune


def change_commune(session: Session, by: Person, commune_id: int, name: str, kind: str, province: str) -> Commune:
    """Another name, kind or province.

    :raises NotFound: not in scope.
    :raises Invalid: as :func:`add_commune`.
    :raises Conflict: another one has this name.
    """
    commune = one_commune(session, by, commune_id)
    for column, value in _values(name, kind, province).items():
        setattr(commune, column, value)
    _save(session, commune)
    audit.record(session, by, "commune.change", "commune", commune.id)
    return commune


def read_villages(pasted: str) -> list[VillageLine]:
    """Many villages, one a line, each with its households behind a tab, comma or semicolon where they are known.

    >>> read_villages("Thôn Đông; 120\\nThôn Đoài\\n\\nthôn  đông")
    [VillageLine(name='Thôn Đông', households=120), VillageLine(name='Thôn Đoài', households=None)]
    """
    found: dict[str, VillageLine] = {}
    for line in pasted.splitlines():
        match = _HOUSEHOLDS.match(line)
        name = match["name"] if match else line
        if name.strip():
            clean = require_words(name, "Tên thôn", "villages")
            households = int(match["number"].replace(".", "")) if match else None
            found.setdefault(clean.lower(), VillageLine(clean, households))
    if len(found) > MOST_VILLAGES:
        raise Invalid(
            f"Danh sách có {len(found)} thôn, mỗi lần thêm nhiều nhất {MOST_VILLAGES}. Hãy chia ra.", "villages"
        )
    return list(found.values())


def add_villages(session: Session, by: Person, commune_id: int, lines: Iterable[VillageLine]) -> int:
    """Add those that are not there yet; says how many."""
    commune = one_commune(session, by, commune_id)
    there = {village.name.lower() for village in commune.villages}
    new = [line for line in lines if line.name.lower() not in there]
    commune.villages.extend(Village(name=line.name, households=line.households) for line in new)
    session.flush()
    if new:
        audit.record(session, by, "village.add", "commune", commune.id, count=len(new))
    return len(new)


def change_village(session: Session, by: Person, commune_id: int, village_id: int, line: VillageLine) -> None:
    """Another name or number of households.

    :raises NotFound: not in scope.
    :raises Conflict: another village of the commune has this name.
    """
    village = _village(session, by, commune_id, village_id)
    village.name = require_words(line.name, "Tên thôn", "name")
    village.households = line.households
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(f"Đã có thôn tên “{line.name}” trong xã, phường này. Hãy chọn tên khác.") from error
    audit.record(session, by, "village.change", "village", village.id)


def remove_village(session: Session, by: Person, commune_id: int, village_id: int) -> None:
    """Remove one that nothing names.

    :raises NotFound: not in scope.
    :raises Conflict: opinions name it.
    """
    village = _village(session, by, commune_id, village_id)
    try:
        session.delete(village)
        session.flush()
    except IntegrityError as error:
        raise Conflict(
            "Đã có ý kiến ghi thôn này nên không xóa được. Nếu thôn đổi tên hoặc sáp nhập, hãy sửa tên."
        ) from error
    audit.record(session, by, "village.remove", "village", village_id, commune=commune_id)


def _village(session: Session, by: Person, commune_id: int, village_id: int) -> Village:
    one_commune(session, by, commune_id)
    found = session.scalar(select(Village).where(Village.id == village_id, Village.commune_id == commune_id))
    if found is None:
        raise NotFound("Không có thôn này. Có thể người khác vừa xóa; hãy tải lại trang.")
    return found


def _values(name: str, kind: str, province: str) -> dict[str, str | None]:
    if kind not in COMMUNE_KINDS:
        raise Invalid(f"Loại đơn vị phải là một trong: {', '.join(COMMUNE_KINDS)}.", "kind")
    if province and province not in load_provinces():
        raise Invalid("Không có tỉnh, thành phố này. Hãy chọn trong danh sách.", "province")
    clean = require_words(name, "Tên xã, phường", "commune")
    for prefix in COMMUNE_KINDS:
        if clean.lower().startswith(prefix + " "):
            clean = clean[len(prefix) + 1 :].strip()
    return {"name": clean, "kind": kind, "province": province or None}


def _save(session: Session, commune: Commune) -> None:
    name = commune.name
    try:
        session.add(commune)
        session.flush()
    except IntegrityError as error:
        raise Conflict(
            f"Đã có xã, phường tên “{name}”. Hãy sửa mục đã có, hoặc ghi thêm tên huyện cũ cho khỏi trùng."
        ) from error
