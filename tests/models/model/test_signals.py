"""What the combining layers look at."""

from __future__ import annotations

from datetime import date

import numpy as np

from ydan.competence import load_competence
from ydan.model.signals import LEVELS, NO_MATTER, TableAnswers, above_host, allowed_levels
from ydan.opinion import Session

BEFORE, AFTER = Session(date(2024, 3, 1)), Session(date(2026, 3, 1))


def test_the_table_answers_by_date() -> None:
    """A household's first title: the district in 2024, the commune in 2026."""
    table = TableAnswers(load_competence(), ("land_first_title", NO_MATTER))
    matter = np.array([[1.0, 0.0], [1.0, 0.0]], dtype=np.float32)
    found = table.distribution(matter, [BEFORE, AFTER])
    assert [LEVELS[at] for at in found.argmax(axis=1)] == ["district", "commune"]


def test_no_matter_gives_no_level() -> None:
    """The table is silent where nothing of its rows is spoken of."""
    table = TableAnswers(load_competence(), ("land_first_title", NO_MATTER))
    assert table.distribution(np.array([[0.0, 1.0]], dtype=np.float32), [AFTER]).sum() == 0


def test_districts_are_allowed_before_their_end_only() -> None:
    """2025-06-30 is the last day."""
    days = [date(2025, 6, 30), date(2025, 7, 1)]
    assert allowed_levels([Session(day) for day in days])[:, LEVELS.index("district")].tolist() == [True, False]


def test_above_counts_only_higher_levels_of_the_chain() -> None:
    """External and unclear are not above anybody."""
    level = np.array([[0.1, 0.0, 0.3, 0.2, 0.3, 0.1]], dtype=np.float32)
    assert above_host(level, [AFTER])[0] == np.float32(0.5)
    assert above_host(level, [Session(date(2026, 3, 1), "province")])[0] == np.float32(0.2)
