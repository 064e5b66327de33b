"""The review of a meeting: its state as the page sees it, and what people do to it."""
