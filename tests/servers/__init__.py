"""Real servers for tests and benchmarks, started once and surely ended."""
