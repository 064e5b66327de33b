"""English: every sentence has it, with the same things filled in; how sentences are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ydan_service.office import settings
from ydan_service.web import catalogue


@pytest.fixture(scope="module")
def used() -> dict[str, str]:
    return catalogue.used()


def test_every_sentence_of_the_pages_has_english(used: dict[str, str]) -> None:
    """``python -m ydan_service.web.catalogue`` lists what this misses."""
    assert used.keys() - catalogue.known().keys() == set()


def test_english_fills_in_the_same_things() -> None:
    """A number that the Vietnamese tells is told in English too."""
    assert catalogue.wrong(catalogue.known()) == []


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("Đến nội dung chính", "web/templates/base.html"),  # _() of a template
        ("Ý kiến này đã được giữ kín rồi.", "office/review/secret.py"),  # one of two, chosen by a condition
        ("Ý kiến này không phải ý kiến giữ kín.", "office/review/secret.py"),  # the other of the two
        ("Thông báo muộn", "office/supervision/faults.py"),  # N_()
        ("Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại cả hai ô.", "accounts/passwords.py"),  # an error
        (settings.ALL[0].label, "office/settings.py"),  # a table
        ("Giáo dục, đào tạo", "ydan.taxonomy topics"),
    ],
)
def test_sentences_are_found_wherever_they_are_said(used: dict[str, str], sentence: str, where: str) -> None:
    """In templates, code, errors and tables."""
    assert used[sentence] == where


def test_translations_are_taken_in_and_kept_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From lines as the command lists them; quotes and line ends survive the file."""
    file = tmp_path / "en.po"
    catalogue.write({"Xã “An”": 'Commune "An"', "Hội nghị": "Meetings"}, file)
    assert list(catalogue.known(file)) == ["Hội nghị", "Xã “An”"]
    lines = tmp_path / "more.txt"
    lines.write_text("# note\nThêm|Add\t# web/x.html\nKhông có gạch\nLưu|\n", encoding="utf-8")
    assert catalogue.main(["--add", str(lines)], file) == 1
    assert catalogue.known(file) == {"Hội nghị": "Meetings", "Thêm": "Add", "Xã “An”": 'Commune "An"'}
    listed = capsys.readouterr().out
    assert "Đến nội dung chính|\t# web/templates/base.html" in listed
    assert "Thêm|" not in listed


def test_english_without_a_place_to_fill_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written."""
    file = tmp_path / "en.po"
    catalogue.write({"Hội nghị": "Meetings"}, file)
    lines = tmp_path / "more.txt"
    lines.write_text("Còn %(n)s|Some left\n", encoding="utf-8")
    assert catalogue.main(["--add", str(lines)], file) == 1
    assert "Còn %(n)s" in capsys.readouterr().err
    assert list(catalogue.known(file)) == ["Hội nghị"]
