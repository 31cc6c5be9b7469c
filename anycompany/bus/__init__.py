"""What an event bus does with what a team said: rules, contracts, and findings on both. Pure."""
