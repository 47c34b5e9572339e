"""What stands in a PDF: text, glyphs, colours, images."""
