"""The parts of an office file, taken out of its archive without trusting what the archive says of itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from ydan.errors import ReadError
from ydan.minutes.readers.limits import MB, Limits

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
)


class Archive:
    """A zip whose members are counted and measured before one is unpacked.

    :raises ReadError: ``corrupt_file``, ``encrypted``, or ``zip_bomb``.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise corrupt(name) from error
        self._infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if len(infos) > limits.entries:
            raise self._bomb(f"gói {len(infos)} tệp con, đọc tối đa {limits.entries}")
        if any(info.flag_bits & 1 for info in infos):
            raise encrypted(name)
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            raise self._bomb(f"giải nén ra hơn {limits.unpacked_bytes / MB:g} MB")
        for info in infos:
            if info.file_size > 16 * MB and info.file_size > limits.ratio * max(info.compress_size, 1):
                raise self._bomb(f"có phần nén hơn {limits.ratio} lần")

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, in lower case."""
        return tuple(self._infos)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, ``None`` when there is none of that name (case does not matter)."""
        info = self._infos.get(part.lower())
        if info is None:
            return None
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise corrupt(self.name)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(self.limits.part_bytes + 1)
        except _BROKEN as error:
            raise corrupt(self.name) from error
        if len(data) > self.limits.part_bytes:
            raise self._bomb(f"có phần dài hơn {self.limits.part_bytes / MB:g} MB")
        return data

    def _bomb(self, fact: str) -> ReadError:
        return ReadError(
            f"Tệp {self.name} {fact}: giống tệp nén độc hại nên không đọc. "
            "Nếu là tệp thật, hãy mở bằng Word hoặc Excel rồi lưu lại.",
            "zip_bomb",
        )


def corrupt(name: str) -> ReadError:
    """The error of a file whose insides do not hold together."""
    return ReadError(
        f"Tệp {name} bị hỏng hoặc tải về chưa đủ. Hãy mở bằng phần mềm gốc rồi lưu lại, hoặc tải lại tệp.",
        "corrupt_file",
    )


def encrypted(name: str) -> ReadError:
    """The error of a file behind a password."""
    return ReadError(
        f"Tệp {name} có mật khẩu nên không đọc được. Hãy mở bằng mật khẩu, lưu lại không đặt mật khẩu rồi thử lại.",
        "encrypted",
    )
