"""A meeting written up: the conclusion as persons edit it, and the documents that are made of it."""
