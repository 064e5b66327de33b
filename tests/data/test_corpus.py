"""The corpus keeps what its card and the issue of its kind promise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ydan.taxonomy import load_taxonomy
from ydan.text import diacritic_share, find_personal
from ydan_training.corpus import LabelledOpinion, read_jsonl
from ydan_training.prepare import corpus_faults

Splits = dict[str, list[LabelledOpinion]]


@pytest.fixture(scope="module")
def splits(root: Path) -> Splits:
    return {name: read_jsonl(root / f"data/opinions/{name}.jsonl") for name in ("train", "validation", "test")}


@pytest.fixture(scope="module")
def rows(splits: Splits) -> list[LabelledOpinion]:
    return [row for part in splits.values() for row in part]


def test_nothing_is_wrong_with_it(splits: Splits) -> None:
    """Schema, ids, label contradictions, near-duplicates, groups that straddle two splits."""
    assert corpus_faults(splits) == []


def test_it_holds_at_least_five_thousand_distinct_opinions(rows: list[LabelledOpinion]) -> None:
    """Distinct to the letter; near-duplicates are refused above."""
    assert len({row.text for row in rows}) == len(rows) >= 5_000


def test_every_label_has_enough_opinions(rows: list[LabelledOpinion]) -> None:
    """Topics 120, levels 300, codes 120, types 200."""
    known = load_taxonomy()
    counted = {
        120: (Counter(row.topic for row in rows), known.topics),
        300: (Counter(row.level for row in rows), known.levels),
        200: (Counter(row.type for row in rows), known.types),
    }
    for least, (count, labels) in counted.items():
        assert {label: count[label] for label in labels if count[label] < least} == {}
    codes = Counter(code for row in rows for code in row.codes)
    assert {code: codes[code] for code in known.escalation_codes if codes[code] < 120} == {}


def test_every_matter_is_spoken_of(rows: list[LabelledOpinion]) -> None:
    """All 182 of them, at least five times each."""
    count = Counter(row.matter for row in rows)
    assert {matter: count[matter] for matter in load_taxonomy().matters if count[matter] < 5} == {}


def test_all_regions_registers_and_hosts_are_there(rows: list[LabelledOpinion]) -> None:
    """No region below a fifth, six registers, three hosts."""
    regions = Counter(row.region for row in rows)
    assert min(regions[name] for name in ("north", "central", "south")) > len(rows) / 5
    assert set(Counter(row.register for row in rows)) == {"spoken", "minutes", "formal", "letter", "news", "portal"}
    assert min(Counter(row.host_level for row in rows).values()) > 300


def test_some_of_it_is_typed_without_diacritics(rows: list[LabelledOpinion]) -> None:
    """As minutes often are."""
    assert sum(diacritic_share(row.text) < 0.02 for row in rows) >= 120


def test_the_test_split_is_the_work_of_a_stranger(splits: Splits) -> None:
    """No author of the test split is learned from."""
    learned = {row.author for name in ("train", "validation") for row in splits[name]}
    assert learned.isdisjoint({row.author for row in splits["test"]})


def test_no_record_holds_an_id_card_number(rows: list[LabelledOpinion]) -> None:
    """Invented telephones may be there as noise; identity numbers never."""
    assert [row.id for row in rows if any(span.kind == "id" for span in find_personal(row.text))] == []
