"""Fascicle: from annotated Markdown sections to a PDF that can be printed, submitted and cited."""

__version__ = "0.1.0"

DEFAULT_EDITIONS = ("screen",)
"""What is built when no edition is named."""
