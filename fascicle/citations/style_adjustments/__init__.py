"""What a manual asks for and its CSL style leaves to the records."""
