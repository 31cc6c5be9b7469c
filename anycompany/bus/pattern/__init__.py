"""Event patterns, exactly as EventBridge reads them: parse, match, explain."""
