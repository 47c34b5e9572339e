"""TeX's logs as diagnostics at the author's lines."""
