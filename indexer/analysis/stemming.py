"""Snowball's Swedish stems, without PyStemmer's own cache: it costs four times what it saves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import Stemmer

_NONE_CACHED: Final = 0
stem_of: Final[Callable[[str], str]] = Stemmer.Stemmer("swedish", _NONE_CACHED).stemWord
