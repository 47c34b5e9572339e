"""Steps 2 to 4: Markdown to a tree, the tree to LaTeX, LaTeX into a template; pure functions."""
