"""Findings + submission → files: annotated copy, corrected document, reply."""
