"""``ydan-train golden``: opinions with the shipped model's answers, by which a server proves what it has loaded."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ydan.golden import FILE, FORMAT, HASH, answers_to, count_right
from ydan.measured import fingerprint_of
from ydan.predictor import Predictor
from ydan_training.config import Config
from ydan_training.corpus import LabelledOpinion, read_jsonl

EXAMPLES = 60
_LABELS = ("topic", "matter", "type", "level", "escalate")


def write_golden(config: Config, model: Path | None = None) -> int:
    """Write ``golden.jsonl`` into the bundle's folder and its hash into the bundle's ``about``."""
    folder = model or config.path("model", "bundle")
    rows = choose(read_jsonl(config.path("corpus", "test")))
    data = golden_of(Predictor.load(folder), rows, folder)
    (folder / FILE).write_bytes(data)
    manifest_file = folder / "bundle.json"
    manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    manifest["about"][HASH] = hashlib.sha256(data).hexdigest()
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    manifest_file.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"wrote {folder / FILE}: {len(rows)} opinions")
    return 0


def choose(rows: Sequence[LabelledOpinion], most: int = EXAMPLES) -> list[LabelledOpinion]:
    """The same opinions each time, every topic as often as the next; within one, goes up and stays take turns."""
    by_topic: dict[str, list[list[LabelledOpinion]]] = defaultdict(lambda: [[], []])
    for row in sorted(rows, key=lambda row: hashlib.sha256(row.id.encode()).digest()):
        by_topic[row.topic][row.escalate].append(row)
    turns = [
        [row for pair in zip_longest(*halves) for row in pair if row is not None]
        for _, halves in sorted(by_topic.items())
    ]
    found = [row for round_ in zip_longest(*turns) for row in round_ if row is not None]
    return sorted(found[:most], key=lambda row: row.id)


def golden_of(predictor: Predictor, rows: Sequence[LabelledOpinion], folder: Path) -> bytes:
    """The file's bytes."""
    asked = [{"id": r.id, "text": r.text, "host_level": r.host_level, "date": r.date} for r in rows]
    labels: list[dict[str, Any]] = [{name: getattr(row, name) for name in _LABELS} for row in rows]
    answers = answers_to(predictor, asked)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    head = {
        "format": FORMAT,
        "model": f"{predictor.bundle.name} {predictor.bundle.version}",
        "taxonomy": predictor.taxonomy.version,
        "competence": predictor.competence.version,
        "fingerprint": fingerprint_of(folder),
        "files": manifest["files"],
        "figures": count_right(labels, answers),
    }
    lines = [
        {**one, "labels": said, "expected": answer} for one, said, answer in zip(asked, labels, answers, strict=True)
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *lines)).encode()
