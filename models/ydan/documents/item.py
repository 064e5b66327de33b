"""One opinion as the documents see it: what may be shown, beside the minutes' own words that stay in the office."""

from __future__ import annotations

from dataclasses import dataclass

from ydan.assessment import Assessment, Failure
from ydan.documents.ruled import Ruled
from ydan.documents.status import Status
from ydan.documents.wording import clean, day
from ydan.minutes.records import Answer, Raised, Task


@dataclass(frozen=True, slots=True)
class Item:
    """One opinion. ``number`` counts the public ones as the summary lists them (by topic); confidential have 0.

    ``speaker``, ``place``, ``text``, ``reply``, ``charged``, ``wording`` and ``addressee`` are what documents may show;
    the records beside them are the minutes' own words and stay in the office. ``ruled`` is what a person decided.
    """

    id: str
    number: int
    raised: Raised
    assessment: Assessment | Failure
    answers: tuple[Answer, ...]
    tasks: tuple[Task, ...]
    status: Status
    confidential: bool
    speaker: str
    place: str
    text: str
    reply: str
    charged: str
    deadline: str
    alike: int = 0
    withheld: bool = False
    """An answer was left out because it also speaks of something confidential."""
    wording: str = ""
    """The short wording that a person chose; empty: the text, shortened."""
    addressee: str | None = None
    """Whom a person chose to write to; ``None``: as the competence says."""
    ruled: Ruled | None = None
    province: str = ""
    derived: Item | None = None
    """The same as it was before a person's word was laid over; ``None`` where nobody said anything."""

    @property
    def decided(self) -> bool:
        """Whether a person chose the status."""
        return self.ruled is not None and self.ruled.decided_status() is not None

    @property
    def confirmed(self) -> bool:
        """Whether a person has looked at the labels."""
        return self.ruled is not None and self.ruled.confirmed

    @property
    def judged(self) -> Assessment | None:
        """The assessment, where there is one."""
        return self.assessment if isinstance(self.assessment, Assessment) else None

    @property
    def topic(self) -> str:
        """The topic's id; ``other`` where nothing is known."""
        return self.judged.topic.id if self.judged else "other"


def place_of(item: Item) -> float:
    """Where an opinion stands in its list."""
    return float(item.number) if item.ruled is None or item.ruled.order is None else item.ruled.order


def deadline_of(task: Task) -> str:
    """The day where it is known, else the words of the minutes."""
    return day(task.deadline) or clean(task.deadline_text or "")
