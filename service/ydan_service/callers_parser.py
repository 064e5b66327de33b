"""``ydan-serve callers …`` as it is typed; the work is in :mod:`ydan_service.programs_commands`."""

from __future__ import annotations

import argparse
from typing import Any

_ABOUT = "các hệ thống khác được gọi: thêm, cấp khoá, thu hồi, khoá lại"


def add_callers(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Put the command ``callers`` with its own commands beside the others."""
    callers = commands.add_parser("callers", help=_ABOUT, description=_ABOUT, parents=[shared])
    within = callers.add_subparsers(dest="what", metavar="VIỆC", required=True)

    def add(name: str, help_: str, *, named: bool = True) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = within.add_parser(name, help=help_, description=help_, parents=[shared])
        if named:
            made.add_argument("name", metavar="TÊN", help="tên hoặc client_id của hệ thống")
        return made

    new = add("add", "thêm một hệ thống và cấp khoá đầu tiên (chỉ hiện một lần)")
    _scopes(new, required=True)
    _per_minute(new)
    _expires(new)
    add("list", "các hệ thống, khoá, lần dùng cuối", named=False)
    for name, help_ in (("new-key", "cấp thêm khoá"), ("new-secret", "cấp client_secret để xin token (OAuth 2.0)")):
        renew = add(name, f"{help_} (chỉ hiện một lần)")
        _expires(renew)
        renew.add_argument(
            "--overlap", type=int, metavar="NGÀY", help="cái cũ cùng loại còn dùng được bấy nhiêu ngày; 0: dừng ngay"
        )
    change = add("change", "đổi phạm vi hoặc giới hạn mỗi phút")
    _scopes(change, required=False)
    _per_minute(change, also="; 0: theo cài đặt chung")
    revoke = add("revoke", "thu hồi một khoá hoặc client_secret", named=False)
    revoke.add_argument("key", metavar="KHOÁ", help="cả khoá, hoặc phần đầu như callers list đã hiện")
    add("disable", "khoá một hệ thống: mọi khoá và token dừng")
    add("enable", "mở lại một hệ thống")


def _scopes(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--scopes", required=required, metavar="PHẠM-VI", help="cách nhau dấu phẩy, ví dụ classify,jobs; all: tất cả"
    )


def _per_minute(parser: argparse.ArgumentParser, also: str = "") -> None:
    parser.add_argument(
        "--per-minute", type=int, metavar="SỐ", help=f"số lần gọi mỗi phút (mặc định YDAN_RATE_PER_MINUTE{also})"
    )


def _expires(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--expires", type=int, metavar="NGÀY", help="hết hạn sau bấy nhiêu ngày (mặc định: không)")
