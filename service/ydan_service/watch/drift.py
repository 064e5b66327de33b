"""Drift of one server: its window, or the windows of all its processes, against the reference beside the bundle."""

from __future__ import annotations

import json
import logging
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ydan.errors import BundleError
from ydan.model import drift
from ydan.model.bundle import default_bundle_path
from ydan.model.drift import Difference, Profile
from ydan.model.window import Seen
from ydan_service.metrics import Metrics
from ydan_service.models import Loaded, Models

_LOG = logging.getLogger(__name__)
_EVERY = 5.0
PREFIX = "drift-"


class Report(NamedTuple):
    """What was compared and found; ``reference`` is None where the bundle brings none."""

    version: str
    seen: Seen
    reference: Profile | None
    differences: list[Difference]
    verdict: str

    def to_json(self) -> dict[str, Any]:
        """The body of ``GET /v1/drift``."""
        now, before = self.seen.profile, self.reference
        return {
            "model": self.version,
            "verdict": self.verdict,
            "opinions": now.opinions,
            "least": drift.LEAST,
            "since": None if self.seen.since is None else self.seen.since.isoformat(timespec="seconds"),
            "reference_opinions": 0 if before is None else before.opinions,
            "unknown_share": _both(now, before, lambda profile: profile.unknown_share),
            "undiacritized_share": _both(now, before, lambda profile: profile.share("diacritics", "without")),
            "mean_syllables": _both(now, before, lambda p: p.syllables / p.texts if p.texts else 0.0),
            "differences": [each._asdict() for each in self.differences],
        }


class Drift:
    """The window of :class:`~ydan_service.metrics.Metrics`, compared when asked.

    ``folder`` is shared by the processes on one port; each leaves its counts there every few seconds.
    """

    def __init__(self, metrics: Metrics, models: Models, folder: Path | None = None) -> None:
        self._metrics, self._models, self._folder = metrics, models, folder
        self._reference: tuple[tuple[Path, str], Profile | None] | None = None
        self._shared_at = 0.0

    def report(self) -> Report:
        """Compare."""
        self._metrics.flush()
        loaded = self._models.current
        version = loaded.predictor.bundle.version
        seen, reference = self._seen(version), self._of(loaded)
        if reference is None:
            return Report(version, seen, None, [], "no_reference")
        found = drift.compare(reference, seen.profile)
        return Report(version, seen, reference, found, drift.worst(found))

    def share(self) -> None:
        """Leave this process' counts for the others, every few seconds."""
        if self._folder is None or time.monotonic() - self._shared_at < _EVERY:
            return
        self._shared_at = time.monotonic()
        profile, since = self._metrics.window.seen()
        version = self._models.current.predictor.bundle.version
        at = None if since is None else since.isoformat()
        new = self._folder / f".{PREFIX}{os.getpid()}"
        new.write_text(json.dumps({"version": version, "since": at, **profile.to_json()}), encoding="utf-8")
        new.replace(self._folder / f"{PREFIX}{os.getpid()}.json")

    def _seen(self, version: str) -> Seen:
        own = self._metrics.window.seen()
        if self._folder is None:
            return own
        total, since = own.profile, own.since
        for file in self._folder.glob(f"{PREFIX}*.json"):
            if file.stem == f"{PREFIX}{os.getpid()}":
                continue
            try:
                raw = json.loads(file.read_text(encoding="utf-8"))
                if raw["version"] != version:
                    continue
                total.merge(Profile.from_json(raw))
                begun = None if raw["since"] is None else datetime.fromisoformat(raw["since"]).astimezone(UTC)
            except (OSError, ValueError, KeyError, TypeError):
                continue  # its process ended meanwhile
            since = min((each for each in (since, begun) if each is not None), default=None)
        return Seen(total, since)

    def _of(self, loaded: Loaded) -> Profile | None:
        which = (loaded.folder or default_bundle_path(), loaded.predictor.bundle.version)
        if self._reference is None or self._reference[0] != which:
            try:
                found = drift.load_reference(*which)
            except BundleError as error:
                _LOG.error("drift cannot be told: %s", error)
                found = None
            self._reference = (which, found)
        return self._reference[1]


def _both(now: Profile, before: Profile | None, figure: Any) -> dict[str, float | None]:
    return {
        "now": round(figure(now), 4) if now.texts else None,
        "reference": None if before is None else round(figure(before), 4),
    }
