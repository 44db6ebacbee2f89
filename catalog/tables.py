"""All tables of the record: only who loads this module can be sure that none is missing."""

from __future__ import annotations

from catalog import models, view_models, word_models
from catalog.columns import Base

TABLES = Base.metadata

__all__ = ["TABLES", "models", "view_models", "word_models"]
