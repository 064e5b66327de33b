"""The measured parts of the dataset card, written between markers in ``data/README.md``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ydan.text import diacritic_share
from ydan_training.corpus.record import CorpusError, LabelledOpinion

_BARE = 0.02  # share of marked letters below which a text counts as typed without diacritics


def write_between(page: Path, name: str, text: str) -> None:
    """Replace what stands between ``<!-- name:begin -->`` and ``<!-- name:end -->``.

    :raises CorpusError: the page lacks the markers.
    """
    whole = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if begin not in whole or end not in whole:
        raise CorpusError(f"{page} lacks the markers {begin} and {end}. Put them where the table belongs.")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.S)
    page.write_text(pattern.sub(lambda _: f"{begin}\n{text}\n{end}", whole), encoding="utf-8")


def counts_tables(splits: Mapping[str, Sequence[LabelledOpinion]]) -> str:
    """How often every label occurs, a column a split."""
    rows = [row for part in splits.values() for row in part]
    sizes = " | ".join(f"{len(part)}" for part in splits.values())
    out = [
        f"| | {' | '.join(splits)} | all |",
        "|---" * (len(splits) + 2) + "|",
        f"| opinions | {sizes} | {len(rows)} |",
    ]
    out.append(_line("escalate", {name: sum(row.escalate for row in part) for name, part in splits.items()}))
    out.append(_line("transfer", {name: sum(row.transfer for row in part) for name, part in splits.items()}))
    bare = {name: sum(diacritic_share(row.text) < _BARE for row in part) for name, part in splits.items()}
    out.append(_line("without diacritics", bare))
    lengths = sorted(len(row.text.split()) for row in rows)
    tenth = len(lengths) // 10
    out += [
        "",
        f"Syllables an opinion: median {lengths[len(lengths) // 2]}, one in ten below {lengths[tenth]}, one in ten "
        f"above {lengths[-tenth - 1]}. Matters used: {len({row.matter for row in rows if row.matter})} of 182.",
    ]
    fields = ("topic", "type", "level", "codes", "host_level", "region", "register", "author")
    for field in fields:
        counted = {name: _count(part, field) for name, part in splits.items()}
        total = sum(counted.values(), Counter())
        out += ["", f"| {field} | {' | '.join(splits)} | all |", "|---" * (len(splits) + 2) + "|"]
        out += [
            _line(f"`{label}`", {name: counted[name][label] for name in splits}) for label, _ in total.most_common()
        ]
    return "\n".join(out)


def _count(rows: Sequence[LabelledOpinion], field: str) -> Counter[str]:
    if field == "codes":
        return Counter(code for row in rows for code in row.codes)
    return Counter(str(getattr(row, field) or "–") for row in rows)


def _line(name: str, numbers: Mapping[str, int]) -> str:
    return f"| {name} | {' | '.join(map(str, numbers.values()))} | {sum(numbers.values())} |"
