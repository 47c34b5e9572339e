"""The renderer of the tree to LaTeX."""
