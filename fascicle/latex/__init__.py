"""Steps 3 and 4: the tree as LaTeX, and the template filled."""
