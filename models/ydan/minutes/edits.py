"""Merge, split, reorder and correct the list of opinions by hand, with lineage, and take any of it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ydan.errors import EditError
from ydan.minutes.records import Minutes, Raised, Source


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done: ``kind`` is merge, split, move, retext, remove or add; ids before and after."""

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class OpinionList:
    """The opinions of one meeting while a person works on them.

    Every change makes new opinions under new ids that name their ancestors in ``lineage``; nothing is overwritten, so
    that :meth:`undo` is exact, an interface can show what became of an opinion, and the splitter can learn from what
    people corrected (:attr:`log`).

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
        self._count = 0

    def __iter__(self) -> Iterator[Raised]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    def split(self, id_: str, at: Sequence[int]) -> tuple[Raised, ...]:
        """Cut an opinion before each of the character offsets into its text.

        :raises EditError: no such opinion, an offset outside, or a part without words.
        """
        place, old = self._find(id_)
        cuts = [0, *sorted(set(at)), len(old.text)]
        if len(cuts) < 3 or cuts[1] <= 0 or cuts[-2] >= len(old.text):
            raise EditError(f"Vị trí tách phải nằm giữa 1 và {len(old.text) - 1} của ý kiến {id_}.")
        parts = []
        for begin, end in zip(cuts, cuts[1:], strict=False):
            words = old.text[begin:end]
            lead = len(words) - len(words.lstrip())
            if not any(c.isalnum() for c in words):
                raise EditError(f"Một phần của ý kiến {id_} không có chữ nào. Hãy chọn vị trí tách khác.")
            start = old.source.start + begin + lead
            source = Source(old.source.place, start, start + len(words.strip()))
            parts.append(replace(old, id=self._new_id(), text=words.strip(), source=source, lineage=(id_,)))
        self._commit("split", (id_,), (*self._now[:place], *parts, *self._now[place + 1 :]), parts)
        return tuple(parts)

    def merge(self, ids: Sequence[str]) -> Raised:
        """Make one opinion of several; it stands where the first stood, its words in the order of the minutes.

        Opinions that touch in the minutes keep the words between them; the others are joined by a blank, and the
        source spans from the first to the last.

        :raises EditError: fewer than two, or no such opinion.
        """
        found = sorted((self._find(id_) for id_ in dict.fromkeys(ids)), key=lambda pair: pair[1].source.start)
        if len(found) < 2:
            raise EditError("Muốn gộp phải chọn ít nhất hai ý kiến.")
        olds = [old for _place, old in found]
        first, last = olds[0], olds[-1]
        start, end = first.source.start, max(old.source.end for old in olds)
        inside = sum(old.source.end - old.source.start for old in olds)
        near = first.source.place == last.source.place and end - start - inside <= 3 * len(olds)
        text = self._minutes.extract.text[start:end] if near else " ".join(old.text for old in olds)
        merged = replace(
            first,
            id=self._new_id(),
            text=text,
            source=Source(first.source.place, start, end),
            speaker=_common([old.speaker for old in olds]),
            address=_common([old.address for old in olds]),
            answers=tuple(dict.fromkeys(a for old in olds for a in old.answers)),
            lineage=tuple(old.id for old in olds),
        )
        gone = {old.id for old in olds}
        place = min(place for place, _old in found)
        now = [merged if at == place else old for at, old in enumerate(self._now) if at == place or old.id not in gone]
        self._commit("merge", merged.lineage, tuple(now), [merged])
        return merged

    def move(self, id_: str, to: int) -> None:
        """Put an opinion at another place, counted from 0.

        :raises EditError: no such opinion or place.
        """
        place, old = self._find(id_)
        if not 0 <= to < len(self._now):
            raise EditError(f"Chỉ có vị trí từ 0 đến {len(self._now) - 1}.")
        rest = [*self._now[:place], *self._now[place + 1 :]]
        rest.insert(to, old)
        self._commit("move", (id_,), tuple(rest), [old])

    def retext(self, id_: str, text: str) -> Raised:
        """Correct an opinion's words; where it came from stays.

        :raises EditError: no such opinion, or no words.
        """
        place, old = self._find(id_)
        if not any(c.isalnum() for c in text):
            raise EditError("Nội dung mới không có chữ nào. Muốn bỏ ý kiến, hãy dùng thao tác xóa.")
        new = replace(old, id=self._new_id(), text=text.strip(), lineage=(id_,))
        self._commit("retext", (id_,), (*self._now[:place], new, *self._now[place + 1 :]), [new])
        return new

    def remove(self, id_: str) -> None:
        """Take out what is no opinion; :meth:`undo` brings it back.

        :raises EditError: no such opinion.
        """
        place, _old = self._find(id_)
        self._commit("remove", (id_,), (*self._now[:place], *self._now[place + 1 :]), [])

    def add(self, start: int, end: int, to: int | None = None) -> Raised:
        """Make an opinion of ``extract.text[start:end]`` that the reader passed over.

        :raises EditError: offsets outside the text, or no words between them.
        """
        text = self._minutes.extract.text
        if not 0 <= start < end <= len(text) or not any(c.isalnum() for c in text[start:end]):
            raise EditError(f"Đoạn {start}–{end} không có chữ hoặc nằm ngoài văn bản ({len(text)} ký tự).")
        block = next(b for b in reversed(self._minutes.extract.blocks) if b.start <= start)
        new = Raised(self._new_id(), text[start:end].strip(), Source(block.place, start, end))
        later = next((at for at, old in enumerate(self._now) if old.source.start > start), len(self._now))
        place = later if to is None else max(0, min(to, len(self._now)))
        self._commit("add", (), (*self._now[:place], new, *self._now[place:]), [new])
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
        """Do again what was taken back last.

        :raises EditError: nothing was taken back.
        """
        if not self._undone:
            raise EditError("Không có thay đổi nào để làm lại.")
        now, edit = self._undone.pop()
        self._past.append(self._now)
        self.log.append(edit)
        self._now = now

    def minutes(self) -> Minutes:
        """The minutes with the list as it is now; answers point at the opinions that took the place of theirs."""
        heirs: dict[str, tuple[str, ...]] = {}
        for edit in self.log:
            if edit.kind in ("split", "merge", "retext"):
                heirs.update(dict.fromkeys(edit.before, edit.after))
        alive = {opinion.id for opinion in self._now}
        answers = tuple(
            replace(
                answer,
                opinions=tuple(dict.fromkeys(i for id_ in answer.opinions for i in _heirs(id_, heirs) if i in alive)),
            )
            for answer in self._minutes.answers
        )
        return replace(self._minutes, opinions=self._now, answers=answers)

    def _find(self, id_: str) -> tuple[int, Raised]:
        for place, old in enumerate(self._now):
            if old.id == id_:
                return place, old
        raise EditError(f"Không có ý kiến {id_}. Các ý kiến hiện có: {', '.join(o.id for o in self._now[:20])}.")

    def _new_id(self) -> str:
        self._count += 1
        return f"e{self._count}"

    def _commit(self, kind: str, before: tuple[str, ...], now: tuple[Raised, ...], made: Sequence[Raised]) -> None:
        self._past.append(self._now)
        self._undone.clear()
        self.log.append(Edit(kind, before, tuple(one.id for one in made)))
        self._now = now


def _heirs(id_: str, heirs: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What became of an opinion in the end."""
    if id_ not in heirs:
        return (id_,)
    return tuple(last for heir in heirs[id_] for last in _heirs(heir, heirs))


def _common(values: Sequence[str | None]) -> str | None:
    """Everybody named, once each."""
    named = [value for value in dict.fromkeys(values) if value]
    return "; ".join(named) or None
