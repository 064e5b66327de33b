"""Other systems that call: who may, what they hand in, whom to tell. No web here: routes are in `routes`."""
