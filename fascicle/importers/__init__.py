"""Texts of others brought in: Word, Markdown dialects, LaTeX, JATS, HTML and plain text become projects."""
