"""Every command and option of ``ydan``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ydan import __version__
from ydan.opinion import HOST_LEVELS

FORMATS = ("table", "jsonl", "csv", "xlsx", "docx", "parquet")
MOST_PROCESSES = 256
DOCUMENTS = (
    "bieu-tong-hop",
    "thong-bao-ket-luan",
    "cong-van-kien-nghi",
    "phieu-chuyen",
    "phieu-huong-dan",
    "so-tiep-cong-dan",
    "bien-ban",
    "ban-niem-yet",
)
"""``ydan.documents.KINDS``, said here so that ``ydan --help`` need not load the documents."""


def build_parser() -> argparse.ArgumentParser:
    """Every command and option, with help in Vietnamese."""
    parser = argparse.ArgumentParser(
        prog="ydan",
        description="Ý Dân đọc ý kiến của người dân: lĩnh vực, thẩm quyền, việc phải báo lên trên – kèm lý do.",
        epilog='Ví dụ: echo "Đường thôn 3 lầy lội quá" | ydan classify -',
    )
    parser.add_argument("--version", action="version", version=f"ydan {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")

    classify = commands.add_parser("classify", help="phân loại ý kiến trong tệp hoặc từ đầu vào chuẩn")
    classify.add_argument(
        "files",
        nargs="*",
        default=["-"],
        metavar="TỆP",
        help="biên bản .docx .pdf .xlsx .csv .txt .md .doc .odt, danh sách .jsonl .csv .parquet .txt, "
        "hoặc - (mặc định)",
    )
    classify.add_argument(
        "--format",
        choices=FORMATS,
        help="dạng đầu ra (mặc định: bảng trên màn hình, theo đuôi tệp khi có --output); "
        "docx, và xlsx của một biên bản, là biểu tổng hợp của hội nghị",
    )
    classify.add_argument("--output", type=Path, metavar="TỆP", help="ghi ra tệp thay vì màn hình")
    classify.add_argument("--quiet", action="store_true", help="không hiện thanh tiến độ")
    _processes(classify)
    classify.add_argument(
        "--mapping",
        metavar="BẢNG",
        help="đọc tệp xuất của hệ thống khác (.csv .json .jsonl) theo bảng ánh xạ: pakn, cu-tri hoặc tệp .toml",
    )
    classify.add_argument("--ocr", action="store_true", help="nhận dạng chữ khi tệp PDF là bản quét (cần Tesseract)")
    _meeting(classify)
    _model(classify)

    bulk = commands.add_parser("bulk", help="phân loại hàng triệu ý kiến, trên máy này hoặc nhiều máy")
    bulk.add_argument("input", type=Path, metavar="ĐẦU_VÀO", help="tệp .jsonl, .parquet hoặc thư mục chứa chúng")
    bulk.add_argument("output", type=Path, metavar="ĐẦU_RA", help="thư mục kết quả, hoặc tệp .jsonl, .parquet")
    bulk.add_argument("--engine", choices=("local", "ray"), default="local", help="máy này (mặc định), hay cụm máy Ray")
    bulk.add_argument("--address", metavar="ĐỊA_CHỈ", help="cụm Ray đang chạy (mặc định: mở Ray trên máy này)")
    bulk.add_argument("--format", choices=("jsonl", "parquet"), help="dạng kết quả (mặc định: theo đuôi, hay parquet)")
    bulk.add_argument("--quiet", action="store_true", help="không hiện thanh tiến độ")
    _processes(bulk)
    _meeting(bulk)
    _model(bulk)

    read = commands.add_parser("read", help="tách biên bản thành từng ý kiến, chưa phân loại")
    read.add_argument("file", type=Path, metavar="TỆP", help=".docx .pdf .xlsx .csv .txt .md .doc .odt")
    read.add_argument("--format", choices=("jsonl",), default="jsonl", help="dạng đầu ra (mặc định: jsonl)")
    read.add_argument("--output", type=Path, metavar="TỆP", help="ghi ra tệp thay vì màn hình")
    read.add_argument("--answers", action="store_true", help="in cả câu trả lời, kết luận và việc được giao")
    read.add_argument("--rest", action="store_true", help="in cả phần không phải ý kiến, không phải trả lời")
    read.add_argument("--ocr", action="store_true", help="nhận dạng chữ khi tệp PDF là bản quét (cần Tesseract)")

    documents = commands.add_parser("documents", help="làm các văn bản của hội nghị từ biên bản")
    documents.add_argument("file", type=Path, metavar="TỆP", help="biên bản .docx .pdf .xlsx .csv .txt .md .doc .odt")
    documents.add_argument("--output-dir", type=Path, required=True, metavar="THƯ_MỤC", help="nơi ghi các văn bản")
    documents.add_argument(
        "--form", choices=("auto", "state", "party"), default="auto", help="thể thức (mặc định: theo người chủ trì)"
    )
    documents.add_argument(
        "--only",
        action="append",
        metavar="LOẠI",
        help="chỉ làm loại này (dùng được nhiều lần): " + ", ".join(DOCUMENTS),
    )
    documents.add_argument("--templates", type=Path, metavar="THƯ_MỤC", help="mẫu .docx riêng của cơ quan")
    documents.add_argument(
        "--names", choices=("code", "full"), default="code", help="mã số (mặc định) hay họ tên người nêu"
    )
    documents.add_argument("--confidential", action="store_true", help="làm cả danh sách mật, trong thư mục riêng")
    documents.add_argument("--quiet", action="store_true", help="không hiện thanh tiến độ")
    documents.add_argument("--ocr", action="store_true", help="nhận dạng chữ khi tệp PDF là bản quét (cần Tesseract)")
    _meeting(documents)
    _model(documents)

    explain = commands.add_parser("explain", help="giải thích vì sao một ý kiến được phân loại như vậy")
    explain.add_argument("text", metavar="Ý_KIẾN", help="nội dung ý kiến, đặt trong ngoặc kép")
    explain.add_argument("--json", action="store_true", help="in ra JSON")
    _meeting(explain)
    _model(explain)

    selftest = commands.add_parser("selftest", help="kiểm tra mô hình đúng là bản đã đo")
    selftest.add_argument("--json", action="store_true", help="in ra JSON")
    _model(selftest)

    labels = commands.add_parser("labels", help="liệt kê bộ nhãn")
    labels.add_argument("kind", nargs="?", help="topics, types, levels, codes, bodies hoặc matters (mặc định: tất cả)")
    labels.add_argument("--json", action="store_true", help="in ra JSON")

    competence = commands.add_parser("competence", help="tra bảng thẩm quyền, kiểm tra tệp bổ sung của tỉnh")
    actions = competence.add_subparsers(dest="action", required=True, metavar="VIỆC")
    look = actions.add_parser("show", help="một việc thuộc ai, vào ngày nào")
    look.add_argument("matter", metavar="VIỆC", help="mã việc, xem `ydan labels matters`")
    _meeting(look)
    _overrides(look)
    check = actions.add_parser("check", help="kiểm tra tệp quy định riêng của tỉnh")
    check.add_argument("file", type=Path, metavar="TỆP")
    return parser


def _processes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--processes", type=_count, metavar="N", help="số tiến trình cùng làm (mặc định: mọi nhân của máy)"
    )


def _count(words: str) -> int:
    if not words.isdecimal() or not 1 <= int(words) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"{words!r} không phải số từ 1 đến {MOST_PROCESSES}. Hãy thử --processes 2.")
    return int(words)


def _meeting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host-level",
        metavar="CẤP",
        help=" | ".join(HOST_LEVELS) + " (mặc định: theo biên bản, không có thì commune)",
    )
    parser.add_argument(
        "--date", metavar="NĂM-THÁNG-NGÀY", help="ngày họp (mặc định: theo biên bản, không có thì hôm nay)"
    )
    parser.add_argument("--province", metavar="MÃ", help="mã hoặc tên tỉnh, để dùng quy định riêng của tỉnh")


def _overrides(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--competence",
        action="append",
        type=Path,
        default=[],
        metavar="TỆP",
        help="tệp quy định riêng của tỉnh (dùng được nhiều lần)",
    )


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, metavar="THƯ_MỤC", help="thư mục mô hình (mặc định: mô hình đi kèm)")
    _overrides(parser)
