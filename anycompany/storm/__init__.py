"""What a team says: the storm, the edits a person can make to it, the method, and what to think about it.

Pure: nothing here reads a file, draws, or knows AWS.
"""
