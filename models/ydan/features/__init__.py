"""From a document to numbers: feature keys, the vocabulary that numbers them, and sparse rows."""

from ydan.features.keys import feature_keys
from ydan.features.vocabulary import Vocabulary

__all__ = ["Vocabulary", "feature_keys"]
