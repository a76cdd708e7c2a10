"""The language of the documents: folding, dates, people. Pure functions, no I/O."""
