"""The list of opinions while a person works on it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.minutes.small import lines
from ydan.errors import EditError
from ydan.minutes.edit import Edit
from ydan.minutes.edits import OpinionList
from ydan.minutes.extract import Place
from ydan.minutes.records import Answer, Meeting, Minutes, Raised, Source

TEXTS = ("Đường lầy. Đèn hỏng, xin thay!", "Chợ bẩn; rác đầy.", "Nước yếu", "Trạm y tế thiếu thuốc. Xin thêm bác sĩ.")


def minutes() -> Minutes:
    """Four opinions on four lines; the first answer speaks of two of them, the second of one."""
    extract = lines(*TEXTS, "Kết thúc lúc 11 giờ.")
    links = {"1": ("a1",), "2": ("a1",), "4": ("a2",)}
    opinions = tuple(
        Raised(
            str(n), text, Source(Place(paragraph=n), block.start, block.end), f"Ông {n}", answers=links.get(str(n), ())
        )
        for n, (text, block) in enumerate(zip(TEXTS, extract.blocks, strict=False), 1)
    )
    nowhere = Source(Place(), 0, 0)
    answers = (
        Answer("a1", "…", "answer", nowhere, opinions=("1", "2")),
        Answer("a2", "…", "answer", nowhere, opinions=("4",)),
    )
    return Minutes(Meeting(), opinions, answers, (), extract)


Step = tuple[str, int, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["split", "merge", "move", "retext", "remove", "add", "undo", "redo"]),
        st.integers(0, 6),
        st.integers(-2, 60),
        st.integers(0, 90),
    ),
    max_size=12,
)


def do(opinions: OpinionList, step: Step) -> bool:
    """Do a step with whatever opinions there are; whether it was taken."""
    kind, one, two, three = step
    ids = [opinion.id for opinion in opinions]
    mine = ids[one % len(ids)] if ids else "?"
    try:
        match kind:
            case "split":
                opinions.split(mine, [two, three])
            case "merge":
                opinions.merge([mine, ids[two % len(ids)] if ids else "?"])
            case "move":
                opinions.move(mine, two)
            case "retext":
                opinions.retext(mine, "Sửa lại: " + "chữ " * (three % 5))
            case "remove":
                opinions.remove(mine)
            case "add":
                opinions.add(two, three, one if three % 2 else None)
            case "undo":
                opinions.undo()
            case _:
                opinions.redo()
    except EditError:
        return False
    return True


@given(STEPS)
@settings(max_examples=60)
def test_undoing_everything_gives_back_the_start(steps: list[Step]) -> None:
    """Opinions, order, ids, links: all as read."""
    start = minutes()
    opinions = OpinionList(start)
    for step in steps:
        do(opinions, step)
    while opinions.can_undo:
        opinions.undo()
    assert tuple(opinions) == start.opinions
    assert opinions.minutes() == start
    assert opinions.log == []


@given(STEPS)
@settings(max_examples=60)
def test_redoing_everything_gives_back_the_end(steps: list[Step]) -> None:
    """The same opinions under the same ids."""
    opinions = OpinionList(minutes())
    for step in steps:
        do(opinions, step)
    end, log, count = tuple(opinions), list(opinions.log), len(opinions.log)
    for _ in range(count):
        opinions.undo()
    for _ in range(count):
        opinions.redo()
    assert tuple(opinions) == end
    assert opinions.log == log


@given(STEPS)
@settings(max_examples=60)
def test_a_log_kept_as_json_does_the_same_again(steps: list[Step]) -> None:
    """What an interface stores is enough to reopen the work."""
    opinions = OpinionList(minutes())
    for step in steps:
        do(opinions, step)
    stored = json.loads(json.dumps([edit.to_json() for edit in opinions.log], ensure_ascii=False))
    again = OpinionList.replay(minutes(), map(Edit.from_json, stored))
    assert tuple(again) == tuple(opinions)
    assert again.log == opinions.log
    assert again.minutes() == opinions.minutes()


@given(STEPS)
@settings(max_examples=60)
def test_lineage_leads_back_to_what_was_read(steps: list[Step]) -> None:
    """Every opinion comes of opinions as read, or was added; ids are all different and never used twice."""
    start = minutes()
    opinions = OpinionList(start)
    seen: dict[str, Raised] = {opinion.id: opinion for opinion in start.opinions}
    for step in steps:
        do(opinions, step)
        for opinion in opinions:
            assert seen.setdefault(opinion.id, opinion) == opinion
    ids = [opinion.id for opinion in opinions]
    assert len(set(ids)) == len(ids)
    for opinion in opinions:
        assert all(parent in seen for parent in opinion.lineage)
        origins = opinions.origins(opinion.id)
        assert origins
        assert all(seen[origin].lineage == () for origin in origins)


@given(STEPS)
@settings(max_examples=60)
def test_answers_point_at_living_opinions_and_these_back(steps: list[Step]) -> None:
    """Links go both ways, whatever was done."""
    opinions = OpinionList(minutes())
    for step in steps:
        do(opinions, step)
    now = opinions.minutes()
    alive = {opinion.id for opinion in now.opinions}
    for answer in now.answers:
        assert set(answer.opinions) <= alive
    for opinion in now.opinions:
        assert set(opinion.answers) == {answer.id for answer in now.answers if opinion.id in answer.opinions}


@given(STEPS)
@settings(max_examples=60)
def test_uncorrected_words_are_those_of_the_minutes(steps: list[Step]) -> None:
    """The source of an opinion that nobody retexted or joined holds its words; all lie inside the text."""
    start = minutes()
    opinions = OpinionList(start)
    for step in steps:
        if step[0] not in ("retext", "merge"):
            do(opinions, step)
    for opinion in opinions:
        assert start.extract.text[opinion.source.start : opinion.source.end] == opinion.text


def test_parts_of_corrected_words_keep_the_whole_source() -> None:
    """Which of the minutes' words they were, cannot be told."""
    opinions = OpinionList(minutes())
    corrected = opinions.retext("1", "Đường rất lầy lội. Đèn hỏng.")
    first, second = opinions.split(corrected.id, [19])
    assert (first.text, second.text) == ("Đường rất lầy lội.", "Đèn hỏng.")
    assert first.source == second.source == corrected.source


