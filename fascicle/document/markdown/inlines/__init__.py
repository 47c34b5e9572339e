"""Markdown's inlines: emphasis, links, citations, quotation marks."""
