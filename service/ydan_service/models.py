"""The model that answers, and how it is changed while the server runs.

Whoever works with a model asks for :attr:`Models.current` once and keeps what it got until the work is done; whoever
keeps one for good is told of every switch. A new model is loaded, checked and proved beside the old one, and takes its
place only then; a request that began with the old one ends with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ydan.errors import BundleError, YDanError
from ydan.golden import HASH, prove
from ydan.model.bundle import default_bundle_path
from ydan.opinion import Opinion, Session
from ydan.predictor import Predictor
from ydan_service.model_pointer import Choice, Pointer, PointerError
from ydan_service.settings import Settings

_LOG = logging.getLogger(__name__)
_TRY = "Đường thôn 6 lầy lội, đề nghị xã đổ bê tông."


class Loaded(NamedTuple):
    """A model in memory; ``folder`` is the bundle's, ``None`` the one that ships."""

    predictor: Predictor
    folder: Path | None


class Trouble(NamedTuple):
    """A switch that was asked for and could not be made: the old model goes on."""

    wanted: str
    code: str
    message: str
    at: datetime


Use = Callable[[Loaded], None]


class Models:
    """The current model of one process."""

    def __init__(self, current: Loaded, pointer: Pointer | None = None, settings: Settings | None = None) -> None:
        self.current = current
        self.trouble: Trouble | None = None
        self.on_failure: Callable[[], None] = lambda: None
        self._uses: list[Use] = []
        self._pointer, self._settings = pointer, settings or Settings()
        self._seen = None if pointer is None else pointer.stamp()

    def tell(self, use: Use) -> None:
        """``use`` is called with every model that takes the place of another, in the order of telling."""
        self._uses.append(use)

    def look(self) -> None:
        """See whether another model was chosen since; if so load, check and prove it, and switch. Every second."""
        if self._pointer is None:
            return
        stamp = self._pointer.stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        wanted = "?"
        try:
            choice = self._pointer.read().current
            wanted = choice.said
            self.switch(load(self._settings, choice.folder))
        except (YDanError, OSError, MemoryError) as error:
            code = error.code if isinstance(error, YDanError) else "bundle"
            self.trouble = Trouble(wanted, code, str(error), datetime.now(UTC))
            _LOG.error("the model stays as it was, %s cannot be used: %s", wanted, error)
            self.on_failure()

    def switch(self, loaded: Loaded) -> None:
        """Let ``loaded`` answer from now on."""
        self.current = loaded
        self.trouble = None
        for use in self._uses:
            use(loaded)
        bundle = loaded.predictor.bundle
        _LOG.info("the model is now %s %s", bundle.name, bundle.version)


def first(settings: Settings) -> tuple[Loaded, Pointer]:
    """The model to start with: the one that was chosen last, if it can still be used, else the one before, …

    :raises YDanError: none can; the error is that of the settings' own bundle.
    """
    pointer = Pointer(settings.data_dir)
    choices: Sequence[Choice] = ()
    try:
        choices = pointer.read().all
    except PointerError as error:
        _LOG.error("%s", error)
    for choice in choices:
        if choice.folder is None:
            break
        try:
            return load(settings, choice.folder), pointer
        except YDanError as error:
            _LOG.error("the chosen model %s cannot be used, the one before takes its place: %s", choice.said, error)
    return load(settings, None, proved=True), pointer


def load(settings: Settings, chosen: Path | None, *, proved: bool = False) -> Loaded:
    """Load, check and prove the bundle in ``chosen``, else that of the settings, else the one that ships.

    One that is ``proved`` already is not asked again: starting is to be quick.

    :raises BundleError: it is missing, damaged, not signed as the settings demand, or answers other than it did when it
        was measured.
    """
    folder = chosen or settings.bundle
    predictor = _kind(settings).load(folder, settings.overrides, public_key=settings.bundle_public_key)
    if not proved:
        prove_or_raise(predictor, folder)
    return Loaded(predictor, folder)


def prove_or_raise(predictor: Predictor, folder: Path | None) -> None:
    """Ask the model something before anybody relies on it: the examples beside it, if it has any, else one opinion.

    :raises BundleError: it answers other than when it was made, or not at all.
    """
    where = folder or default_bundle_path()
    if HASH in predictor.bundle.about:
        proof = prove(predictor, folder)
        if not proof.passed:
            wrong = ", ".join(check.name for check in proof.checks if not check.passed)
            raise BundleError(
                f"Mô hình ở {where} tự kiểm tra không đạt ({wrong}). Hãy chép lại cả thư mục từ bản phát hành."
            )
        return
    try:
        found = predictor.assess(Opinion("1", _TRY, Session(datetime.now(UTC).date())))
    except Exception as error:
        raise BundleError(f"Mô hình ở {where} không trả lời được ({type(error).__name__}).") from error
    if not 0 <= found.topic.confidence <= 1:
        raise BundleError(f"Mô hình ở {where} trả lời sai: độ chắc {found.topic.confidence} không nằm trong 0 đến 1.")


def _kind(settings: Settings) -> type[Predictor]:
    if not settings.traces:
        return Predictor
    from ydan_service.watch.traces import TracedPredictor

    return TracedPredictor
