"""The storm file and its log: read, append, save, merge, watch."""
