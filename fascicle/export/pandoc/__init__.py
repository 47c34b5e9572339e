"""The tree as Pandoc's AST, and the program pandoc."""
