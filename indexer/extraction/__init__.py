"""Reading files: what they are, what they say, what they suggest. `indexer` gives its public names."""
