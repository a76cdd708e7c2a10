"""Check kinds on cases: observation, condition and message side by side, one module each."""
