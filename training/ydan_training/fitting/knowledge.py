"""The taxonomy's own words as small documents: what a matter is called teaches as much as an opinion about it."""

from __future__ import annotations

from typing import NamedTuple

from ydan.taxonomy import load_taxonomy


class Saying(NamedTuple):
    """A text that the taxonomy puts under a topic, and under a matter unless that is ``None``."""

    text: str
    topic: str
    matter: str | None


def taxonomy_sayings() -> list[Saying]:
    """Every matter's label and terms, each by itself and all together; every topic's examples and inclusions."""
    taxonomy = load_taxonomy()
    out = []
    for matter in taxonomy.matters.values():
        texts = (matter.label, *matter.terms, ", ".join(matter.terms))
        out += [Saying(text, matter.topic, matter.id) for text in texts]
    for topic in taxonomy.topics.values():
        texts = (*topic.examples, *(part.strip() for part in topic.includes.split(",")))
        out += [Saying(text, topic.id, None) for text in texts if text]
    return out
