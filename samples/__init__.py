"""The sample collection and what makes it."""
