"""What is light stays light: importing the package and classifying load nothing that they do not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "sklearn", "torch", "fastapi", "matplotlib", "underthesea", "openpyxl")
_BLOCKED = """
import sys
for name in {names!r}:
    sys.modules[name] = None  # an import of it now raises ImportError
"""


def python(code: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """``code`` in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code], input=said, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


@pytest.mark.parametrize("module", ["ydan", "ydan.errors", "ydan.cli", "ydan.taxonomy"])
def test_a_light_import_loads_nothing_heavy(module: str) -> None:
    """`ydan --help` and `ydan labels` must answer at once."""
    run = python(f"import sys, {module}; print([n for n in {HEAVY!r} if n in sys.modules])")
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


def test_classify_needs_no_training_no_web_and_no_segmenter() -> None:
    """A commune's computer has none of them; with them missing, the answer comes all the same."""
    missing = ("sklearn", "matplotlib", "torch", "fastapi", "starlette", "uvicorn", "underthesea", "openpyxl", "pandas")
    code = _BLOCKED.format(names=missing) + "from ydan.cli import main\nsys.exit(main(['classify', '-']))"
    run = python(code, "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông\n")
    assert (run.returncode, run.stderr) == (0, "")
    assert "Giao thông" in run.stdout


def test_a_spreadsheet_without_openpyxl_names_the_extra() -> None:
    """And not a traceback."""
    code = (
        _BLOCKED.format(names=("openpyxl",))
        + "from ydan.cli import main\nsys.exit(main(['classify', '-', '--output', 'x.xlsx']))"
    )
    run = python(code, "Đường thôn 6 lầy lội\n")
    assert run.returncode == 2
    assert 'pip install "ydan[office]"' in run.stderr


def test_the_version_is_that_of_the_distribution() -> None:
    """One number, in two places."""
    from importlib.metadata import version

    import ydan

    assert version("ydan") == ydan.__version__
