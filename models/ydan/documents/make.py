"""The documents of a meeting, written into a folder."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ydan.documents import context
from ydan.documents.counts import count_up
from ydan.documents.dossier import Dossier
from ydan.documents.form import choose_form
from ydan.documents.plans import KINDS, SEALED, SEALED_FOLDER, Plan, blanks_note, checks_of, plans_of, sealed_plans
from ydan.documents.rendering import find_template, render
from ydan.documents.summary_sheet import summary_book
from ydan.documents.wording import blank
from ydan.errors import DocumentError

__all__ = [
    "KINDS", "SEALED", "SEALED_FOLDER", "Made", "make_documents", "plan_documents", "render_plan", "write",
    "write_summary_docx", "write_summary_xlsx",
]  # fmt: skip
Progress = Callable[[int, int, str], None]


class Made(NamedTuple):
    """A written file, its kind, and what a person must look at before it goes out.

    ``opinions`` are the ids of those in it; of a letter also ``way`` (``up``, ``side``) and ``addressee``.
    """

    path: Path
    kind: str
    check: tuple[str, ...]
    way: str = ""
    addressee: str = ""
    opinions: tuple[str, ...] = ()


def make_documents(
    dossier: Dossier,
    folder: Path,
    *,
    form: str = "auto",
    templates: Path | None = None,
    names: str | None = None,
    which: Sequence[str] | None = None,
    confidential: bool = False,
    progress: Progress | None = None,
    number: str = "",
    signed_on: date | None = None,
) -> list[Made]:
    """Write the documents of ``which`` (``KINDS``; all when ``None``) into ``folder``, made if need be.

    Files of the same name are replaced, each only when its successor is whole. ``progress(done, total, name)`` is
    called before each file and at the end. With ``confidential`` a folder of its own holds the sealed list. ``number``
    and ``signed_on`` are those of the conclusion notice, where the office gave them already.

    :raises DocumentError: an unknown kind, form or way of naming; a wrong template; a folder that is none.
    """
    plans = plan_documents(
        dossier, form=form, templates=templates, names=names, which=which, confidential=confidential, number=number,
        signed_on=signed_on,
    )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(plan.kind == SEALED for plan in plans):
            (folder / SEALED_FOLDER).mkdir(exist_ok=True)
    except OSError as error:
        raise DocumentError(f"Không tạo được thư mục {folder} ({error.strerror}). Hãy chọn thư mục khác.") from error
    made = []
    for done, plan in enumerate(plans):
        if progress is not None:
            progress(done, len(plans), plan.name)
        built = plan.build()
        write(built, folder / plan.name)
        to = ("", "") if plan.letter is None else (plan.letter.way, plan.letter.addressee)
        made.append(Made(folder / plan.name, plan.kind, (*plan.check, *blanks_note(built)), *to, plan.items))
    if progress is not None:
        progress(len(plans), len(plans), "")
    return made


def plan_documents(
    dossier: Dossier,
    *,
    form: str = "auto",
    templates: Path | None = None,
    names: str | None = None,
    which: Sequence[str] | None = None,
    confidential: bool = False,
    number: str = "",
    signed_on: date | None = None,
) -> list[Plan]:
    """What :func:`make_documents` would write, not yet made; the arguments are the same.

    :raises DocumentError: an unknown kind, form or way of naming.
    """
    unknown = [kind for kind in which or () if kind not in KINDS]
    if unknown:
        raise DocumentError(f"Loại văn bản {unknown[0]!r} không có. Hãy dùng một trong: {', '.join(KINDS)}.")
    dossier = dossier if names is None else dossier.with_names(names)
    chosen = choose_form(dossier.minutes, form)
    if dossier.province:
        chosen = replace(chosen, above=chosen.above.replace(blank("tỉnh, thành phố"), dossier.province.upper()))
    wanted = set(KINDS if which is None else which)
    signed = replace(chosen, given_number=number.strip(), given_day=signed_on)
    plans = [plan for plan in plans_of(dossier, chosen, signed, templates) if plan.kind in wanted]
    return plans + (list(sealed_plans(dossier, chosen, templates)) if confidential else [])


def render_plan(plan: Plan) -> tuple[bytes, tuple[str, ...]]:
    """The file of a plan as bytes, never on a disk, and what a person must look at in it."""
    built, held = plan.build(), io.BytesIO()
    built.save(held)
    return held.getvalue(), (*plan.check, *blanks_note(built))


def write_summary_xlsx(dossier: Dossier, path: Path, *, form: str = "auto") -> Made:
    """Only the summary as a spreadsheet, at ``path``."""
    built = summary_book(dossier, choose_form(dossier.minutes, form))
    write(built, path)
    return Made(path, "bieu-tong-hop", (*checks_of(dossier), *blanks_note(built)))


def write_summary_docx(dossier: Dossier, path: Path, *, form: str = "auto", templates: Path | None = None) -> Made:
    """Only the summary as a document, at ``path``."""
    chosen = choose_form(dossier.minutes, form)
    variables = context.summary(dossier, chosen, count_up(dossier))
    built = render(find_template("bieu-tong-hop.docx", chosen.id, templates), variables)
    write(built, path)
    return Made(path, "bieu-tong-hop", (*checks_of(dossier), *blanks_note(built)))


def write(built: Any, path: Path) -> None:
    """Save a workbook or document beside its place, then put it there: a reader never meets half a file.

    :raises DocumentError: it cannot be written (no right, no room, open in another program).
    """
    holder = None
    try:
        handle, holder = tempfile.mkstemp(prefix=".ydan-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        built.save(holder)
        Path(holder).chmod(0o644)
        Path(holder).replace(path)
    except OSError as error:
        if holder is not None:
            with suppress(OSError):
                Path(holder).unlink()
        raise DocumentError(
            f"Không ghi được {path} ({error.strerror}). Hãy đóng tệp nếu đang mở, hoặc chọn thư mục khác."
        ) from error
