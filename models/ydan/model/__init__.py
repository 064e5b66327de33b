"""The trained part: linear heads, the layers that combine them with knowledge, and the bundle on disk."""

from ydan.model.bundle import Bundle, default_bundle_path, load_bundle, save_bundle
from ydan.model.heads import Head, LinearHeads
from ydan.model.layer import Layer

__all__ = ["Bundle", "Head", "Layer", "LinearHeads", "default_bundle_path", "load_bundle", "save_bundle"]
