"""Fuzzing the file readers: every input ends in an extract or a ReadError.

With atheris: ``python -m tests.fuzz.fuzz_readers CORPUS_FOLDER``. Without it the heavy test runs the same entry on
mutations of valid files.
"""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Iterator

from ydan.errors import ReadError
from ydan.minutes.readers import Limits, read_bytes

SUFFIXES = (".docx", ".pdf", ".xlsx", ".csv", ".txt", ".md")
LIMITS = Limits(file_bytes=4_000_000, unpacked_bytes=8_000_000, part_bytes=4_000_000, pages=50, cells=20_000)


def fuzz_one(data: bytes) -> None:
    """The first byte picks the reader, the rest is the file."""
    if data:
        check(data[1:], SUFFIXES[data[0] % len(SUFFIXES)])


def check(data: bytes, suffix: str) -> None:
    """Read ``data``; what comes out keeps the promises of an extract."""
    try:
        extract = read_bytes(data, f"a{suffix}", LIMITS)
    except ReadError as error:
        if not error.code or not str(error):
            raise AssertionError("an error without code or message") from error
        return
    assert extract.text == "\n".join(extract.of(block) for block in extract.blocks)
    assert all(0 <= block.start <= block.end <= len(extract.text) for block in extract.blocks)
    assert not any("\n" in extract.of(block) for block in extract.blocks if block.cell is None)
    extract.text.encode()


def mutations(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """``data`` with bytes changed, cut out, doubled; of an archive also with the insides of a part changed."""
    chance = random.Random(seed)
    for _ in range(count):
        if data.startswith(b"PK") and chance.random() < 0.7:
            yield _within(data, chance)
        else:
            yield _changed(data, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        at = chance.randrange(len(changed) or 1)
        size = chance.choice((1, 1, 2, 4, 64, 512))
        match chance.randrange(4):
            case 0:
                changed[at : at + size] = chance.randbytes(size)
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size]
            case _:
                words = (b"<", b">", b"&", b'"', b"-1", b"99999999999", b"\x00", b"]]>", b"/Kids", b" 0 R", b"stream")
                changed[at : at + 1] = chance.choice(words)
    return bytes(changed)


def _within(data: bytes, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = chance.choice(names)
        for name in old.namelist():
            content = old.read(name)
            if name == chosen and chance.random() < 0.05:
                continue
            new.writestr(name, _changed(content, chance) if name == chosen else content)
    return stream.getvalue()


def main() -> None:
    """Run under atheris."""
    import atheris

    with atheris.instrument_imports(include=["ydan"]):
        import ydan.minutes.readers.docx
        import ydan.minutes.readers.pdf
        import ydan.minutes.readers.sheet  # noqa: F401
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
