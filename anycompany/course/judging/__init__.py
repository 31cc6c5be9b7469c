"""Judges: each finds what is not right in one kind of answer, by rules, never by comparing solutions."""
