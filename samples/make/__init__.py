"""Makes the sample collection: texts in samples/texts become office files."""
