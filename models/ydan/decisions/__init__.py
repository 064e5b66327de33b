"""From probabilities to what the secretary reads: jurisdiction, escalation, evidence, review."""
