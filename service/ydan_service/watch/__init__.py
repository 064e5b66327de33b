"""Watching a running server: its requests, its log, its traces, what is worked out when metrics are asked for."""
