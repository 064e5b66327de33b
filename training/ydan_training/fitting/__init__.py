"""Fitting the default model: heads, calibration, layers, thresholds."""
