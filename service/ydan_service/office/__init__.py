"""What the office does with the store, a folder a job; knows nothing of pages."""
