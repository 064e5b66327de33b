"""The labels that people gave at last: taken in, compared with the model's, handed out without persons."""

from ydan_service.programs.feedback.agreement import agreement
from ydan_service.programs.feedback.export import Exported, export
from ydan_service.programs.feedback.keep import drop, keep, predict
from ydan_service.programs.feedback.labels import FIELDS, Given, read_given

__all__ = ["FIELDS", "Exported", "Given", "agreement", "drop", "export", "keep", "predict", "read_given"]
