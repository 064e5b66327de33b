"""The page, the list and the contexts name the same variables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ydan.documents import Dossier, context
from ydan.documents.counts import count_up
from ydan.documents.form import choose_form
from ydan.documents.letters import letters_of
from ydan.documents.make import KINDS
from ydan.documents.rendering import TEMPLATES
from ydan.documents.status import labels
from ydan.documents.variables import COMMON, GROUP, REPLY, ROW, TASK, tables
from ydan.documents.variables import TEMPLATES as OWN


def contexts(dossier: Dossier) -> dict[str, dict[str, Any]]:
    form, counts = choose_form(dossier.minutes), count_up(dossier)
    letter = context.letter(dossier, form, counts, letters_of(dossier)[0])
    return {
        "bieu-tong-hop.docx": context.summary(dossier, form, counts),
        "thong-bao-ket-luan.docx": context.notice(dossier, form, counts),
        "cong-van-kien-nghi.docx": letter,
        "phieu-chuyen.docx": letter,
        "phieu-huong-dan.docx": context.guidance(dossier, form, counts, dossier.guided[0]),
        "bien-ban.docx": context.minutes(dossier, form, counts),
        "ban-niem-yet.docx": context.board(dossier, form, counts),
    }


def test_every_variable_is_listed(dossier: Dossier) -> None:
    """Of each template, and inside its lists."""
    found = contexts(dossier)
    assert set(found) == set(TEMPLATES) == set(OWN)
    for name, variables in found.items():
        assert set(variables) == set(COMMON) | set(OWN[name]), name
    assert set(found["bien-ban.docx"]["rows"][0]) == set(ROW)
    assert set(found["bieu-tong-hop.docx"]["groups"][0]) == set(GROUP)
    assert set(found["thong-bao-ket-luan.docx"]["tasks"][0]) == set(TASK)
    assert set(found["bien-ban.docx"]["replies"][0]) == set(REPLY)


def test_the_page_holds_the_whole_list(root: Path) -> None:
    """Word for word; and every kind and status."""
    page = (root / "docs/documents.md").read_text(encoding="utf-8")
    assert tables().strip() in page
    assert [name for name in (*KINDS, *labels()) if f"`{name}`" not in page] == []
