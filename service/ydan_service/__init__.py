"""Ý Dân over HTTP: the classification endpoint that other systems call."""
