"""Step 2: Markdown parsed into a tree, citations, cross-references and figures resolved."""
