"""Benchmarks: `make bench`. Not part of `make test`, for a time is no proof on a machine that does other things too."""
