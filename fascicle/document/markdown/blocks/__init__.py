"""Markdown's blocks: paragraphs, lists, tables, containers."""
