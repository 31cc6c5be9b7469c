"""The course: exercises and their checks, domains to model and to be scored on, faults to find, a glossary.

All of it is judged on data, by rules and by running it: an attempt that is right in another way is right.
"""
