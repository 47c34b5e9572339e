"""HTML that stands alone: the tree written by a renderer of its own, put into Jinja templates."""
