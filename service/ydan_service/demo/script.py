"""What happens in the invented province: its communes, its people, and every session with what became of it.

It is data (``places.toml``, ``script.toml``, ``minutes/*.txt``); here it is read and checked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from ydan_service.demo.days import fill_days, weekday

_HERE = resources.files("ydan_service.demo")


@dataclass(frozen=True, slots=True)
class Place:
    """A commune and its villages with their households; ``secretary`` is the username of who hands minutes in."""

    name: str
    kind: str
    secretary: str
    villages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Someone:
    """An account; only one with ``signs_in`` has a password."""

    username: str
    display_name: str
    position: str
    roles: tuple[str, ...]
    communes: tuple[str, ...] = ()
    signs_in: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's labels for the opinion that holds ``words``."""

    words: str
    fields: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter about the opinions that hold ``words``; days count from the conclusion; no ``reply``: none came yet."""

    words: tuple[str, ...]
    to: str
    direction: str
    after: int
    reply_after: int | None = None
    reply: str = ""
    then: str = ""
    """The status of the opinions once the reply is there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One session and what became of it. ``conclusion``: days until it was published, None: it never was.

    ``merge`` are pieces of one matter that the reader cut apart, ``split`` where it did not cut, ``missed`` what it
    passed over. ``secret`` is made confidential by hand, ``opened`` lifted again. ``late`` and ``open`` are words of
    opinions whose tasks were done after their deadline, or are not done yet.
    """

    name: str
    commune: str
    days_ago: int
    title: str = ""
    notice: int | None = 9
    conclusion: int | None = 8
    number: str = ""
    stage: str = "concluded"
    reviewed: float = 1.0
    merge: tuple[tuple[str, ...], ...] = ()
    split: tuple[tuple[str, str], ...] = ()
    missed: tuple[str, ...] = ()
    correct: tuple[Correction, ...] = ()
    opened: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()

    def held(self, today: date) -> date:
        """The day of the session."""
        return weekday(today - timedelta(days=self.days_ago))


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the year's plan that no session came of: still ahead (``days_ago`` negative), or called off."""

    commune: str
    days_ago: int
    title: str
    cancelled_because: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """Everything; scenes from the oldest to the newest."""

    province: str
    places: tuple[Place, ...]
    people: tuple[Someone, ...]
    scenes: tuple[Scene, ...]
    planned: tuple[Planned, ...] = ()
    replies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Beginning of an office's name → what it writes back where a scene has no letter of its own."""


@cache
def load_script() -> Script:
    """The script of the package."""
    places = _toml("places.toml")
    told = _toml("script.toml")
    scenes = sorted((_scene(raw) for raw in told["session"]), key=lambda scene: -scene.days_ago)
    return Script(
        places["province"],
        tuple(Place(**raw) for raw in places["place"]),
        tuple(Someone(**{**raw, "roles": tuple(raw["roles"]), "communes": tuple(raw.get("communes", ()))})
              for raw in places["person"]),
        tuple(scenes),
        tuple(Planned(**raw) for raw in told.get("planned", ())),
        {office: tuple(texts) for office, texts in told["replies"].items()},
    )  # fmt: skip


def read_minutes(scene: Scene, today: date) -> str:
    """The minutes of a session as its secretary wrote them, with dates."""
    raw = _HERE.joinpath("minutes", f"{scene.name}.txt").read_text(encoding="utf-8")
    days = {other.name: other.held(today) for other in load_script().scenes}
    return fill_days(raw, scene.held(today), days)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_HERE.joinpath(name).read_text(encoding="utf-8"))


_LISTS = ("missed", "opened", "secret", "late", "open")


def _scene(raw: dict[str, Any]) -> Scene:
    own = {
        name: value for name, value in raw.items() if name not in ("correct", "letter", "published", "split", "merge")
    }
    own |= {name: tuple(own[name]) for name in _LISTS if name in own}
    if raw.get("published") is False:
        own["conclusion"] = None
    return Scene(
        **own,
        merge=tuple(tuple(parts) for parts in raw.get("merge", ())),
        split=tuple((one["words"], one["at"]) for one in raw.get("split", ())),
        correct=tuple(Correction(**one) for one in raw.get("correct", ())),
        letters=tuple(Letter(**{**one, "words": tuple(one["words"])}) for one in raw.get("letter", ())),
    )
