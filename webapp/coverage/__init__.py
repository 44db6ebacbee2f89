"""/administration/tackning: what search reaches and what it misses, each number with its list."""
