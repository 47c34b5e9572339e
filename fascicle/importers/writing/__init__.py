"""The tree written as Markdown of ours, section by section, and the project around it."""
