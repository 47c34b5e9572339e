"""TeX, fonts and other programs: found, required, installed."""
