"""Minutes with gold: sources typed by hand become documents as offices send them, and what a reader must find."""
