"""Merge, split, reorder and correct the list of opinions by hand, with lineage, and take any of it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Self

from ydan.errors import EditError
from ydan.minutes.edit import Edit
from ydan.minutes.lineage import follow, heirs_in, ids_of, parents_in
from ydan.minutes.records import Minutes, Raised, Source
from ydan.minutes.recut import cut, has_words, join

_MADE = re.compile(r"e([0-9]{1,9})")


class OpinionList:
    """The opinions of one meeting while a person works on them.

    Every change makes new opinions under new ids that name their parents in ``lineage``; nothing is overwritten, so
    that :meth:`undo` is exact, an interface can show what became of an opinion, and the splitter can learn from what
    people corrected (:attr:`log`). An id is never used for a second opinion, not even after :meth:`undo`.

    >>> from ydan.minutes.extract import Piece, build_extract
    >>> from ydan.minutes.records import Meeting
    >>> extract = build_extract([Piece("Đường lầy. Đèn hỏng.")], "txt")
    >>> raised = Raised("1", "Đường lầy. Đèn hỏng.", Source(extract.blocks[0].place, 0, 20))
    >>> opinions = OpinionList(Minutes(Meeting(), (raised,), (), (), extract))
    >>> [opinion.text for opinion in opinions.split("1", [11])]
    ['Đường lầy.', 'Đèn hỏng.']
    >>> opinions.undo()
    >>> [opinion.id for opinion in opinions]
    ['1']
    """

    def __init__(self, minutes: Minutes) -> None:
        self._minutes = minutes
        self._now: tuple[Raised, ...] = minutes.opinions
        self._past: list[tuple[Raised, ...]] = []
        self._undone: list[tuple[tuple[Raised, ...], Edit]] = []
        self.log: list[Edit] = []
        used = (id_ for opinion in minutes.opinions for id_ in (opinion.id, *opinion.lineage))
        self._count = max((int(made[1]) for id_ in used if (made := _MADE.fullmatch(id_))), default=0)

    @classmethod
    def replay(cls, minutes: Minutes, log: Iterable[Edit], used: Iterable[str] = ()) -> Self:
        """Do a log again, under the same ids.

        ``used`` are ids that changes not in the log once gave (they were taken back): new opinions get others.

        :raises EditError: the log is not of these minutes.
        """
        opinions = cls(minutes)
        for edit in log:
            opinions._repeat(edit)
        given = (int(made[1]) for id_ in used if (made := _MADE.fullmatch(id_)))
        opinions._count = max([opinions._count, *given])
        return opinions

    def __iter__(self) -> Iterator[Raised]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether anything was taken back, and nothing changed since."""
        return bool(self._undone)

    def split(self, id_: str, at: Sequence[int]) -> tuple[Raised, ...]:
        """Cut an opinion before each of the character offsets into its text.

        Parts of corrected words keep the whole opinion's source: which of its words they were, cannot be told.

        :raises EditError: no such opinion, an offset outside, or a part without words.
        """
        place, old = self._find(id_)
        made = cut(old, at, self._minutes.extract.text)
        parts = [replace(part, id=self._new_id(), lineage=(id_,)) for part in made]
        now = (*self._now[:place], *parts, *self._now[place + 1 :])
        self._commit(Edit("split", (id_,), ids_of(parts), at=tuple(sorted(set(at)))), now)
        return tuple(parts)

    def merge(self, ids: Sequence[str]) -> Raised:
        """Make one opinion of several; it stands where the first stood, its words in the order of the minutes.

        Opinions that touch in the minutes keep what stands between them; others, and those whose words were corrected,
        are joined by a blank. The source spans from the first to the last.

        :raises EditError: fewer than two, or no such opinion.
        """
        pairs = [self._find(id_) for id_ in dict.fromkeys(ids)]
        if len(pairs) < 2:
            raise EditError("Muốn gộp phải chọn ít nhất hai ý kiến.")
        olds = [old for _place, old in sorted(pairs, key=lambda pair: (pair[1].source.start, pair[0]))]
        merged = replace(join(olds, self._minutes.extract.text), id=self._new_id(), lineage=ids_of(olds))
        place = min(place for place, _old in pairs)
        now = [
            merged if at == place else old
            for at, old in enumerate(self._now)
            if at == place or old.id not in merged.lineage
        ]
        self._commit(Edit("merge", merged.lineage, (merged.id,)), tuple(now))
        return merged

    def move(self, id_: str, to: int) -> None:
        """Put an opinion at another place, counted from 0.

        :raises EditError: no such opinion or place.
        """
        place, old = self._find(id_)
        self._check_place(to, len(self._now) - 1)
        rest = [*self._now[:place], *self._now[place + 1 :]]
        rest.insert(to, old)
        self._commit(Edit("move", (id_,), (id_,), to=to), tuple(rest))

    def retext(self, id_: str, text: str) -> Raised:
        """Correct an opinion's words; where it came from stays.

        :raises EditError: no such opinion, or no words.
        """
        place, old = self._find(id_)
        if not has_words(text):
            raise EditError("Nội dung mới không có chữ nào. Muốn bỏ ý kiến, hãy dùng thao tác xóa.")
        new = replace(old, id=self._new_id(), text=text.strip(), lineage=(id_,))
        self._commit(
            Edit("retext", (id_,), (new.id,), text=new.text), (*self._now[:place], new, *self._now[place + 1 :])
        )
        return new

    def remove(self, id_: str) -> None:
        """Take out what is no opinion; :meth:`undo` brings it back.

        :raises EditError: no such opinion.
        """
        place, _old = self._find(id_)
        self._commit(Edit("remove", (id_,), ()), (*self._now[:place], *self._now[place + 1 :]))

    def add(self, start: int, end: int, to: int | None = None) -> Raised:
        """Make an opinion of ``extract.text[start:end]`` that the reader passed over.

        :raises EditError: offsets outside the text, no words between them, or no such place.
        """
        text = self._minutes.extract.text
        if not 0 <= start < end <= len(text) or not has_words(text[start:end]):
            raise EditError(f"Đoạn {start}–{end} không có chữ hoặc nằm ngoài văn bản ({len(text)} ký tự).")
        words = text[start:end].strip()
        begin = start + len(text[start:end]) - len(text[start:end].lstrip())
        block = next(b for b in reversed(self._minutes.extract.blocks) if b.start <= begin)
        later = next((at for at, old in enumerate(self._now) if old.source.start > begin), len(self._now))
        place = later if to is None else to
        self._check_place(place, len(self._now))
        new = Raised(self._new_id(), words, Source(block.place, begin, begin + len(words)))
        edit = Edit("add", (), (new.id,), at=(start, end), to=place)
        self._commit(edit, (*self._now[:place], new, *self._now[place:]))
        return new

    def undo(self) -> None:
        """Take back the last change.

        :raises EditError: nothing was changed.
        """
        if not self._past:
            raise EditError("Không còn thay đổi nào để hoàn tác.")
        self._undone.append((self._now, self.log.pop()))
        self._now = self._past.pop()

    def redo(self) -> None:
        """Do again what was taken back last, under the same ids.

        :raises EditError: nothing was taken back, or something was changed since.
        """
        if not self._undone:
            raise EditError("Không có thay đổi nào để làm lại.")
        now, edit = self._undone.pop()
        self._past.append(self._now)
        self.log.append(edit)
        self._now = now

    def origins(self, id_: str) -> tuple[str, ...]:
        """The opinions as they were read that this one came of; itself if it was read or added so.

        :raises EditError: no such opinion.
        """
        self._find(id_)
        return follow([id_], parents_in(self.log))

    def minutes(self) -> Minutes:
        """The minutes with the list as it is now; answers point at the opinions that took the place of theirs."""
        alive, heirs = set(ids_of(self._now)), heirs_in(self.log)
        answers = (
            replace(answer, opinions=tuple(id_ for id_ in follow(answer.opinions, heirs) if id_ in alive))
            for answer in self._minutes.answers
        )
        return replace(self._minutes, opinions=self._now, answers=tuple(answers))

    def _repeat(self, edit: Edit) -> None:
        """Do an edit of a log, under its own ids."""
        held, made = self._count, [int(match[1]) for id_ in edit.after if (match := _MADE.fullmatch(id_))]
        if edit.kind != "move" and made:
            self._count = made[0] - 1
        if edit.kind == "add" and len(edit.at) == 2:
            self.add(edit.at[0], edit.at[1], edit.to)
        elif edit.kind == "merge":
            self.merge(edit.before)
        elif len(edit.before) == 1 and edit.kind == "split":
            self.split(edit.before[0], edit.at)
        elif len(edit.before) == 1 and edit.kind == "move" and edit.to is not None:
            self.move(edit.before[0], edit.to)
        elif len(edit.before) == 1 and edit.kind == "retext":
            self.retext(edit.before[0], edit.text or "")
        elif len(edit.before) == 1 and edit.kind == "remove":
            self.remove(edit.before[0])
        else:
            raise EditError(f"Thao tác “{edit.kind}” trong nhật ký thiếu dữ liệu. Hãy kiểm tra lại nhật ký.")
        if self.log[-1] != edit or any(number <= held for number in made if edit.kind != "move"):
            raise EditError("Nhật ký này không phải của biên bản đang mở. Hãy mở đúng biên bản rồi nạp lại.")

    def _find(self, id_: str) -> tuple[int, Raised]:
        for place, old in enumerate(self._now):
            if old.id == id_:
                return place, old
        raise EditError(f"Không có ý kiến {id_}. Các ý kiến hiện có: {', '.join(o.id for o in self._now[:20])}.")

    def _check_place(self, to: int, last: int) -> None:
        if not 0 <= to <= last:
            raise EditError(f"Chỉ có vị trí từ 0 đến {last}.")

    def _new_id(self) -> str:
        self._count += 1
        return f"e{self._count}"

    def _commit(self, edit: Edit, now: tuple[Raised, ...]) -> None:
        self._past.append(self._now)
        self._undone.clear()
        self.log.append(edit)
        self._now = now
