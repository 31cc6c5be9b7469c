"""What a workshop is: its agenda, what a phase opens, what a person sees, what a guest may do."""
