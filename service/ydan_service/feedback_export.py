"""``ydan-serve feedback-export FILE``: what people decided, as records that training reads, without persons."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path

from ydan_service.programs.feedback import Exported, export
from ydan_service.settings import Settings
from ydan_service.store import audit
from ydan_service.store.errors import StoreError
from ydan_service.store.opening import open_store
from ydan_service.store.store import Store
from ydan_service.store.tables.base import VIETNAM


def export_feedback(settings: Settings, file: Path, since: date | None = None) -> list[str]:
    """Write the file and say what is in it; the server may run.

    :raises StoreError: the file is there already, or cannot be written.
    """
    found = write(open_store(settings), file, since)
    lines = [
        f"Đã ghi {found.written} bản ghi vào {file}: đã che họ tên, số điện thoại, số giấy tờ; không có tên hệ thống."
    ]
    lines += [f"Bỏ qua {count} mục thiếu {missing}." for missing, count in sorted(found.left_out.items())]
    lines.append("Máy che không bắt được mọi tên riêng. Hãy đọc lại tệp trước khi đưa ra ngoài cơ quan.")
    return lines


def write(store: Store, file: Path, since: date | None = None) -> Exported:
    """Write one record a line into a new file that only its owner reads; it is whole, or not there.

    :raises StoreError: the file is there already, or cannot be written.
    """
    begin = None if since is None else datetime(since.year, since.month, since.day, tzinfo=VIETNAM)
    found = Exported()
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StoreError(f"Tệp {file} đã có. Hãy đặt tên khác, hoặc xóa tệp cũ trước.") from None
    except OSError as error:
        raise StoreError(f"Không ghi được {file}: {error.strerror}. Hãy kiểm tra thư mục và quyền ghi.") from error
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as out, store.read() as session:
            for record in export(session, store.keys, found, begin):
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        with store.begin() as session:
            audit.record(session, None, "feedback.export", "feedback", "all", count=found.written)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return found