def test_merging_keeps_corrected_words() -> None:
    """Parts of one turn that were corrected are joined as corrected, not as read."""
    opinions = OpinionList(minutes())
    first, second = opinions.split("1", [11])
    merged = opinions.merge([opinions.retext(first.id, "Đường hỏng.").id, second.id])
    assert merged.text == "Đường hỏng. Đèn hỏng, xin thay!"
    assert opinions.origins(merged.id) == ("1",)


def test_merging_parts_that_touch_gives_back_the_words_between() -> None:
    """Split and merged again, an opinion is what it was."""
    opinions = OpinionList(minutes())
    parts = opinions.split("1", [11])
    merged = opinions.merge([part.id for part in reversed(parts)])
    assert merged.text == TEXTS[0]
    assert merged.speaker == "Ông 1"


def test_merging_opinions_apart_names_everybody() -> None:
    """Two speakers, both answers, one source from the first to the last."""
    opinions = OpinionList(minutes())
    merged = opinions.merge(["4", "1"])
    assert merged.text == f"{TEXTS[0]} {TEXTS[3]}"
    assert merged.speaker == "Ông 1; Ông 4"
    assert merged.answers == ("a1", "a2")
    assert merged.lineage == ("1", "4")
    assert [opinion.id for opinion in opinions] == [merged.id, "2", "3"]


def test_answers_follow_their_opinion_through_splits() -> None:
    """Both parts are answered by what answered the whole."""
    opinions = OpinionList(minutes())
    parts = opinions.split("1", [11])
    assert opinions.minutes().answers[0].opinions == (parts[0].id, parts[1].id, "2")


def test_an_added_opinion_stands_where_its_words_do() -> None:
    """Blanks around the chosen stretch are not taken."""
    start = minutes()
    opinions = OpinionList(start)
    begin = start.extract.text.index("\nKết thúc")
    added = opinions.add(begin, len(start.extract.text))
    assert added.text == "Kết thúc lúc 11 giờ."
    assert added.source.start == begin + 1
    assert [opinion.id for opinion in opinions][-1] == added.id


