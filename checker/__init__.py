"""Vo. Bo.: facts × rules → findings. Knows norms only through packs."""

__version__ = "0.1.0"
