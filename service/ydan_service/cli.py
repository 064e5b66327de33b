"""The ``ydan-serve`` command: parse here, work in :mod:`ydan_service.serving` and :mod:`ydan_service.commands`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ydan.errors import MissingExtra, YDanError
from ydan_service.callers_parser import add_callers
from ydan_service.environment import settings_from
from ydan_service.model_parser import add_model
from ydan_service.settings import Settings

_VARIABLES = (
    "YDAN_HOST, YDAN_PORT, YDAN_API_KEY, YDAN_MODEL, YDAN_COMPETENCE, YDAN_MOST_OPINIONS, YDAN_MOST_BYTES, "
    "YDAN_MOST_FILE_BYTES, YDAN_PAGES, YDAN_DATA, YDAN_DATABASE_URL, YDAN_KEYS, YDAN_KEY_FILE, YDAN_PUBLIC_URL, "
    "YDAN_SECURE_COOKIES, YDAN_TRUSTED_PROXIES, YDAN_OIDC_ISSUER, YDAN_OIDC_CLIENT_ID, YDAN_OIDC_CLIENT_SECRET, "
    "YDAN_OIDC_NAME, YDAN_WORKERS, YDAN_MOST_WAITING, YDAN_RATE_PER_MINUTE, YDAN_MOST_JOB_OPINIONS, YDAN_JOB_DAYS, "
    "YDAN_CORS_ORIGINS, YDAN_WEBHOOK_HOSTS, YDAN_LOG_FORMAT, YDAN_TRACES, YDAN_BUNDLE_PUBLIC_KEY"
)


def build_parser() -> argparse.ArgumentParser:
    """The options; everything else is a ``YDAN_*`` setting."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data", type=Path, metavar="THƯ-MỤC", default=argparse.SUPPRESS, help="thư mục dữ liệu (YDAN_DATA)"
    )
    parser = argparse.ArgumentParser(
        prog="ydan-serve",
        parents=[shared],
        description="Mở văn phòng Ý Dân trong trình duyệt, và điểm phân loại ý kiến qua HTTP. "
        "Mặc định chỉ máy này gọi được.",
        epilog=f"Biến môi trường: {_VARIABLES} (xem docs/settings.md).",
    )
    parser.add_argument("--host", help="địa chỉ (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, help="cổng (mặc định 8000)")
    parser.add_argument("--workers", type=int, help="số tiến trình cùng trả lời trên một cổng (mặc định 1)")
    parser.add_argument("--demo", action="store_true", help="mở bản xem thử với dữ liệu dựng sẵn, bỏ đi khi dừng")
    parser.add_argument(
        "--no-pages",
        action="store_true",
        help="chỉ mở các điểm phân loại, không lưu gì (địa chỉ mở phải có YDAN_API_KEY)",
    )
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", title="việc khác")

    def add(name: str, help_: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_, description=help_, parents=[shared])

    add("backup", "sao lưu vào một tệp, cả khi máy chủ đang chạy").add_argument("file", type=Path, metavar="TỆP")
    restore = add("restore", "khôi phục từ bản sao lưu (dừng máy chủ trước)")
    restore.add_argument("file", type=Path, metavar="TỆP")
    restore.add_argument("--replace", action="store_true", help="thay toàn bộ dữ liệu đang có")
    add("verify-audit", "kiểm tra nhật ký còn nguyên vẹn").add_argument(
        "--head", metavar="SỐ:MÃ", help="số đối chiếu ghi lại lần trước: phát hiện nhật ký bị cắt"
    )
    add("rotate-key", "đổi khóa mã hóa").add_argument("--drop-old", action="store_true", help="bỏ các khóa cũ")
    add("retention", "xem những gì hết thời hạn lưu").add_argument(
        "--run", action="store_true", help="xóa những thứ đó"
    )
    add("migrate", "nâng cơ sở dữ liệu lên lược đồ của bản này")
    worker = add("worker", "làm các việc được giao qua /v1/jobs, cạnh máy chủ (cần PostgreSQL)")
    worker.add_argument("--concurrency", type=int, metavar="SỐ", help="số phần làm một lúc (mặc định: số nhân)")
    add("new-administrator", "cấp lại đường dẫn lập tài khoản quản trị đầu tiên")
    add("link", "cấp đường dẫn đặt lại mật khẩu").add_argument("username", metavar="TÊN")
    out = add("feedback-export", "ghi nhãn cán bộ đã chọn (POST /v1/feedback) ra tệp để huấn luyện, đã che người")
    out.add_argument("file", type=Path, metavar="TỆP", help="tệp mới, JSON Lines")
    out.add_argument("--since", type=date.fromisoformat, metavar="NĂM-THÁNG-NGÀY", help="chỉ những mục từ ngày này")
    add_callers(commands, shared)
    add_model(commands, shared)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped, or do one thing; 2 when a setting, the model, the store or an override file is wrong."""
    options = build_parser().parse_args(arguments)
    kept = options.command not in (None, "model")  # every other command is about what is stored
    pages = True if kept or options.demo else False if options.no_pages else None
    try:
        settings = settings_from(
            os.environ,
            options.host,
            options.port,
            getattr(options, "data", None),
            pages=pages,
            workers=1 if kept or options.demo else options.workers,
        )
        try:
            if options.command is not None:
                for line in _do(settings, options):
                    print(line)
                return 0
            if not options.demo:
                gc.disable()  # a fifth of the start went into looking through what stays anyway
            from ydan_service.serving import serve
        except ImportError as error:
            if isinstance(error, YDanError):
                raise
            raise MissingExtra(f'Máy chủ thiếu {error.name}. Hãy chạy: pip install "ydan[serve]"') from error
        serve(settings, demo=options.demo)
    except YDanError as error:
        print(f"ydan-serve: {error}", file=sys.stderr)
        return 2
    finally:
        gc.enable()
    return 0


def _do(settings: Settings, options: argparse.Namespace) -> list[str]:
    from ydan_service import commands
    from ydan_service.store.tables import now
    from ydan_service.store.tables.base import VIETNAM

    match options.command:
        case "backup":
            return commands.backup(settings, options.file)
        case "restore":
            return commands.restore(settings, options.file, replace=options.replace)
        case "verify-audit":
            return commands.verify_audit(settings, options.head)
        case "rotate-key":
            return commands.rotate_key(settings, drop_old=options.drop_old)
        case "retention":
            return commands.retain(settings, now().astimezone(VIETNAM).date(), run=options.run)
        case "migrate":
            return commands.bring_up(settings)
        case "model":
            from ydan_service import model_commands

            return model_commands.run(settings, options)
        case "worker":
            from ydan_service.working import work

            work(settings, options.concurrency)
            return []
        case "new-administrator":
            return commands.new_administrator(settings)
        case "feedback-export":
            from ydan_service.feedback_export import export_feedback

            return export_feedback(settings, options.file, options.since)
        case "callers":
            from ydan_service import programs_commands

            return programs_commands.run(settings, options)
        case _:
            return commands.password_link(settings, options.username)
