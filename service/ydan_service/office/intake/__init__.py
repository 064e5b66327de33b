"""From a file to a meeting in the store: kept, read in the background, assessed, and ready for review."""
