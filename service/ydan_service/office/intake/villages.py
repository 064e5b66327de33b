"""The village that an opinion comes from, among those of the commune."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ydan.text import fold
from ydan_service.store.tables import Village

_KIND = re.compile(
    r"^(?:thon|xom|to dan pho|tdp|to|ban|ap|khu pho|khu|khom|buon|bon|lang|tieu khu|phum|soc|khu dan cu|kdc)\s+(?=\S)"
)
_SHORT = {"tdp": "to dan pho", "kdc": "khu dan cu"}


class Villages:
    """The villages of one commune, ready to be sought.

    >>> from ydan_service.store.tables import Village
    >>> names = ["Thôn Đông La", "Thôn 1", "TDP 2"]
    >>> villages = Villages(Village(id=at, name=name) for at, name in enumerate(names, 1))
    >>> villages.find("số 12, thôn Đông La"), villages.find("Đông La"), villages.find("tổ dân phố 2")
    (1, 1, 3)
    >>> villages.find("thôn 10"), villages.find("xã Đông La Thượng"), villages.find(None)
    (None, None, None)
    """

    def __init__(self, villages: Iterable[Village]) -> None:
        pairs = [(_plain(village.name), village.id) for village in villages]
        self._full = sorted(pairs, key=lambda pair: -len(pair[0]))
        bare = [(_KIND.sub("", name), id_) for name, id_ in pairs]
        names = [name for name, _id in bare]
        self._bare = {name: id_ for name, id_ in bare if names.count(name) == 1 and not name.isdigit()}

    def find(self, *places: str | None) -> int | None:
        """The id of the village that the first of ``places`` names (an address, a heading), or ``None``.

        With its kind ("thôn Đông La") it is found inside an address; without, only where nothing else is said.
        """
        for place in places:
            if not place:
                continue
            plain = _plain(place)
            found = [id_ for name, id_ in self._full if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)]
            if found:
                return found[0]
            parts = [_KIND.sub("", part.strip()) for part in re.split(r"[,;:()–-]", plain)]
            bare = [self._bare[part] for part in parts if part in self._bare]
            if bare:
                return bare[0]
        return None


def _plain(name: str) -> str:
    words = " ".join(fold(name).split())
    for short, long in _SHORT.items():
        words = re.sub(rf"(?<!\w){short}(?!\w)", long, words)
    return words
