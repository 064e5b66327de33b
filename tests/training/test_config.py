"""One readable file drives a run; a slip in it is refused with the choices."""

from __future__ import annotations

from pathlib import Path

import pytest

from ydan_training.config import ConfigError, load_config


def test_a_file_is_laid_over_the_defaults(tmp_path: Path) -> None:
    """What it does not name stays."""
    file = tmp_path / "own.toml"
    file.write_text("[heads]\ntopic = 2.5\n", encoding="utf-8")
    config = load_config(file, tmp_path)
    assert config.number("heads", "topic") == 2.5
    assert config.path("corpus", "test") == tmp_path / "data/opinions/test.jsonl"


@pytest.mark.parametrize(("text", "says"), [("[heeds]\nx = 1\n", "heads"), ("[heads]\ntopics = 1\n", "matter")])
def test_an_unknown_name_is_refused_with_the_choices(text: str, says: str, tmp_path: Path) -> None:
    """Section or setting."""
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        load_config(file, tmp_path)