def test_ids_go_on_where_an_earlier_sitting_ended() -> None:
    """Minutes that were worked on are opened again: new opinions take new ids."""
    before = OpinionList(minutes())
    parts = before.split("1", [11])
    after = OpinionList(before.minutes())
    assert after.retext(parts[0].id, "Đường lầy lội.").id not in {part.id for part in parts}


@pytest.mark.parametrize(
    ("kind", "args"),
    [
        ("split", ("9", [3])),
        ("split", ("1", [])),
        ("split", ("1", [0])),
        ("split", ("1", [999])),
        ("split", ("1", [-4])),
        ("split", ("1", [len(TEXTS[0]) - 1])),
        ("merge", (["1"],)),
        ("merge", (["1", "1"],)),
        ("merge", (["1", "9"],)),
        ("move", ("1", 4)),
        ("move", ("1", -1)),
        ("move", ("9", 0)),
        ("retext", ("1", " … ")),
        ("retext", ("9", "Đường lầy.")),
        ("remove", ("9",)),
        ("add", (5, 5)),
        ("add", (-1, 5)),
        ("add", (0, 10_000)),
        ("add", (9, 11)),
        ("add", (0, 5, 9)),
        ("add", (0, 5, -1)),
        ("undo", ()),
        ("redo", ()),
        ("origins", ("9",)),
    ],
)
def test_what_cannot_be_done_changes_nothing(kind: str, args: tuple[Any, ...]) -> None:
    """The error says why; list and log stay."""
    opinions = OpinionList(minutes())
    with pytest.raises(EditError, match=r"\w"):
        getattr(opinions, kind)(*args)
    assert tuple(opinions) == minutes().opinions
    assert opinions.log == []


def test_an_edit_after_undo_ends_redo() -> None:
    """What was taken back cannot be mixed with what was done since."""
    opinions = OpinionList(minutes())
    opinions.remove("1")
    opinions.undo()
    assert opinions.can_redo
    opinions.remove("2")
    assert not opinions.can_redo
    with pytest.raises(EditError, match="làm lại"):
        opinions.redo()


@pytest.mark.parametrize(
    "edit",
    [
        Edit("split", ("1",), ("e1", "e2", "e3"), at=(11,)),
        Edit("split", ("1",), ("x", "y"), at=(11,)),
        Edit("split", ("1",), ("e0", "e1"), at=(11,)),
        Edit("split", (), ("e1", "e2"), at=(11,)),
        Edit("split", ("7",), ("e1", "e2"), at=(11,)),
        Edit("move", ("1",), ("1",)),
        Edit("add", (), ("e1",), at=(3,)),
        Edit("retext", ("1",), ("e1",)),
        Edit("remove", ("1",), ("e1",)),
    ],
)
def test_a_log_of_other_minutes_is_refused(edit: Edit) -> None:
    """It does not fit the opinions, or would have made other ids."""
    with pytest.raises(EditError):
        OpinionList.replay(minutes(), [edit])


def test_a_log_does_not_use_an_id_twice() -> None:
    """Two edits that claim to have made the same opinion."""
    log = [Edit("retext", ("1",), ("e1",), text="Một."), Edit("retext", ("2",), ("e1",), text="Hai.")]
    with pytest.raises(EditError):
        OpinionList.replay(minutes(), log)


def test_links_to_nobody_are_dropped() -> None:
    """An answer that names an opinion the minutes do not have."""
    start = minutes()
    broken = replace(start, answers=(replace(start.answers[0], opinions=("1", "77")),))
    assert OpinionList(broken).minutes().answers[0].opinions == ("1",)


def test_ids_of_changes_that_were_taken_back_are_not_given_again() -> None:
    """A store replays only what still holds; the rows of what was taken back keep their keys."""
    opinions = OpinionList.replay(minutes(), [], used=["1", "e4", "e2"])
    assert [part.id for part in opinions.split("1", [11])] == ["e5", "e6"]
