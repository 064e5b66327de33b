"""Meetings as a list, one meeting's facts, and its end."""
