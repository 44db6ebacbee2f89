"""/administration: what needs somebody now, then every place where the bank is looked after, with its state."""
