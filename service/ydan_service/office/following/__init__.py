"""Opinions from raised to answered: what is due, who is charged, what was sent and came back, what people are told."""
