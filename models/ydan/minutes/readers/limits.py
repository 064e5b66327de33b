"""How much of a file is read before it is called too much; a stranger may have made it."""

from __future__ import annotations

from dataclasses import dataclass

from ydan.errors import ReadError

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Far above any real minutes, low enough that no file holds the machine.

    ``ratio`` is unpacked to packed size of one part of an archive, looked at from 16 MB on (office XML packs to a
    tenth, a bomb to a thousandth). ``elements`` are those of one XML part, ``depth`` is of tables in tables,
    ``seconds`` are given to an external program for one file (LibreOffice) or one page (Tesseract).
    """

    file_bytes: int = 50 * MB
    unpacked_bytes: int = 200 * MB
    part_bytes: int = 64 * MB
    ratio: int = 200
    entries: int = 10_000
    elements: int = 1_000_000
    pages: int = 1_000
    cells: int = 200_000
    paragraphs: int = 100_000
    depth: int = 8
    characters: int = 5_000_000
    seconds: float = 60.0


def check_size(size: int, name: str, limits: Limits) -> None:
    """:raises ReadError: ``file_empty`` or ``file_too_large``."""
    if size == 0:
        raise ReadError(f"Tệp {name} rỗng (0 byte). Hãy kiểm tra lại tệp gốc hoặc tải lại.", "file_empty")
    if size > limits.file_bytes:
        raise ReadError(
            f"Tệp {name} có {size / MB:.1f} MB, đọc tối đa {limits.file_bytes / MB:g} MB. "
            "Hãy bỏ bớt ảnh hoặc tách tệp thành nhiều phần.",
            "file_too_large",
        )


def check_paragraphs(count: int, name: str, limits: Limits) -> None:
    """:raises ReadError: ``too_long``."""
    if count > limits.paragraphs:
        raise ReadError(
            f"Tệp {name} có hơn {limits.paragraphs // 1000} nghìn đoạn, đọc tối đa chừng ấy. Hãy tách tệp.", "too_long"
        )


def check_cells(count: int, name: str, limits: Limits) -> None:
    """:raises ReadError: ``too_many_cells``."""
    if count > limits.cells:
        raise ReadError(
            f"Tệp {name} có hơn {limits.cells // 1000} nghìn ô có chữ, đọc tối đa chừng ấy. "
            "Hãy tách bảng thành nhiều tệp.",
            "too_many_cells",
        )
