"""Figures and tables as LaTeX."""
