"""AnyCompany: the event-storming and architecture workbook."""
