"""Case records against procedures: which activity an event is, what was skipped or out of place, and what the rules say of it."""
