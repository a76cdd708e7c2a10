"""What vobo costs, as ratios within one run: ``python -m bench`` prints them and writes ``docs/benchmarks.md``."""
