"""Every action that the code writes into the audit log has words."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from ydan_service.web.actions import ACTIONS, SUBJECTS, action_name, subject_name

_RECORD = r'record\(\s*(?:[\w.]+,\s*)*(?:[\w.]+\(\w+\),\s*)?"(\w+\.\w+)"(?:,\s*"(\w+)")?'
_EITHER = r'"(opinion\.\w+)" if \w+ else "(opinion\.\w+)"'
_WRITTEN = re.compile(f"{_RECORD}|{_EITHER}")


def test_every_action_in_the_code_has_words() -> None:
    """Found by how they are written; a new one without words would show its bare name to an auditor."""
    actions, subjects = set(), set()
    for file in (ROOT / "service").rglob("*.py"):
        for found in _WRITTEN.finditer(file.read_text(encoding="utf-8")):
            action, subject, first, second = found.groups()
            actions |= {each for each in (action, first, second) if each}
            subjects |= {subject} if subject else set()
    assert len(actions) > 50
    assert actions - set(ACTIONS) == set()
    assert subjects - set(SUBJECTS) == set()


def test_an_unknown_action_is_shown_as_it_is() -> None:
    """A log of a newer version stays readable."""
    assert action_name("meeting.upload") == "Nhập biên bản"
    assert (action_name("xa.la"), subject_name("xa")) == ("xa.la", "xa")
