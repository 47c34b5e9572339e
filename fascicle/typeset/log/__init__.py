"""TeX's and biber's logs as diagnostics at the author's lines."""
