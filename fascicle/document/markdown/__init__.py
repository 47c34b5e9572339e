"""The Markdown parser: blocks, inlines, and the tree made of them."""
