"""Measuring a model on any labelled JSON Lines: figures with intervals, confusions, calibration, top errors."""

from ydan_training.evaluation.measure import Measurement, measure

__all__ = ["Measurement", "measure"]
