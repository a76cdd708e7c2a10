"""The declarative encoding of norms: model, loading, coverage, lint."""
