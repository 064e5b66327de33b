"""From raw scores to probabilities that come true as often as they say, learned on held-out scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from ydan.model.heads import Head
from ydan_training.fitting.targets import Target

Floats = npt.NDArray[np.float32]


def calibrated(target: Target, scores: Floats) -> Head:
    """The head with its slope and shift: one temperature for a choice (Guo 2017), Platt's line for each flag."""
    if target.kind == "one":
        slope = _temperature(scores.astype(np.float64), target.answers)
        count = len(target.labels)
        return Head(target.name, target.kind, target.labels, (slope,) * count, (0.0,) * count)
    slopes, shifts = [], []
    for label in range(len(target.labels)):
        wanted = target.answers[:, label]
        if len(set(wanted.tolist())) < 2:
            slopes.append(1.0)
            shifts.append(-3.0)
            continue
        line = LogisticRegression(C=10.0).fit(scores[:, [label]], wanted)
        slopes.append(float(line.coef_[0, 0]))
        shifts.append(float(line.intercept_[0]))
    return Head(target.name, target.kind, target.labels, tuple(slopes), tuple(shifts))


def _temperature(scores: npt.NDArray[np.float64], answers: npt.NDArray[np.int64]) -> float:
    """The factor on the scores that makes the held-out answers likeliest."""

    def loss(logarithm: float) -> float:
        shaped = scores * np.exp(logarithm)
        shaped = shaped - shaped.max(axis=1, keepdims=True)
        likelihood = shaped[np.arange(len(answers)), answers] - np.log(np.exp(shaped).sum(axis=1))
        return float(-likelihood.mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-5.0, 5.0), method="bounded").x))
