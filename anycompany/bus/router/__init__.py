"""Many event patterns at once, with the answers of one by one."""
