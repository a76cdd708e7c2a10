"""Days that count, terms and periods: pure functions over days that are handed in. No clock, no file."""
