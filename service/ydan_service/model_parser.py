"""The options of ``ydan-serve model``; apart from the work, so that ``--help`` waits for no library."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_model(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """The parsers of ``model show | switch | rollback``."""
    what = "xem, đổi mô hình đang dùng mà không dừng máy chủ"
    group = commands.add_parser("model", help=what, description=what, parents=[shared])
    acts = group.add_subparsers(dest="act", metavar="VIỆC", required=True)
    for name, help_ in (
        ("show", "mô hình nào được chọn, các lần chọn trước"),
        ("switch", "kiểm tra một mô hình rồi cho máy chủ đang chạy dùng nó"),
        ("rollback", "quay lại mô hình chọn trước đó"),
    ):
        act = acts.add_parser(name, help=help_, description=help_, parents=[shared])
        if name == "switch":
            act.add_argument("folder", type=Path, metavar="THƯ-MỤC", help="thư mục có bundle.json")
