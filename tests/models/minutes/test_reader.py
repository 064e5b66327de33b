"""The door: files and text in, minutes out, whatever the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.models.minutes.small import MINUTES, lines, small_model
from tests.models.minutes.test_rest import check
from tests.models.text.hostile import HOSTILE
from ydan.errors import BundleError, ReadError
from ydan.minutes.extract import Piece, Place, build_extract
from ydan.minutes.model import save_minutes_model
from ydan.minutes.reader import MinutesReader
from ydan.model import load_bundle


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> MinutesReader:
    """The classifier that ships and the small chains."""
    folder = tmp_path_factory.mktemp("small")
    save_minutes_model(small_model(), folder)
    return MinutesReader.load(load_bundle(), folder)


def test_very_clear_minutes_are_read_by_what_ships() -> None:
    """The models that come with the package, both of them."""
    roads = "Đường liên thôn lầy lội quanh năm, đề nghị xã sửa chữa."
    power = "Điện sinh hoạt yếu, tối không nấu được cơm, đề nghị điện lực nâng công suất trạm."
    people = (f"1. Ông Tạ Văn Mão (thôn 2): {roads}", f"2. Bà Lê Thị Sen (thôn 3): {power}")
    minutes = MinutesReader.load().read(lines(*MINUTES[:4], *people, *MINUTES[6:]))
    assert [opinion.text for opinion in minutes.opinions] == [roads, power]
    assert minutes.opinions[0].answered
    check(minutes)


@pytest.mark.parametrize("text", [text for _name, text in HOSTILE], ids=[name for name, _text in HOSTILE])
def test_hostile_text_is_read(reader: MinutesReader, text: str) -> None:
    """As an opinion, an answer, a heading and a cell; nothing is lost."""
    whole = " ".join(text.split())[:3_000]
    pieces = [Piece(line) for line in MINUTES[:5]]
    pieces += [Piece(f"3. Bà Vi Thị Lường: {whole}"), Piece(whole, "heading"), Piece(MINUTES[6]), Piece(whole)]
    check(reader.read(build_extract(pieces, "txt")))


def test_a_file_and_its_bytes_are_the_same_minutes(reader: MinutesReader, tmp_path: Path) -> None:
    """A path, or what was uploaded under its name."""
    file = tmp_path / "bien-ban.txt"
    file.write_text("\n".join(MINUTES), encoding="utf-8")
    one, other = reader.read_file(file), reader.read_bytes(file.read_bytes(), file.name)
    assert one == other
    assert one.opinions[0].source.place != Place()


def test_a_missing_file_is_named(reader: MinutesReader, tmp_path: Path) -> None:
    """The error of the readers goes through."""
    with pytest.raises(ReadError):
        reader.read_file(tmp_path / "không-có.docx")


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    """Before anything is read."""
    with pytest.raises(BundleError):
        MinutesReader.load(model=tmp_path)
