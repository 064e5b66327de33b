"""A commune's year and all of them together, as tables and reports count them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ydan_service.office.plans.standing import CANCELLED, Standing
from ydan_service.office.supervision.checks import FAULT, OK, UNKNOWN, Check
from ydan_service.office.supervision.faults import FAULTS
from ydan_service.office.supervision.meeting_check import Checked
from ydan_service.store.tables import Commune


@dataclass(frozen=True, slots=True)
class CommuneYear:
    """A commune's year. ``meetings`` oldest first, those that turned out to be another kind among them; ``undated``
    sessions could not be placed in any year. ``checks`` are those of the year itself."""

    commune: Commune
    year: int
    meetings: tuple[Checked, ...]
    plans: tuple[Standing, ...]
    checks: tuple[Check, ...]
    undated: int = 0

    @property
    def held(self) -> list[Checked]:
        """Sessions that count as dialogue."""
        return [each for each in self.meetings if each.facts.is_dialogue]

    @property
    def planned(self) -> int:
        """Sessions in the plan, those put off or given up among them."""
        return len(self.plans)

    @property
    def unplanned(self) -> int:
        """Sessions held beside the plan."""
        return sum(1 for each in self.held if each.facts.plan_id is None)

    @property
    def cancelled(self) -> list[Standing]:
        """Plans given up, each with its reason."""
        return [each for each in self.plans if each.state == CANCELLED]

    @property
    def moved(self) -> list[Standing]:
        """Plans with another day than at first, each with its reason."""
        return [each for each in self.plans if each.plan.moved_from is not None and each.state != CANCELLED]

    @property
    def faults(self) -> list[Check]:
        """Everything found wrong: of the year, then of each session."""
        found = [check for check in self.checks if check.state == FAULT]
        return found + [check for each in self.meetings for check in each.faults]

    @property
    def fault_counts(self) -> dict[str, int]:
        """Fault → how many sessions (or, of a plan, planned days) have it, in the order of reports."""
        counts = Counter(check.fault_id for check in self.faults)
        return {id_: counts[id_] for id_ in FAULTS if counts[id_]}

    @property
    def unknown(self) -> int:
        """Facts that nobody entered."""
        own = sum(check.state == UNKNOWN for check in self.checks)
        return own + sum(len(each.unknown) for each in self.meetings)

    def kept(self, name: str) -> tuple[int, int, int]:
        """Of a rule: sessions that kept it, sessions of which that can be told, sessions without the fact."""
        return kept(self.held, name)

    @property
    def share(self) -> float | None:
        """Present of invited over the sessions where both are known."""
        return share(self.held)

    @property
    def late(self) -> int:
        """Opinions past the day that was promised, or unanswered past the term."""
        return sum(each.facts.late + (each.facts.unsaid if each.of("told").state == FAULT else 0) for each in self.held)


@dataclass(frozen=True, slots=True)
class Year:
    """All communes in scope, by name, and the years that there is anything of."""

    year: int
    communes: tuple[CommuneYear, ...]
    years: tuple[int, ...]

    @property
    def held(self) -> list[Checked]:
        """All sessions of the year that count as dialogue."""
        return [each for commune in self.communes for each in commune.held]

    @property
    def fault_counts(self) -> dict[str, int]:
        """Fault → how many cases, over all communes."""
        counts = Counter(check.fault_id for each in self.communes for check in each.faults)
        return {id_: counts[id_] for id_ in FAULTS if counts[id_]}

    def weighing(self, severity: str) -> int:
        """How many cases weigh so (``breach``, ``remark``, ``note``)."""
        return sum(count for id_, count in self.fault_counts.items() if FAULTS[id_].severity == severity)

    def with_fault(self, fault_id: str) -> list[CommuneYear]:
        """Communes that have it."""
        return [each for each in self.communes if fault_id in each.fault_counts]


def kept(meetings: Sequence[Checked], name: str) -> tuple[int, int, int]:
    """As :meth:`CommuneYear.kept`, of any sessions."""
    states = Counter(each.of(name).state for each in meetings)
    return states[OK], states[OK] + states[FAULT], states[UNKNOWN]


def share(meetings: Sequence[Checked]) -> float | None:
    """Present of invited over the sessions where both are known."""
    known = [each.facts for each in meetings if each.facts.share is not None]
    invited = sum(each.invited or 0 for each in known)
    return sum(each.attendance or 0 for each in known) / invited if invited else None
