"""All tables of the record: only who loads this module can be sure that none is missing."""

from __future__ import annotations

from catalog import generation_models, models, person_models, view_models, watch_models, word_models
from catalog.columns import Base

TABLES = Base.metadata

__all__ = ["TABLES", "generation_models", "models", "person_models", "view_models", "watch_models", "word_models"]
