"""The table by commune, column by column, for paper and spreadsheets; numbers stay numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ydan_service.office.supervision.communes import CommuneYear
from ydan_service.office.supervision.faults import FAULTS
from ydan_service.office.supervision.summary import name_of, upper_first

Cell = int | str


class Column(NamedTuple):
    """``width`` in characters of a spreadsheet; ``total`` says whether its sum means something."""

    head: str
    width: float
    value: Callable[[CommuneYear], Cell]
    total: bool = True


def part(commune: CommuneYear, name: str) -> str:
    """``3/4`` of the sessions that could be judged; a dash where none could."""
    good, judged, _unknown = commune.kept(name)
    return f"{good}/{judged}" if judged else "–"


def percent(commune: CommuneYear) -> str:
    """``71,4%``."""
    return "–" if commune.share is None else f"{commune.share * 100:.1f}%".replace(".", ",")


def faults(commune: CommuneYear) -> str:
    """Every fault by its name, with how often."""
    named = [f"{FAULTS[id_].label} ({count})" for id_, count in commune.fault_counts.items()]
    return "; ".join(named) or "Không"


COLUMNS = (
    Column("Đơn vị", 20, lambda each: upper_first(name_of(each.commune)), total=False),
    Column("Số cuộc theo kế hoạch", 9, lambda each: each.planned),
    Column("Đã tổ chức", 8, lambda each: len(each.held)),
    Column("Ngoài kế hoạch", 8, lambda each: each.unplanned),
    Column("Dời ngày", 7, lambda each: len(each.moved)),
    Column("Hủy", 6, lambda each: len(each.cancelled)),
    Column("Thông báo đủ ngày", 10, lambda each: part(each, "notice"), total=False),
    Column("Tỷ lệ người dự", 9, percent, total=False),
    Column("Kết luận đúng hạn", 10, lambda each: part(each, "conclusion"), total=False),
    Column("Đủ ba danh mục", 9, lambda each: part(each, "lists"), total=False),
    Column("Ý kiến quá hạn, chưa trả lời", 10, lambda each: each.late),
    Column("Hạn chế, vi phạm", 44, faults, total=False),
    Column("Chưa có số liệu", 9, lambda each: each.unknown),
)
