"""Benchmarks: each a ratio against a peer or a floor in the same run, never an absolute time."""
