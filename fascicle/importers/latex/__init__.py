"""LaTeX: files joined, macros, bibliographies inside the text."""
