"""A watched folder: what has stopped growing is taken in and moved to klart/ or fel/."""
