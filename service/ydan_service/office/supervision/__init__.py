"""Whether the rule of dialogue itself is kept: each session against its limits, each commune over a year."""
