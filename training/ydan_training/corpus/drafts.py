"""The writers' draft format: quick to type, one opinion a line, turned into records here.

A line ``@persona=… province=… region=… register=… host=… date=…`` sets the context of the lines below it;
an opinion is ``matter | topic | secondary | type | level | codes | text``. An empty topic is the matter's.
``beyond_competence``, ``escalate`` and ``transfer`` are never typed: they follow from level and host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ydan.taxonomy import load_taxonomy
from ydan_training.corpus.record import CorpusError, LabelledOpinion

_CONTEXT = re.compile(
    r"(persona|province|region|register|host|date)=(.*?)(?=\s+(?:persona|province|region|register|host|date)=|$)"
)
_FIELDS = 7


def read_drafts(path: Path, author: str) -> Iterator[LabelledOpinion]:
    """The opinions of one draft file, ids ``author-file-line``.

    :raises CorpusError: a line with the wrong number of fields, or labels that contradict, with its number.
    """
    context: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        where = f"{path}:{number}"
        if line.startswith("@"):
            context = {name: value.strip() for name, value in _CONTEXT.findall(line)}
            continue
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != _FIELDS or not context:
            raise CorpusError(f"{where}: {len(parts)} fields, {_FIELDS} wanted, below a line that starts with @.")
        row = _record(parts, context, author, f"{author}-{path.stem.removeprefix('batch-')}-{number:03d}")
        faults = row.faults()
        if faults:
            raise CorpusError(f"{where}: {'; '.join(faults)}.")
        yield row


def _record(parts: list[str], context: dict[str, str], author: str, identity: str) -> LabelledOpinion:
    known = load_taxonomy()
    matter, topic, secondary, type_, level, codes, text = parts
    matter_id = None if matter in {"", "-"} else matter
    if not topic and matter_id is not None and matter_id in known.matters:
        topic = known.matters[matter_id].topic
    host = context["host"]
    named = [code.strip() for code in codes.split(",") if code.strip()]
    if level in known.levels and host in known.levels:
        wanted, own = known.levels[level].rank, known.levels[host].rank
        if wanted is not None and own is not None and wanted > own:
            named.insert(0, "beyond_competence")
    return LabelledOpinion(
        id=identity,
        text=text,
        host_level=host,
        date=context["date"],
        topic=topic,
        type=type_,
        level=level,
        secondary=[name.strip() for name in secondary.split(",") if name.strip() and name.strip() != topic],
        matter=matter_id,
        codes=named,
        escalate=bool(named),
        transfer=level == "external",
        province=context["province"],
        region=context["region"],
        register=context["register"],
        author=author,
        persona=f"{author}-{context['persona']}",
    )
