"""``ydan classify --mapping``: exports of other systems, their rows as the contract has them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from ydan.bulk.rows import Row
from ydan.errors import ReadError
from ydan.mapping import Mapping, load_mapping, opinions_of
from ydan.mapping import read_rows as read_export

KINDS = (".csv", ".json", ".jsonl")


def mapping_of(options: argparse.Namespace) -> Mapping | None:
    """The mapping that is asked for, if one is; its defaults fill in what the options leave open.

    One whose headings are assumed is told on standard error.

    :raises ReadError: there is no such mapping, or something in it is wrong.
    """
    if options.mapping is None:
        return None
    mapping = load_mapping(options.mapping)
    if mapping.assumed and not options.quiet:
        print(
            f"ydan: bảng ánh xạ {mapping.name} dùng tên cột giả định. Hãy đối chiếu với tệp thật; tên khác thì chép "
            "bảng thành tệp .toml riêng rồi sửa (docs/facades.md).",
            file=sys.stderr,
        )
    options.host_level = options.host_level or mapping.defaults.get("host_level")
    options.province = options.province or mapping.defaults.get("province")
    return mapping


def mapped_rows(name: str, mapping: Mapping) -> Iterator[Row]:
    """The rows of an export, or of standard input for ``-``.

    :raises ReadError: no such file, a kind that is not read, no column with the text.
    """
    if name == "-":
        data = sys.stdin.buffer.read()
    else:
        path = Path(name)
        if not path.is_file():
            raise ReadError(f"Không có tệp {name}. Hãy kiểm tra lại tên và đường dẫn.")
        if path.suffix.lower() not in KINDS:
            raise ReadError(
                f"Với --mapping chỉ đọc {', '.join(KINDS)}, không đọc {path.suffix or 'tệp không đuôi'} ({name}). "
                "Hãy lưu bảng thành .csv (UTF-8) rồi thử lại."
            )
        data = path.read_bytes()
    rows = read_export(data, "đầu vào chuẩn" if name == "-" else name, mapping)
    for number, row in enumerate(opinions_of(rows, mapping), 1):
        yield Row(str(number), row)
