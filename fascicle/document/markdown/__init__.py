"""The Markdown dialect in parts: source and places, block rules, inline tokens, delimiters, citations, the tree."""
