"""``ydan-serve model``: which model answers, another one, the one before. The running processes see it in a second."""

from __future__ import annotations

import argparse
from pathlib import Path

from ydan_service import models
from ydan_service.model_pointer import Choice, Pointer
from ydan_service.models import Loaded
from ydan_service.settings import Settings

_SEEN = "Các tiến trình đang chạy đổi sang trong vài giây; xem /health/ready hoặc nhật ký. Chưa chạy thì dùng khi mở."


def run(settings: Settings, options: argparse.Namespace) -> list[str]:
    """Do one; what to print."""
    match options.act:
        case "switch":
            return switch(settings, options.folder)
        case "rollback":
            return rollback(settings)
        case _:
            return show(settings)


def switch(settings: Settings, folder: Path) -> list[str]:
    """Check and prove the bundle here, and only then tell the running processes; they check it again.

    :raises BundleError: it cannot be used; nothing was changed.
    """
    loaded = models.load(settings, folder.resolve())
    bundle = loaded.predictor.bundle
    Pointer(settings.data_dir).choose(loaded.folder, bundle.name, bundle.version)
    _note(settings, "model.switch", loaded)
    return [f"Đã kiểm tra và chọn mô hình {bundle.name} {bundle.version} ở {loaded.folder}.", _SEEN]


def rollback(settings: Settings) -> list[str]:
    """Choose the one before again, if it can still be used.

    :raises PointerError: there is none.
    :raises BundleError: it cannot be used; nothing was changed.
    """
    pointer = Pointer(settings.data_dir)
    known = pointer.read()
    loaded = models.load(settings, known.previous[0].folder) if known.previous else None
    pointer.go_back()
    assert loaded is not None
    bundle = loaded.predictor.bundle
    _note(settings, "model.rollback", loaded)
    return [f"Đã quay lại mô hình {bundle.name} {bundle.version}.", _SEEN]


def show(settings: Settings) -> list[str]:
    """The choices, the latest first."""
    known = Pointer(settings.data_dir).read()
    default = settings.bundle or "bản kèm theo chương trình"
    lines = [f"Đang chọn: {_shown(known.current)}", f"Mô hình mặc định (YDAN_MODEL): {default}"]
    return lines + [f"Trước đó: {_shown(each)}" for each in known.previous]


def _shown(choice: Choice) -> str:
    return f"{choice.said}, từ {choice.at}" if choice.at else choice.said


def _note(settings: Settings, action: str, loaded: Loaded) -> None:
    """In the audit log, where there is a store already; a server that keeps nothing gets none for it."""
    if settings.database_url is None and not (settings.data_dir / "ydan.db").exists():
        return
    from ydan_service.store import audit
    from ydan_service.store.opening import open_store

    bundle = loaded.predictor.bundle
    store = open_store(settings)
    with store.begin() as session:
        audit.record(session, None, action, "model", bundle.version, name=bundle.name)
    store.engine.dispose()
