"""Two evaluators of one intermediate form: conditions on single facts."""
