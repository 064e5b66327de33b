"""Corpus, training and measurement of Ý Dân's models."""
