"""What an administrator sets on a page: limits of the supervision, how long things are kept, the office's name.

Each setting is a row of :class:`OfficeSetting` (``{"value": …}``); where there is none, the default holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ydan_service.errors import Invalid
from ydan_service.person import Person
from ydan_service.store import audit
from ydan_service.store.tables import OfficeSetting, now

Value = int | str | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its default gives its kind; numbers lie in ``low`` to ``high``; ``help`` says why there is one."""

    name: str
    group: str
    label: str
    default: Value
    unit: str = ""
    low: int = 0
    high: int = 1200
    help: str = ""


ALL = (
    Setting("office_name", "office", "Tên văn phòng", "", help="Ví dụ: UBND xã Tân Lập."),
    Setting("oidc_create", "office", "Tự tạo tài khoản khi đăng nhập lần đầu bằng tài khoản cơ quan", False,
            help="Tài khoản tự tạo chưa có vai trò nào, đến khi người quản trị giao."),
    Setting("meetings_per_year", "supervision", "Số cuộc đối thoại mỗi năm, ít nhất", 1, "cuộc", 0, 24,
            "Luật số 72/2025/QH15, Điều 43: cấp xã mỗi năm ít nhất một lần. Quy chế của tỉnh có thể cao hơn."),
    Setting("notice_days", "supervision", "Thông báo trước cuộc đối thoại, ít nhất", 7, "ngày", 0, 60,
            "Luật số 72/2025/QH15, Điều 43: chậm nhất 7 ngày trước ngày tổ chức."),
    Setting("conclusion_days", "supervision", "Thông báo kết luận sau cuộc đối thoại, chậm nhất", 10, "ngày", 1, 90,
            "Luật số 72/2025/QH15, Điều 43: chậm nhất 10 ngày kể từ ngày tổ chức. Quy chế có thể ngắn hơn."),
    Setting("answer_days", "supervision", "Trả lời, thông báo cho người nêu ý kiến trong", 10, "ngày làm việc", 1, 90,
            "Quy định số 11-QĐi/TW: 10 ngày làm việc. Việc có hạn riêng thì tính theo hạn của việc đó."),
    Setting("reply_days", "supervision", "Cấp trên, cơ quan khác trả lời trong", 15, "ngày", 1, 180,
            "Luật không định hạn cho công văn này; mức 15 ngày theo hạn 10 ngày làm việc của Luật Tiếp công dân, "
            "Điều 28. Quá hạn, công văn đã gửi được coi là chậm trả lời."),
    Setting("attendance_share", "supervision", "Nhắc khi người dự thấp hơn, so với số được mời", 50, "%", 0, 100,
            "Luật không định tỷ lệ; đây là mức của cơ quan. 0 là không nhắc."),
    Setting("own_limits_from", "supervision", "Mức đặt khác luật được áp dụng từ năm", 2025, "", 2000, 2100,
            "Cuộc đối thoại trước năm này vẫn xét theo mức của luật khi đó."),
    Setting("open_share", "supervision", "Cảnh báo khi số ý kiến chưa trả lời vượt", 30, "%", 0, 100),
    Setting("retention_files", "retention", "Giữ tệp biên bản đã nộp, sau khi cuộc họp đã xong", 24, "tháng", 0, 1200,
            "0 là giữ mãi. Ý kiến và nhãn vẫn còn; bản giấy lưu theo hồ sơ."),
    Setting("retention_names", "retention", "Giữ họ tên, địa chỉ, lời chưa che", 24, "tháng", 0, 1200,
            "0 là giữ mãi. Lời đã che tên vẫn còn."),
    Setting("retention_meetings", "retention", "Giữ cả cuộc họp cùng các ý kiến", 120, "tháng", 0, 1200,
            "0 là giữ mãi. Sau đó chỉ còn số liệu trong sổ xóa. Chỉ xóa khi có người chạy lệnh xóa."),
)  # fmt: skip
_BY_NAME = {setting.name: setting for setting in ALL}
GROUPS = {"office": "Văn phòng", "supervision": "Mức theo dõi, giám sát", "retention": "Thời hạn lưu"}


def read(session: Session) -> dict[str, Value]:
    """Every setting as it stands."""
    found: dict[str, Value] = {setting.name: setting.default for setting in ALL}
    for row in session.scalars(select(OfficeSetting).where(OfficeSetting.name.in_(_BY_NAME))):
        value = row.value.get("value")
        if type(value) is type(found[row.name]):
            found[row.name] = value
    return found


def number(session: Session, name: str) -> int:
    """One that is a number (``conclusion_days``)."""
    return int(read(session)[name])


def change(session: Session, by: Person, entries: Mapping[str, str]) -> list[str]:
    """Set what the form says; a switch that is not in it is off. Says which were changed.

    :raises Invalid: a number that is none or out of range.
    """
    changed = []
    before = read(session)
    for setting in ALL:
        value = _parsed(setting, entries.get(setting.name, ""))
        if value == before[setting.name]:
            continue
        row = session.get(OfficeSetting, setting.name) or OfficeSetting(name=setting.name)
        row.value, row.changed_by, row.changed_at = {"value": value}, by.id, now()
        session.add(row)
        audit.record(session, by, "setting.change", "setting", setting.name)
        changed.append(setting.name)
    return changed


def _parsed(setting: Setting, raw: str) -> Value:
    if isinstance(setting.default, bool):
        return raw in ("1", "on", "true")
    clean = " ".join(raw.replace("\0", "").split())
    if isinstance(setting.default, str):
        return clean[:200]
    if not (clean.isascii() and clean.isdigit()) or not setting.low <= int(clean[:9]) <= setting.high:
        raise Invalid(
            f"“{setting.label}” phải là số nguyên từ {setting.low} đến {setting.high}. Hãy sửa lại.", setting.name
        )
    return int(clean)
