"""The year's plan of sessions: what is to come, what was held, what was put off or given up and why."""
