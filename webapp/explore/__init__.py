"""/utforska: what a search finds, counted by two facets at once, drawn and compared."""
