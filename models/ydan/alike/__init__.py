"""Opinions that say the same: near-duplicates and the same matter in other words, within and across meetings.

``same`` is one matter at one place or thing, so that one answer serves all; ``similar`` the same kind elsewhere, or
another side of it. Counts of people use ``same`` alone.
"""

from ydan.alike.groups import Found, Group, Member, find_alike, group_alike, recurring
from ydan.alike.items import AlikeItem
from ydan.alike.vectors import Vectors, read_items

__all__ = ["AlikeItem", "Found", "Group", "Member", "Vectors", "find_alike", "group_alike", "read_items", "recurring"]
