"""underthesea is imported late and missed politely."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ydan.errors import MissingExtra, YDanError
from ydan.text import words


def test_the_package_imports_nothing_heavy() -> None:
    """Importing ydan.text imports neither underthesea nor numpy."""
    code = "import sys, ydan.text; print(sorted({'underthesea', 'numpy', 'torch'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize("broken", [None, type(sys)("underthesea")])
def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, broken: object) -> None:
    """Missing or half-loaded, the message names the package and the command."""
    monkeypatch.setitem(sys.modules, "underthesea", broken)
    with pytest.raises(MissingExtra, match=r'underthesea.*pip install "ydan\[segment\]"') as caught:
        words("sửa đường")
    assert isinstance(caught.value, YDanError)
    assert isinstance(caught.value, ImportError)


def test_words_of_two_syllables_stay_together() -> None:
    """With underthesea there, đất đai is one word."""
    pytest.importorskip("underthesea")
    assert "đất đai" in words("Đề nghị giải quyết tranh chấp đất đai")
