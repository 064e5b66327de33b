"""From a path or bytes to the reader of the format."""

from __future__ import annotations

from pathlib import Path

from ydan.errors import ReadError
from ydan.minutes.extract import Extract
from ydan.minutes.readers.limits import Limits, check_size
from ydan.minutes.readers.sniff import sniff, wrong_extension

_KINDS: dict[str, tuple[str, ...]] = {
    ".docx": ("docx",),
    ".docm": ("docx",),
    ".pdf": ("pdf",),
    ".xlsx": ("xlsx",),
    ".xlsm": ("xlsx",),
    ".csv": ("text",),
    ".txt": ("text",),
    ".md": ("text",),
    ".doc": ("doc", "rtf"),
    ".rtf": ("rtf",),
    ".odt": ("odt",),
}
_STEPS = {
    **dict.fromkeys((".xls", ".ods", ".xlsb"), "Hãy mở bằng Excel, chọn Lưu thành .xlsx rồi thử lại."),
    **dict.fromkeys((".htm", ".html", ".mht"), "Hãy mở bằng Word, chọn Lưu thành .docx rồi thử lại."),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff"), "Hãy chuyển ảnh thành PDF rồi đọc với --ocr."),
    **dict.fromkeys((".zip", ".rar", ".7z"), "Hãy giải nén rồi đưa từng tệp bên trong."),
}
USUAL = Limits()
READABLE = tuple(_KINDS)
"""The suffixes that are read, in lower case; .doc, .rtf and .odt need LibreOffice."""


def read_file(path: Path, limits: Limits = USUAL, ocr: bool = False, processes: int = 1) -> Extract:
    """The text of a file with its places; ``ocr`` reads scanned PDF pages with Tesseract.

    So many ``processes`` may share the pages of a long PDF (:mod:`ydan.parallel`).

    :raises ReadError: with a stable ``code``; see ``docs/reading-files.md``.
    :raises MissingExtra: the extra ``office`` is not installed.
    """
    try:
        if path.is_dir():
            raise ReadError(f"{path} là thư mục. Hãy cho tên một tệp {', '.join(READABLE)}.", "unsupported_format")
        if not path.exists():
            raise ReadError(f"Không có tệp {path}. Hãy kiểm tra lại tên và đường dẫn.", "file_missing")
        _check_suffix(path.name)
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
            if len(data) > limits.file_bytes:
                check_size(path.stat().st_size, path.name, limits)
    except (OSError, ValueError) as error:
        raise ReadError(
            f"Không mở được tệp {path} ({error}). Hãy kiểm tra quyền đọc, hoặc đóng phần mềm đang giữ tệp.",
            "unreadable_file",
        ) from error
    return read_bytes(data, path.name, limits, ocr, processes)


def read_bytes(data: bytes, name: str, limits: Limits = USUAL, ocr: bool = False, processes: int = 1) -> Extract:
    """As :func:`read_file`, of a file in memory; ``name`` gives the format and stands in messages."""
    name = Path(name.replace("\\", "/")).name
    suffix = _check_suffix(name)
    check_size(len(data), name, limits)
    kind = sniff(data, name, limits)
    if kind not in _KINDS[suffix]:
        if kind == "text" and suffix != ".txt":
            raise _not_what_it_says(name, suffix)
        raise wrong_extension(name, suffix, kind, _KINDS)
    try:
        return _read(data, name, suffix, limits, ocr, processes)
    except RecursionError as error:
        raise ReadError(
            f"Tệp {name} có các phần lồng nhau quá nhiều tầng. "
            "Hãy mở bằng phần mềm gốc, sao chép nội dung sang tệp mới.",
            "too_deep",
        ) from error


def _read(data: bytes, name: str, suffix: str, limits: Limits, ocr: bool, processes: int) -> Extract:
    """Each reader is imported when its format comes: a text file needs no extra."""
    if suffix in (".docx", ".docm"):
        from ydan.minutes.readers.docx import read_docx

        return read_docx(data, name, limits)
    if suffix == ".pdf":
        from ydan.minutes.readers.pdf import read_pdf

        return read_pdf(data, name, limits, ocr, processes)
    if suffix in (".xlsx", ".xlsm"):
        from ydan.minutes.readers.sheet import read_sheet

        return read_sheet(data, name, limits)
    if suffix in (".doc", ".rtf", ".odt"):
        from ydan.minutes.readers.office import read_office

        return read_office(data, name, limits)
    if suffix == ".csv":
        from ydan.minutes.readers.separated import read_separated

        return read_separated(data, name, limits)
    from ydan.minutes.readers.plain import read_plain

    return read_plain(data, name, limits, marked_down=suffix == ".md")


def _check_suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix not in _KINDS:
        step = _STEPS.get(suffix, f"Hãy lưu thành một trong: {', '.join(READABLE)}.")
        raise ReadError(f"Chưa đọc được tệp {suffix or 'không đuôi'} ({name}). {step}", "unsupported_format")
    return suffix


def _not_what_it_says(name: str, suffix: str) -> ReadError:
    return ReadError(
        f"Tệp {name} mang đuôi {suffix} nhưng bên trong không phải dạng đó, hoặc tệp đã hỏng. "
        "Nếu là văn bản thuần, hãy đổi đuôi thành .txt; nếu không, hãy lưu lại từ phần mềm gốc.",
        "wrong_extension",
    )
