"""Ý Dân: what citizens say at dialogue meetings, with topic, jurisdiction and escalation – and the reasons."""

__version__ = "0.1.0"
