"""A step is skipped when nothing that it reads has changed."""

from __future__ import annotations

from pathlib import Path

from ydan_training.steps import fingerprint, run_step


def test_unchanged_steps_are_skipped_changed_ones_are_not(tmp_path: Path) -> None:
    """Input, setting, output, force: each makes it run again."""
    source, made = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_text("1", encoding="utf-8")
    done: list[int] = []

    def step(settings: object = 1, *, force: bool = False) -> bool:
        def work() -> None:
            done.append(1)
            made.write_text("x", encoding="utf-8")

        return run_step("s", [source], [made], settings, tmp_path, work, force=force)

    assert [step(), step()] == [True, False]
    source.write_text("2", encoding="utf-8")
    assert [step(), step()] == [True, False]
    assert step(settings=2)
    made.unlink()
    assert step(settings=2)
    assert step(settings=2, force=True)
    assert len(done) == 5


def test_the_fingerprint_sees_bytes_and_settings(tmp_path: Path) -> None:
    """Not times."""
    file = tmp_path / "a"
    file.write_text("1", encoding="utf-8")
    first = fingerprint([file], {"x": 1})
    assert first == fingerprint([file], {"x": 1}) != fingerprint([file], {"x": 2})
