"""Judges: each finds in one kind of answer what is not right, by rules, never by comparing with a solution."""
