"""Citations and the list of works by biblatex."""
