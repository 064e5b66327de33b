"""What ``ydan-serve`` does besides serving: each a function of the settings that gives back what to print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ydan_service.settings import Settings
from ydan_service.store import audit, migrate, opening, retention, rotate
from ydan_service.store import backup as backups
from ydan_service.store.errors import AuditError, SealError
from ydan_service.store.keyfile import new_key_text
from ydan_service.store.restore import restore as put_back
from ydan_service.store.tables import now

_WHY = {
    "hash": "nội dung dòng đã bị sửa",
    "link": "dòng đứng trước đã bị thay",
    "gap": "có dòng bị xóa trước dòng này",
    "end": "các dòng cuối đã bị xóa",
}
_RULES = {
    "retention_files": "tệp biên bản",
    "retention_names": "mục họ tên, địa chỉ, lời gốc",
    "retention_meetings": "ý kiến, cả cuộc họp",
}


def backup(settings: Settings, file: Path) -> list[str]:
    """Write a backup; the server may run."""
    made = backups.write(opening.open_store(settings), file)
    return [
        f"Đã sao lưu {made.rows} dòng của {len(made.tables)} bảng vào {file}. Nhật ký: {made.audit}",
        _about_keys(made, settings),
    ]


def restore(settings: Settings, file: Path, *, replace: bool = False) -> list[str]:
    """Put a backup into the database of the settings; the server must stand still."""
    made = put_back(opening.engine_of(settings), file, replace=replace)
    return [
        f"Đã khôi phục {made.rows} dòng của {len(made.tables)} bảng (sao lưu lúc {_shown(made)}). "
        "Số dòng và nhật ký khớp.",
        "Mọi người phải đăng nhập lại; đường dẫn mời còn dở phải cấp lại.",
        _about_keys(made, settings),
    ]


def verify_audit(settings: Settings, head: str | None = None) -> list[str]:
    """Read the audit log through.

    :raises AuditError: a line is not as it was written, or lines are missing.
    """
    with opening.open_store(settings).read() as session:
        verdict = audit.verify(session, head)
    if verdict.broken is not None:
        raise AuditError(
            f"Nhật ký KHÔNG nguyên vẹn: dòng {verdict.broken}, {_WHY[verdict.why]}; "
            f"{verdict.count} dòng trước đó đúng. "
            "Hãy giữ nguyên cơ sở dữ liệu, báo người kiểm tra và đối chiếu với bản sao lưu."
        )
    return [f"Nhật ký nguyên vẹn: {verdict.count} dòng.", f"Số đối chiếu, hãy ghi lại cho lần sau: {verdict.head}"]


def rotate_key(settings: Settings, *, drop_old: bool = False) -> list[str]:
    """Seal everything with a new key, or go on with what was broken off; ``drop_old`` then takes the old ones away."""
    store = opening.open_store(settings)
    if settings.keys is not None:
        if drop_old:
            raise SealError("Khóa nằm trong YDAN_KEYS. Hãy tự bỏ khóa cũ khỏi biến này.")
        with store.read() as session:
            if set(rotate.sealed_with(session)) <= {store.keys.newest}:
                return [f"Khóa nằm trong YDAN_KEYS. Hãy thêm khóa mới vào đầu rồi chạy lại, ví dụ: {new_key_text()},…"]
        return [f"Đã mã hóa lại {rotate.reseal(store)} mục. Khóa cũ có thể bỏ khỏi YDAN_KEYS.", _OLD_BACKUPS]
    file = opening.key_file(settings)
    if drop_old:
        dropped = rotate.drop_old(store, file, now())
        return [f"Đã bỏ {len(dropped)} khóa cũ: {', '.join(dropped) or 'không có'}.", _OLD_BACKUPS]
    with store.read() as session:
        broken_off = any(id_ != store.keys.newest for id_ in rotate.sealed_with(session))
    said = "Làm tiếp lần đổi khóa còn dở" if broken_off else f"Khóa mới: {file.add()}"
    return [
        f"{said}. Đã mã hóa lại {rotate.reseal(store)} mục bằng {store.keys.newest}.",
        f"Hãy cất một bản của {file.path} ở nơi khác. Sau 10 phút có thể bỏ khóa cũ: ydan-serve rotate-key --drop-old",
    ]


def retain(settings: Settings, today: date, *, run: bool = False) -> list[str]:
    """What is past its time by the rules; with ``run`` it is deleted."""
    store = opening.open_store(settings)
    with store.begin() as session:
        found = retention.run(session, None, today) if run else retention.due(session, today)
    if not found:
        return ["Không có gì hết thời hạn lưu."]
    lines = [_line(each) for each in found]
    if run:
        retention.settle(store.engine)
        return [*lines, f"Đã xóa {len(found)} mục trên. Bản sao lưu làm trước đây vẫn còn giữ; hãy hủy theo thời hạn."]
    return [*lines, "Chưa xóa gì. Để xóa: ydan-serve retention --run"]


def bring_up(settings: Settings) -> list[str]:
    """Bring the database to this program's schema."""
    engine = opening.engine_of(settings)
    if migrate.check(engine):
        return [f"Cơ sở dữ liệu đã ở lược đồ {migrate.HEAD}."]
    migrate.upgrade(engine)
    return [f"Đã nâng cơ sở dữ liệu lên lược đồ {migrate.HEAD}."]


def new_administrator(settings: Settings) -> list[str]:
    """Another link for the first administrator, while nobody has an account."""
    from ydan_service.accounts import first_start

    with opening.open_store(settings).begin() as session:
        return [
            f"Mở đường dẫn này một lần để lập tài khoản quản trị: {first_start.issue_link(session, settings.base_url)}"
        ]


def password_link(settings: Settings, username: str) -> list[str]:
    """A link for somebody who can no longer sign in."""
    from ydan_service.accounts import first_start

    with opening.open_store(settings).begin() as session:
        link = first_start.issue_password_link(session, username, settings.base_url)
    return [f"Mở đường dẫn này một lần để đặt mật khẩu mới cho {username}: {link}"]


def _line(each: retention.Due) -> str:
    held = "" if each.held_on is None else f", {each.held_on:%d/%m/%Y}"
    what = f"{each.count} {_RULES[each.rule]}, hết hạn {each.since:%d/%m/%Y}"
    return f"Cuộc họp {each.meeting_id}, {each.commune}{held}: {what}"


_OLD_BACKUPS = "Bản sao lưu làm trước hôm nay vẫn cần khóa cũ: hãy cất khóa cũ chừng nào còn giữ chúng."


def _about_keys(made: backups.Backup, settings: Settings) -> str:
    if not made.keys:
        return "Trong bản sao lưu không có dữ liệu mã hóa."
    place = "YDAN_KEYS" if settings.keys is not None else str(opening.key_file(settings).path)
    return (
        f"Khóa KHÔNG nằm trong bản sao lưu. Muốn đọc họ tên và tệp phải có khóa {', '.join(made.keys)} trong {place}; "
        "hãy cất một bản riêng của khóa ở nơi khác."
    )


def _shown(made: backups.Backup) -> str:
    from ydan_service.store.tables.base import VIETNAM

    return f"{made.made_at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
