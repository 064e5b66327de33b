"""The words of the model card, in one place for the page (``ydan-train card``) and the endpoint (``GET /v1/model``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class CardWords:
    """What the model is, is for, is not for, learned from, and where it is weak; ``rule`` stands above all."""

    kind: str
    intended_use: str
    rule: str
    not_for: tuple[str, ...]
    data: str
    confidence: str
    limits: tuple[str, ...]


@cache
def load_card_words() -> Mapping[str, CardWords]:
    """The words by language.

    >>> load_card_words()["en"].rule
    'Every label is a suggestion that a person confirms.'
    """
    raw = tomllib.loads(files("ydan").joinpath("card.toml").read_text(encoding="utf-8"))
    return {language: _words(raw[language]) for language in LANGUAGES}


def _words(raw: Mapping[str, Any]) -> CardWords:
    lists = {name: tuple(raw[name]) for name in ("not_for", "limits")}
    return CardWords(**{**raw, **lists})
